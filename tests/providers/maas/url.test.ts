import assert from "node:assert/strict";
import { InputError } from "../../../providers/dynamic/errors";
import { maasUrl } from "../../../providers/maas/url";

describe("maasUrl", () => {
  for (const [text, url] of [
    ["http://maas:5240/MAAS", "http://maas:5240/MAAS"],
    ["http://maas:5240/MAAS/", "http://maas:5240/MAAS"],
    ["http://maas:5240/MAAS/api/2.0/", "http://maas:5240/MAAS"],
    ["http://maas:5240", "http://maas:5240/MAAS"],
    ["HTTPS://Maas.Example.Test:443/MAAS", "https://maas.example.test/MAAS"],
    [" http://10.0.0.1:5240/MAAS ", "http://10.0.0.1:5240/MAAS"],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.equal(maasUrl(text), url);
    });
  }

  for (const text of ["maas:5240", "ftp://maas/MAAS", "", "http://"]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(() => maasUrl(text), InputError);
    });
  }

  it("refuses credentials without repeating them", () => {
    assert.throws(
      () => maasUrl("http://me:hunter2@maas/MAAS"),
      (failure) => failure instanceof InputError && !failure.message.includes("hunter2"),
    );
  });
});
