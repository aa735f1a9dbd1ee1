import assert from "node:assert/strict";
import type { ProfileArgs } from "../../../components/palette/palette";
import { hasBase, importedProfiles, mergedProfiles } from "../../../stacks/program/profile-files";
import { preflight } from "../../../stacks/preflight/preflight";
import { datacenterWith, problemsOf } from "../descriptions";
import { secrets } from "../preflight/broken";

const exported = (name: string, type: string, values = "token: a\n"): string =>
  JSON.stringify({
    metadata: { name },
    spec: {
      version: "2.0.0",
      template: {
        type,
        cloudType: "all",
        packs: [
          {
            name: "pack",
            type: "spectro",
            layer: "addon",
            tag: "1.0.0",
            values,
            registry: { metadata: { name: "Mine" } },
          },
        ],
      },
    },
  });

function profilesOf(files: Record<string, string>, changes: object = {}): ReturnType<typeof importedProfiles> {
  const list = Object.keys(files).map((file) => ({ file, ...changes }));
  const { cluster } = datacenterWith({ cluster: { profileFiles: list } });
  assert.ok(cluster);
  return importedProfiles(
    cluster.profileFiles,
    (file) => files[file] ?? "",
    (key) => `value of ${key}`,
    (value) => value,
  );
}

describe("exported profiles of a description", () => {
  const ours = (name: string, profileType: string): ProfileArgs => ({
    rendered: { name, description: "", profileType, cloudType: "all", layers: [], variables: [] },
    version: "1.7.0",
    secretManifests: {},
    variables: {},
  });
  const names = (profiles: readonly ProfileArgs[]): string[] => profiles.map(({ rendered }) => rendered.name);

  it("are added, or take the place of ours: of the same name, or as the base of the cluster", () => {
    const both = [ours("infra", "infra"), ours("core", "add-on")];
    const { profiles } = profilesOf({ "a.json": exported("backup", "add-on"), "b.json": exported("other", "infra") });
    assert.deepEqual(names(mergedProfiles(both, profiles)), ["other", "core", "backup"]);
    const same = profilesOf({ "a.json": exported("core", "add-on") }).profiles;
    const merged = mergedProfiles(both, same);
    assert.deepEqual(names(merged), ["infra", "core"]);
    assert.equal(merged[1]?.version, "2.0.0");
  });

  it("are the way to storage that no profile of ours installs: an infra or a full one among them", () => {
    const trident = { storage: { provider: "netapp-trident", flashArrays: [] } };
    const codes = (more: object): string[] =>
      preflight(datacenterWith({ ...trident, ...more }), { secrets }).errors.map(({ code }) => code);
    assert.deepEqual(codes({}), ["STO010"]);
    assert.deepEqual(codes({ cluster: { profileFiles: [{ file: "trident.json" }] } }), []);
    assert.equal(hasBase(profilesOf({ "a.json": exported("backup", "add-on") }).profiles), false);
    for (const type of ["infra", "cluster"])
      assert.equal(hasBase(profilesOf({ "a.json": exported("trident", type) }).profiles), true);
  });

  it("are refused where they are more than one base, or one profile twice, each file named", () => {
    const both = { "a.json": exported("one", "infra"), "b.json": exported("two", "cluster") };
    assert.throws(
      () => profilesOf(both),
      /exactly one profile of type infra or cluster.*a\.json \(one 2\.0\.0, infra\), b\.json \(two 2\.0\.0, cluster\)/,
    );
    const twice = { "a.json": exported("one", "add-on"), "b.json": exported("one", "add-on") };
    assert.throws(() => profilesOf(twice), /hold the same cluster profile: a\.json .*, b\.json/);
  });

  it("are refused where one of a name of ours is of another type: exactly one base has to result", () => {
    const both = [ours("infra", "infra"), ours("core", "add-on")];
    const merged = (name: string, type: string): unknown =>
      mergedProfiles(both, profilesOf({ "a.json": exported(name, type) }).profiles);
    assert.throws(() => merged("infra", "add-on"), /it would have infra \(add-on\), core \(add-on\)/);
    assert.throws(() => merged("core", "infra"), /it would have core \(infra\), core \(infra\)/);
  });

  it("get their secrets by the keys of the stack's secrets", () => {
    const { profiles, secretVariables } = profilesOf(
      { "a.json": exported("backup", "add-on", 'token: "********"\n') },
      { secretValues: { "pack/token": "backupToken" }, secretVariables: { password: "backupPassword" } },
    );
    assert.deepEqual(profiles[0]?.secretValues, { "pack/token": "value of backupToken" });
    assert.deepEqual(secretVariables, { "backup/password": "value of backupPassword" });
    assert.throws(() => profilesOf({ "a.json": exported("backup", "add-on", 'token: "********"\n') }), /pack\/token/);
  });

  it("are refused when a secret is no key", () => {
    const profileFiles = [{ file: "a.json", secretValues: { "pack/token": "not a key" } }];
    assert.match(problemsOf({ cluster: { profileFiles } }).join(), /is not the key of a stack secret/);
  });
});
