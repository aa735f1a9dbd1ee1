import assert from "node:assert/strict";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import { datacenterJsonSchema } from "../../../stacks/description/json-schema";
import { settingRows } from "../../../stacks/description/settings-table";
import { publicKey } from "../../public-key";
import { datacenterWith, type Settings } from "../descriptions";
import { paletteArgsOf } from "../palette-args-of";

const certificate = "-----BEGIN CERTIFICATE-----\nQUJDREVG\n-----END CERTIFICATE-----";
const key = `${publicKey} operator@example.com`;
const taint = { key: "gpu", value: "yes", effect: "NoExecute" };
const minimum = { cpuCores: 24, memoryGigabytes: 48, diskGigabytes: 120 };

/** A setting below `cluster`, what is written, and what of it Palette's resources are given. */
const settings: [path: string, written: unknown, given: unknown][] = [
  ["name", "production", { cluster: { name: "production" } }],
  ["controlPlane.name", "masters", { controlPlane: { name: "masters" } }],
  ["controlPlane.hostGroup", "worker-pool", { controlPlane: { resourcePool: "worker-pool" } }],
  ["controlPlane.size", 5, { controlPlane: { size: 5 } }],
  ["controlPlane.zones", ["az2"], { controlPlane: { zones: ["az2"] } }],
  ["controlPlane.minimum.cpuCores", 24, { controlPlane: { minimumCpuCores: 24 } }],
  ["controlPlane.minimum.memoryGigabytes", 48, { controlPlane: { minimumMemoryMebibytes: 49152 } }],
  ["controlPlane.minimum.diskGigabytes", 120, { controlPlane: { minimumDiskGibibytes: 120 } }],
  ["controlPlane.labels", { rack: "a" }, { controlPlane: { labels: { rack: "a" } } }],
  ["controlPlane.taints", [taint], { controlPlane: { taints: [taint] } }],
  ["controlPlane.updateStrategy", "RollingUpdateScaleIn", { controlPlane: { updateStrategy: "RollingUpdateScaleIn" } }],
  ["controlPlane.workloads", true, { controlPlane: { workloads: true } }],
  ["workers", [{ name: "vms" }], { workers: { name: "vms" } }],
  ["workers[].hostGroup", "control-plane", { workers: { resourcePool: "control-plane" } }],
  ["workers[].size", 4, { workers: { size: 4 }, variables: { maxStorageNodes: "4" } }],
  ["workers[].zones", ["az3", "az1"], { workers: { zones: ["az1", "az3"] } }],
  [
    "workers[].minimum",
    minimum,
    { workers: { minimumCpuCores: 24, minimumMemoryMebibytes: 49152, minimumDiskGibibytes: 120 } },
  ],
  ["workers[].labels", { rack: "a" }, { workers: { labels: { rack: "a" } } }],
  ["workers[].taints", [taint], { workers: { taints: [taint] } }],
  ["workers[].updateStrategy", "RollingUpdateScaleIn", { workers: { updateStrategy: "RollingUpdateScaleIn" } }],
  ["versions.operatingSystem", "24.04", "LTS__24.04"],
  ["versions.kubernetes", "1.33.1", '"tag":"1.33.1"'],
  ["versions.cilium", "1.18.1", '"tag":"1.18.1"'],
  ["versions.portworx", "3.4.1", '"tag":"3.4.1"'],
  ["versions.metallb", "0.16.1", '"tag":"0.16.1"'],
  ["versions.nginx", "1.13.1", '"tag":"1.13.1"'],
  ["versions.prometheus", "71.0.1", '"tag":"71.0.1"'],
  ["versions.virtualMachineOrchestrator", "4.8.1", '"tag":"4.8.1"'],
  ["profileVersions.infra", "1.9.1", { cluster: { versions: ["1.9.1", "1.7.0"] } }],
  ["profileVersions.core", "1.9.1", { cluster: { versions: ["1.7.0", "1.9.1"] } }],
  [
    "identityProvider",
    { issuerUrl: "https://login.example.com", clientId: "c-17", usernameClaim: "upn", groupsClaim: "roles" },
    ["https://login.example.com", "c-17", "upn", "roles"],
  ],
  ["access", "direct", "access: public"],
  ["kubelet.maxPods", 201, "201"],
  ["kubelet.reservedCores", "0-3", "0-3"],
  ["kubelet.systemReservedMebibytes", 8191, "8191Mi"],
  ["kubelet.kubeReservedMebibytes", 4095, "4095Mi"],
  ["kubelet.evictionHardMebibytes", 102, "102Mi"],
  ["kubelet.numaMemoryMebibytes", [6194, 6194], "6194Mi"],
  ["certificateAuthorities", [certificate], "QUJDREVG"],
  ["sshKeys", [key], { cluster: { sshKeys: [key] } }],
  ["ntpServers", ["ntp.example.com"], { cluster: { ntpServers: ["ntp.example.com"] } }],
  ["approveRepave", true, { cluster: { approveRepave: true } }],
  ["forceDelete", true, { cluster: { forceDelete: true } }],
  ["forceDeleteAfterMinutes", 16, { cluster: { forceDeleteAfterMinutes: 16 } }],
  ["waitMinutes", 17, { cluster: { timeoutMinutes: 17 } }],
  ["timezone", "Europe/Berlin", { cluster: { timezone: "Europe/Berlin" } }],
  ["componentUpgrades", "lock", { cluster: { componentUpgrades: "lock" } }],
  ["osPatch.patchOnBoot", true, { osPatch: { patchOnBoot: true } }],
  ["osPatch.schedule", "0 3 * * SUN", { osPatch: { schedule: "0 3 * * SUN" } }],
  [
    "osPatch.onDemandPatchAfter",
    "2030-01-31T03:00:00Z",
    { osPatch: { onDemandPatchAfter: "2030-01-31T03:00:00.000Z" } },
  ],
  ["osPatch.rebootIfRequired", true, { osPatch: { rebootIfRequired: true } }],
  ["bgp", { localAsn: 64601, peerAsn: 64602, peerAddress: "10.20.0.7" }, ["64601", "64602", "10.20.0.7"]],
  ["imageIngress", true, "upload.dc1.metal.example.com"],
];

