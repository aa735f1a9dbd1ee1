import assert from "node:assert/strict";
import { InputError } from "../../../../providers/dynamic/errors";
import { judgeVersion } from "../../../../providers/maas/client/version";

describe("judgeVersion", () => {
  for (const version of ["3.4.0", "3.5.2", "3.6.0", "3.6.1~rc1"]) {
    it(`takes ${version} without a word`, () => {
      assert.equal(judgeVersion(version, "http://maas/MAAS"), undefined);
    });
  }

  for (const version of ["2.9.2", "3.3.9"]) {
    it(`refuses ${version}`, () => {
      assert.throws(
        () => judgeVersion(version, "http://maas/MAAS"),
        (failure) => failure instanceof InputError && failure.message.includes(`version ${version}; 3.4 or newer`),
      );
    });
  }

  for (const version of ["3.7.0", "4.0", "unknown"]) {
    it(`warns of ${version}`, () => {
      assert.match(judgeVersion(version, "http://maas/MAAS") ?? "", new RegExp(version.replaceAll(".", "\\.")));
    });
  }
});
