import assert from "node:assert/strict";
import {
  differingPaths,
  holdsMask,
  installPriority,
  maskValues,
  parseValues,
} from "../../../../lab/palette/packs/pack-values";
import { compareVersions } from "../../../../lab/palette/packs/version";

describe("pack values", () => {
  it("are a map or nothing", () => {
    assert.deepEqual(parseValues("a: {b: 1}"), { a: { b: 1 } });
    assert.deepEqual(parseValues(""), {});
    assert.equal(parseValues("- a"), undefined);
    assert.deepEqual(parseValues("a: {{ .spectro.var.x }}"), { a: "macro(.spectro.var.x)" });
  });

  it("are compared by path, not by text", () => {
    assert.deepEqual(differingPaths("a: 1\nb: {c: 2}\n", "b:\n  c: 2\na: 1 # same\n"), []);
    assert.deepEqual(differingPaths("a: 1\nb: {c: 2}\n", "a: 1\nb: {c: 3, d: 4}\n"), ["b.c", "b.d"]);
    assert.deepEqual(differingPaths("a: 1", "- 1"), ["values"]);
  });

  it("carry the install priority", () => {
    assert.equal(installPriority('pack:\n  spectrocloud.com/install-priority: "40"\n'), 40);
    assert.equal(installPriority("pack: {}\n"), 0);
  });

  it("are masked at named paths only, with all other text kept", () => {
    const values = "# first\na:\n  password: welcome # why\n  other: 1\nb: {password: '{{.spectro.var.p}}'}\n";
    assert.equal(maskValues(values, ["a.password", "b.password", "c"]), values.replace("welcome", '"********"'));
    assert.ok(holdsMask(maskValues(values, ["a.password"])));
    assert.ok(!holdsMask(values));
  });

  it("have versions that are compared number by number", () => {
    assert.ok(compareVersions("1.32.10", "1.32.9") > 0);
    assert.ok(compareVersions("1.32", "1.32.1") < 0);
    assert.equal(compareVersions("3.3.1", "3.3.1"), 0);
  });
});
