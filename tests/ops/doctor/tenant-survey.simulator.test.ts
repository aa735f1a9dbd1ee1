import assert from "node:assert/strict";
import { join } from "node:path";
import { listHabits } from "../../../lab/palette/habits";
import { type DescribedTenant, describedTenant } from "../../../ops/doctor/described-tenant";
import { tenantFindings } from "../../../ops/doctor/tenant-findings";
import { surveyTenant } from "../../../providers/palette/look-ups/tenant-survey";
import type { Datacenter } from "../../../stacks/description/datacenter";
import { datacenterWith, type Settings } from "../../stacks/descriptions";
import { accountArgs } from "../../providers/palette/cluster-site";
import { tenant } from "../../providers/palette/tenant";
import { cloudAccountKind } from "../../../providers/palette/cloud-account";
import { clusterProfileKind } from "../../../providers/palette/cluster-profile";
import { coreArgs } from "../../providers/palette/profile-args";

/** Keys that a run is given instead of the right ones, and whether it may validate the account. */
interface Keys {
  palette?: string;
  maas?: string;
  validate?: boolean;
}

const project = join(__dirname, "../../..");

describe("the doctor on a tenant (simulated Palette and MAAS)", () => {
  const site = tenant();
  beforeEach(() => site.palette.reset());

  /** What the minimal description with parts replaced uses of the tenant. */
  function described(changes: Settings = {}, keys: Keys = {}): DescribedTenant & { datacenter: Datacenter } {
    const datacenter = datacenterWith({
      maas: { url: site.maas.url },
      palette: { url: site.palette.url, project: site.palette.projectName, gateway: site.palette.gatewayName },
      ...changes,
    });
    const given = { palette: keys.palette ?? site.palette.apiKey, maas: keys.maas ?? site.maas.apiKey };
    return { datacenter, ...describedTenant(datacenter, given, keys.validate ?? true, project) };
  }

  /** Rows of the doctor that are not fine, as `outcome code where: message`; writes that no read shows are left out. */
  async function notable(changes: Settings = {}, keys: Keys = {}): Promise<string[]> {
    const { datacenter, address, question } = described(changes, keys);
    return tenantFindings(datacenter, await surveyTenant(address, question), Date.now())
      .filter(({ outcome, code }) => outcome !== "ok" && code !== "PAL010")
      .map(({ outcome, code, where, message }) => `${outcome} ${code} ${where}: ${message}`);
  }

  it("finds nothing wrong with the profiles of the reference architecture", async () => {
    assert.deepEqual(await notable(), []);
  });

  it("finds nothing wrong either with any habit of Palette that no public source decides", async () => {
    for (const { name, values } of listHabits({}))
      for (const value of values) {
        site.palette.setHabit(name, value);
        assert.deepEqual(await notable(), [], `${name}=${value}`);
      }
  });

  it("writes nothing, leaves no audit record, and sends GET and searches only", async () => {
    const before = site.palette.dump();
    const [row, ...others] = await notable({}, { validate: false });
    assert.match(row ?? "", /^unchecked PAL004 /);
    assert.deepEqual(others, []);
    assert.deepEqual(site.palette.dump(), before);
    const posts = site.palette.requests.entries
      .filter(({ method }) => method !== "GET")
      .map(({ operation }) => operation);
    assert.deepEqual(
      posts.filter((operation) => !/\/search$/.test(operation ?? "")),
      [],
    );
  });

  it("asks MAAS through the account that is there", async () => {
    await site.command({ name: "dc1" }).up(cloudAccountKind, { ...accountArgs(site), name: "maas-dc1" });
    assert.deepEqual(await notable({}, { validate: false }), []);
    site.palette.faults.add({ kind: "internal-error", path: "/v1/cloudaccounts/maas/*/properties/azs" });
    assert.match((await notable({}, { validate: false })).join("\n"), /^error PAL004 /);
  });

  it("finds a wrong key, a wrong project and a wrong gateway", async () => {
    const only = async (changes: Settings, keys = {}): Promise<string> => {
      const rows = (await notable(changes, keys)).filter((row) => row.startsWith("error"));
      assert.equal(rows.length, 1, rows.join("\n"));
      return rows[0] ?? "";
    };
    assert.match(await only({}, { palette: "wrong" }), /^error PAL001 .*401/);
    const palette = { url: site.palette.url, project: site.palette.projectName, gateway: site.palette.gatewayName };
    assert.match(await only({ palette: { ...palette, project: "vmx" } }), /^error SIT020 .*did you mean "vmo"/);
    assert.match(
      await only({ palette: { ...palette, gateway: "dev-gatway" } }),
      /^error SIT021 .*did you mean "dev-gateway"/,
    );
  });

  it("finds a gateway that does not run, and a MAAS key that MAAS does not accept", async () => {
    assert.match(
      (await notable({}, { maas: "a:b:c" })).join("\n"),
      /^error PAL004 .*account\.maasUrl: Palette cannot use MAAS/,
    );
    site.palette.faults.add({ kind: "gateway-down" });
    const rows = await notable();
    assert.deepEqual(
      rows.map((row) => row.split(" ").slice(0, 2).join(" ")),
      ["error SIT021", "unchecked PAL004"],
    );
  });

  it("finds an account of another datacenter, and accepts one of its own", async () => {
    const account = { ...accountArgs(site), name: "maas-dc1" };
    await site.command({ name: "dc2" }).up(cloudAccountKind, { ...account, preferredSubnets: ["172.16.8.0/22"] });
    assert.match((await notable()).join("\n"), /^error PAL005 .*belongs to datacenter "dc2"/);
    await site.palette.reset();
    await site.command({ name: "dc1" }).up(cloudAccountKind, account);
    assert.deepEqual(await notable(), []);
  });

  it("finds a version that no registry has, as a warning when Palette has the profile already", async () => {
    const { address, question } = described();
    const profiles = question.profiles.map((profile) => ({
      ...profile,
      layers: profile.layers.map((layer) =>
        layer.pack.name === "lb-metallb-helm" ? { ...layer, pack: { ...layer.pack, tag: "9.9.9" } } : layer,
      ),
    }));
    const rows = async (): Promise<string[]> =>
      tenantFindings(datacenterWith(), await surveyTenant(address, { ...question, profiles }), Date.now())
        .filter(({ code, outcome }) => code === "PAL007" && outcome !== "ok")
        .map(({ outcome, where, message }) => `${outcome} ${where}: ${message}`);
    const layer = /profile VMO-RA-Core-PXKE 1\.7\.0, layer lb-metallb-helm: .*0\.15\.2/;
    assert.match((await rows()).join("\n"), new RegExp(`^error ${layer.source}`));
    await site.command().up(clusterProfileKind, coreArgs());
    assert.match((await rows()).join("\n"), new RegExp(`^warning ${layer.source}`));
  });

  it("finds a preset that the pack does not have, and checks the layers of exported profiles too", async () => {
    const { datacenter, address, question } = described();
    const profiles = question.profiles.map((profile) => ({
      ...profile,
      layers: profile.layers.map((layer) =>
        layer.pack.name === "cni-cilium-oss" ? { ...layer, presets: ["Nothing:nothing"] } : layer,
      ),
    }));
    const rows = tenantFindings(datacenter, await surveyTenant(address, { ...question, profiles }), Date.now());
    const errors = rows
      .filter(({ outcome }) => outcome === "error")
      .map(({ where, message }) => `${where}: ${message}`);
    assert.equal(errors.length, 1, errors.join("\n"));
    assert.match(errors[0] ?? "", /layer cni-cilium-oss: .*Nothing:nothing/);

    const file = "tests/providers/palette/exports/vmo-addon.json";
    const exported = described({ cluster: { profileFiles: [{ file }] } }).question.profiles;
    assert.equal(exported.length, question.profiles.length + 1);
    assert.ok((exported.at(-1)?.layers.length ?? 0) > 0);
  });

  it("finds each read that the key's role forbids", async () => {
    for (const path of [
      "/v1/overlords",
      "/v1/cloudaccounts/maas",
      "/v1/registries/metadata",
      "/v1/packs/**",
      "/v1/dashboard/clusterprofiles/metadata",
      "/v1/dashboard/spectroclusters/search",
    ]) {
      site.palette.faults.add({ kind: "forbidden", path });
      const rows = await notable();
      assert.match(rows.join("\n"), /error PAL009 .*cannot be read: .*403 OperationForbidden/, path);
      site.palette.faults.clear();
    }
    for (const path of ["/v1/users/info", "/v1/apiKeys", "/v1/projects/*"]) {
      site.palette.faults.add({ kind: "forbidden", path });
      const rows = await notable();
      assert.ok(rows.length === 1 && rows[0]?.startsWith("unchecked "), `${path}: ${rows.join("\n")}`);
      site.palette.faults.clear();
    }
  });
});
