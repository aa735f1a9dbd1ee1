import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { clusterProfileKind } from "../../../providers/palette/cluster-profile";
import { lookUpPacks, type PacksLookUp } from "../../../providers/palette/look-ups/profile-packs";
import type { ProfileLayer } from "../../../providers/palette/profile-content";
import { coreArgs, infraArgs } from "./profile-args";
import { tenant } from "./tenant";

describe("packs of profiles that are to be imported (simulated Palette)", () => {
  const site = tenant();
  beforeEach(() => site.palette.reset());

  function look(args: PlainObject[], overrides: { apiKey?: string } = {}): Promise<PacksLookUp> {
    const { url, apiKey, projectName: project } = site.palette;
    const profiles = args.map(({ name, version, layers }) => ({
      name: name as string,
      version: version as string,
      layers: layers as unknown as ProfileLayer[],
      secretManifests: {},
      secretValues: {},
    }));
    return lookUpPacks({ url, apiKey, project, ...overrides }, profiles);
  }

  /** The core profile with another tag of MetalLB's pack. */
  function withTag(tag: string, version = "1.7.0"): PlainObject {
    const args = coreArgs(version);
    const [layer] = args["layers"] as unknown as ProfileLayer[];
    assert.ok(layer);
    layer.pack.tag = tag;
    return args;
  }

  it("finds all of those of the reference architecture", async () => {
    assert.deepEqual(await look([infraArgs(), coreArgs()]), { ok: true, problems: [] });
  });

  it("names profile, layer, and what its registry has instead", async () => {
    const found = await look([infraArgs(), withTag("9.9.9")]);
    assert.ok(found.ok);
    assert.equal(found.problems.length, 1);
    assert.match(
      found.problems[0] ?? "",
      /^profile VMO-RA-Core-PXKE 1\.7\.0, layer lb-metallb-helm: Registry "Public Repo" has no pack lb-metallb-helm with tag 9\.9\.9; it has: .*0\.15\.2/,
    );
  });

  it("asks for nothing of a version that Palette has", async () => {
    await site.command().up(clusterProfileKind, coreArgs());
    assert.deepEqual(await look([withTag("9.9.9")]), { ok: true, problems: [] });
    const next = await look([withTag("9.9.9", "1.8.0")]);
    assert.ok(next.ok && next.problems.length === 1);
  });

  it("says that it could not ask", async () => {
    const found = await look([coreArgs()], { apiKey: "wrong" });
    assert.ok(!found.ok && found.reason.includes("401"));
  });
});
