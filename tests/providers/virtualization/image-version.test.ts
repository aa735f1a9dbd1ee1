import assert from "node:assert/strict";
import { imageVersionKind, nextName } from "../../../providers/virtualization/image-version";

const link = { identity: "description", formerIdentities: [] };

describe("the name of a golden image's current version", () => {
  const first = { image: "dv-windows-2022", fingerprint: "a".repeat(64), name: "dv-windows-2022" };

  it("is the image's own name at first", async () => {
    const made = await imageVersionKind.create(link, { image: first.image, fingerprint: first.fingerprint });
    assert.deepEqual(made, { id: "dv-windows-2022", outputs: { name: "dv-windows-2022" } });
  });

  it("stays while nothing changes", () => {
    assert.equal(nextName(first, { image: first.image, fingerprint: first.fingerprint }), first.name);
  });

  it("is a new one for every other source, also back to the first one", () => {
    const second = { ...first, fingerprint: "b".repeat(64) };
    const name = nextName(first, second);
    assert.equal(name, "dv-windows-2022-bbbbbbbb");
    assert.equal(nextName({ ...second, name }, first), "dv-windows-2022-aaaaaaaa");
  });

  it("is settled by the check, so that a preview tells it", () => {
    const settled = (inputs: { fingerprint: string }, olds: object | undefined): string | undefined =>
      imageVersionKind.settle?.({ image: "dv", ...inputs }, olds).name;
    const a = "a".repeat(64);
    const b = "b".repeat(64);
    assert.equal(settled({ fingerprint: a }, undefined), "dv");
    assert.equal(settled({ fingerprint: a }, { image: "dv", fingerprint: a, name: "dv-aaaaaaaa" }), "dv-aaaaaaaa");
    assert.equal(settled({ fingerprint: b }, { image: "dv", fingerprint: a, name: "dv" }), "dv-bbbbbbbb");
    assert.equal(settled({ fingerprint: b }, { image: "dv", fingerprint: a }), "dv-bbbbbbbb");
    assert.equal(settled({ fingerprint: a }, { image: "dv", fingerprint: a }), undefined, "the one in state stays");
  });
});
