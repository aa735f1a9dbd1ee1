import assert from "node:assert/strict";
import { DESCRIPTION_RULES } from "../../../stacks/preflight/all-rules";
import { preflight } from "../../../stacks/preflight/preflight";
import { datacenterWith, withSettings, type Settings } from "../descriptions";
import { siteFacts } from "../site-facts";
import { secrets, workers, type BrokenDescriptions } from "./broken";
import { brokenClusters } from "./broken-clusters";
import { brokenNetworks } from "./broken-networks";

/** By the code of the rule that each breaks. */
const broken: BrokenDescriptions = { ...brokenNetworks, ...brokenClusters };

describe("stacks/preflight/rules", () => {
  it("find nothing in a datacenter by the reference architecture", () => {
    const report = preflight(datacenterWith(), { secrets });
    assert.deepEqual(report, { errors: [], warnings: [], silenced: [] });
  });

  it("find nothing that only a cluster needs where there is metal only", () => {
    const metal = datacenterWith({ palette: null, storage: undefined, virtualization: undefined });
    assert.deepEqual(preflight(metal, { secrets: [] }).errors, []);
  });

  const layouts: [string, Settings][] = [
    ["four-nic", {}],
    ["two-nic", {}],
    ["two-nic-shared-data-vlan", {}],
    ["six-nic", { networks: { storage: { cidr: "172.17.0.0/22", mtu: 9000 } } }],
    ["node-on-bridge", { networks: { management: { vlan: 0 } } }],
  ];
  for (const [layout, more] of layouts)
    for (const vlan of [0, 5])
      it(`find nothing with the layout ${layout} and ${vlan === 0 ? "untagged" : "tagged"} PXE`, () => {
        const changes = withSettings({ networks: { provisioning: { vlan } } }, withSettings(more, workers({ layout })));
        const report = preflight(datacenterWith(changes), { secrets });
        assert.deepEqual(report, { errors: [], warnings: [], silenced: [] });
      });

  it("find nothing with a long VLAN interface name that a short name of the network shortens", () => {
    const storage = { cidr: "172.17.0.0/22", vlan: 1500, shortName: "stor" };
    const report = preflight(datacenterWith(workers({ layout: "six-nic" }, { networks: { storage } })), { secrets });
    assert.deepEqual(report, { errors: [], warnings: [], silenced: [] });
  });

  it("find nothing with VM VLAN 1 where br0 carries no untagged network of the hosts", () => {
    const report = preflight(datacenterWith({ networks: { virtualMachines: { vlans: "1,21-100" } } }), { secrets });
    assert.deepEqual(report, { errors: [], warnings: [], silenced: [] });
  });

  it("find nothing with a gateway on a network that is not the data network", () => {
    const report = preflight(datacenterWith({ networks: { management: { gateway: "172.16.0.1" } } }), { secrets });
    assert.deepEqual(report, { errors: [], warnings: [], silenced: [] });
  });

  it("find nothing with control planes that are virtual machines, and bonds without LACP", () => {
    const changes = {
      hosts: { "control-plane": { layout: "control-plane-vm" }, "worker-pool": { bond: { mode: "active-backup" } } },
    };
    assert.deepEqual(preflight(datacenterWith(changes), { secrets }), { errors: [], warnings: [], silenced: [] });
  });

  it("are found by the preflight as a whole, however many rules a description breaks", () => {
    for (const [code, cases] of Object.entries(broken))
      for (const { changes, secrets: given = secrets, plaintext = [] } of [cases].flat()) {
        const args = { secrets: given, plaintextSecrets: plaintext, facts: siteFacts() };
        const { errors, warnings } = preflight(datacenterWith(changes), args);
        assert.ok(
          [...errors, ...warnings].some((finding) => finding.code === code),
          code,
        );
      }
  });

  for (const rule of DESCRIPTION_RULES) {
    describe(`${rule.code} (${rule.severity}) ${rule.rule}`, () => {
      const cases = [broken[rule.code] ?? []].flat();
      it("has a case that breaks it", () => assert.notEqual(cases.length, 0));
      for (const { changes, path, message, secrets: given = secrets, plaintext = [] } of cases) {
        it(`finds ${message.source}`, () => {
          const hits = rule.check(datacenterWith(changes), {
            secrets: new Set(given),
            plaintextSecrets: new Set(plaintext),
          });
          assert.deepEqual(
            hits.map((hit) => hit.path),
            [path],
          );
          assert.match(hits[0]?.message ?? "", message);
          assert.match(hits[0]?.fix ?? "", /^[A-Z].*[.)\w]$/s, "the fix is a sentence");
        });
      }
    });
  }
});
