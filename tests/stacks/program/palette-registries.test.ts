import assert from "node:assert/strict";
import type { Settings } from "../descriptions";
import { datacenterWith } from "../descriptions";
import { paletteArgsOf } from "../palette-args-of";

/** The registry of each layer that has a pack, by the pack's name. */
function registries(changes: Settings): Record<string, string | null> {
  const { profiles } = paletteArgsOf(datacenterWith(changes));
  const layers = profiles.flatMap(
    ({ rendered }) => rendered.layers as { pack: { name: string; registry: string | null } }[],
  );
  return Object.fromEntries(layers.map(({ pack }) => [pack.name, pack.registry]));
}

describe("registries of the profiles' layers", () => {
  it("are the reference architecture's by default", () => {
    assert.deepEqual([...new Set(Object.values(registries({})))], ["Public Repo"]);
  });

  it("are those of the description, a single layer's before that of all", () => {
    const found = registries({
      palette: { registries: { packs: "Mirror", layers: { "lb-metallb-helm": "Palette Community Registry" } } },
    });
    const { "lb-metallb-helm": metallb, ...others } = found;
    assert.equal(metallb, "Palette Community Registry");
    assert.deepEqual([...new Set(Object.values(others))], ["Mirror"]);
  });
});
