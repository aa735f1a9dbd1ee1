import assert from "node:assert/strict";
import fc from "fast-check";
import { choosePack, type OfferedPack, plainTag } from "../../../providers/palette/pack-choice";

function offered(version: string, tag = version, parentTags: string[] = []): OfferedPack {
  return { packUid: `uid-${tag}`, tag, version, parentTags };
}

const kubernetes = [
  offered("1.32.4", "1.32.4", ["1.32.x"]),
  offered("1.33.2", "1.33.2", ["1.33.x"]),
  offered("1.33.10", "1.33.10", ["1.33.x"]),
];

describe("the pack that a layer means", () => {
  const versionOf = (tag: string, version?: string, among: readonly OfferedPack[] = kubernetes): string | undefined =>
    choosePack({ name: "kubernetes", tag, ...(version === undefined ? {} : { version }) }, among)?.version;

  it("is the one of its tag", () => {
    assert.equal(versionOf("1.32.4"), "1.32.4");
  });

  it("is the one of its version where an export states a moving tag beside it", () => {
    assert.equal(versionOf("1.33.x", "1.33.2"), "1.33.2");
  });

  it("is the newest one that a moving tag stands for when its version is not offered", () => {
    assert.equal(versionOf("1.33.x"), "1.33.10");
    assert.equal(versionOf("1.33.x", "1.33.9"), "1.33.10");
  });

  it("is found by the series of a moving tag in a registry that lists no parent tags", () => {
    const bare = kubernetes.map((pack) => ({ ...pack, parentTags: [] }));
    assert.equal(versionOf("1.33.x", undefined, bare), "1.33.10");
    assert.equal(versionOf("1.31.x", undefined, bare), undefined);
  });

  it("is found in either spelling of the tags of Ubuntu", () => {
    assert.equal(versionOf("LTS__22.04", undefined, [offered("22.04")]), "22.04");
    assert.equal(versionOf("22.04", undefined, [offered("22.04", "LTS__22.04")]), "22.04");
    assert.equal(versionOf("LTS__22.04", undefined, [offered("24.04", "LTS__24.04")]), undefined);
  });

  it("is none when nothing is like it", () => {
    assert.equal(versionOf("9.9.9"), undefined);
    assert.equal(versionOf("1.33"), undefined);
  });

  it("is always one of those that are offered, does not depend on their order, and an exact tag always wins", () => {
    const tag = fc.constantFrom("1.32.4", "1.33.2", "1.33.x", "LTS__22.04", "22.04", "1.33.10");
    const pack = fc.record({ version: tag, tag, parentTags: fc.array(tag, { maxLength: 2 }) });
    const packs = fc
      .uniqueArray(pack, { selector: ({ version, tag: own }) => `${version} ${own}` })
      .map((all) => all.map((each, index) => ({ ...each, packUid: String(index) })));
    fc.assert(
      fc.property(packs, tag, (all, wanted) => {
        const found = choosePack({ name: "p", tag: wanted }, all);
        assert.ok(found === undefined || all.includes(found));
        const again = choosePack({ name: "p", tag: wanted }, [...all].reverse());
        assert.equal(again?.version === undefined, found?.version === undefined);
        if (again !== undefined && found !== undefined) assert.equal(plainTag(again.version), plainTag(found.version));
        if (all.some((each) => each.tag === wanted)) assert.equal(found?.tag, wanted);
      }),
    );
  });
});