/** Settings that go elsewhere, each with its reason. */
const elsewhere: Record<string, string> = {
  consoleBaseAddress: "with direct access only: profile-alternatives.test.ts",
  namespaces: "sizes the control plane: preflight",
  profileFiles: "tests/stacks/program/profile-files.test.ts",
  "profileVersions.templates": "tests/stacks/program/templates-profile.test.ts",
};

/** What the description's cluster gives the resources of Palette. */
function given(cluster: Settings) {
  const datacenter = datacenterWith({ cluster });
  const args = paletteArgsOf(datacenter);
  const { schema } = clusterKind();
  const pools = schema.pools.parse(args.cluster.pools);
  const osPatch = schema.osPatch.parse(args.cluster.osPatch);
  const versions = args.profiles.map(({ version }) => version);
  return {
    parts: {
      cluster: { ...args.cluster, versions },
      osPatch,
      controlPlane: pools[0],
      workers: pools[1],
      variables: args.profiles[0]?.variables,
    } as Record<string, unknown>,
    layers: JSON.stringify(args.profiles.map(({ rendered }) => rendered.layers)),
  };
}

/** A setting as it stands in a description; one of a worker pool in a list of one. */
function written(path: string, value: unknown): Settings {
  const [first = "", ...rest] = path.split(".");
  const below = rest.length === 0 ? value : written(rest.join("."), value);
  return first.endsWith("[]") ? { [first.slice(0, -2)]: [below] } : { [first]: below };
}

describe("settings of the description's cluster", () => {
  const base = given({});
  for (const [path, value, expected] of settings) {
    it(`cluster.${path} reaches Palette`, () => {
      const { parts, layers } = given(written(path, value));
      if (typeof expected === "string" || Array.isArray(expected)) {
        for (const text of [expected].flat() as string[]) {
          assert.ok(!base.layers.includes(text), `${text} is there without it`);
          assert.ok(layers.includes(text), `no layer holds ${text}`);
        }
        return;
      }
      for (const [part, fields] of Object.entries(expected as Record<string, object>))
        for (const [field, wanted] of Object.entries(fields) as [string, unknown][]) {
          assert.notDeepEqual((base.parts[part] as Settings)[field], wanted);
          assert.deepEqual((parts[part] as Settings)[field], wanted);
        }
    });
  }

  it("are all in this table", () => {
    const known = [...settings.map(([path]) => path), ...Object.keys(elsewhere)];
    const rows = settingRows(datacenterJsonSchema()).map(({ path }) => path);
    const own = rows.filter((path) => path.startsWith("cluster.")).map((path) => path.slice("cluster.".length));
    const leaves = own.filter(
      (path) => !own.some((other) => other.startsWith(`${path}.`) || other.startsWith(`${path}[`)),
    );
    const missing = leaves.filter(
      (path) => !known.some((item) => path === item || path.startsWith(`${item}.`) || path.startsWith(`${item}[]`)),
    );
    assert.deepEqual(
      missing.filter((path) => path !== "workers[].name"),
      [],
    );
  });
});
