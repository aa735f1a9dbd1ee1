import assert from "node:assert/strict";
import { profileAlternatives } from "../../../stacks/program/profile-alternatives";
import { datacenterWith, type Settings } from "../descriptions";

/** What a description chooses. */
function chosen(changes: Settings) {
  const datacenter = datacenterWith(changes);
  assert.ok(datacenter.cluster);
  return profileAlternatives(datacenter, datacenter.cluster);
}

describe("alternatives that a description chooses", () => {
  it("are none by default", () => {
    assert.deepEqual(chosen({}), { infra: [], core: [] });
  });

  const cases: [changes: Settings, infra: string[], core: string[]][] = [
    [{ storage: { license: "saas" } }, ["portworx-saas"], []],
    [{ storage: { sanType: "ISCSI" } }, ["iscsi"], []],
    [{ storage: { provider: "portworx-csi", sanType: "ISCSI" } }, ["portworx-csi", "iscsi"], []],
    [{ storage: { provider: "rook-ceph", sanType: "ISCSI", license: "saas" } }, ["rook-ceph"], ["rook-ceph"]],
    [{ storage: { provider: "dell-powerflex" } }, ["dell-powerflex"], ["dell-powerflex"]],
    [{ cluster: { access: "direct" } }, [], ["direct-access"]],
    [
      { cluster: { access: "direct", consoleBaseAddress: "https://vms.example.com/v1" } },
      [],
      ["direct-access", "direct-console"],
    ],
    [{ cluster: { consoleBaseAddress: "https://vms.example.com/v1" } }, [], []],
    [{ cluster: { bgp: { peerAddress: "10.20.30.1" }, imageIngress: true } }, [], ["bgp", "image-ingress"]],
    [{ hosts: { "worker-pool": { layout: "two-nic" } } }, [], ["workers-announce"]],
    [{ hosts: { "worker-pool": { layout: "two-nic-shared-data-vlan" } } }, [], ["workers-announce"]],
    [{ hosts: { "worker-pool": { layout: "node-on-bridge" } } }, [], ["workers-announce"]],
    [{ hosts: { "worker-pool": { layout: "six-nic" } } }, [], []],
    [{ hosts: { "worker-pool": { layout: "two-nic" } }, cluster: { bgp: { peerAddress: "10.20.30.1" } } }, [], ["bgp"]],
    [{ cluster: { identityProvider: { issuerUrl: "https://id.example.com", clientId: "vmo" } } }, ["own-oidc"], []],
  ];
  for (const [changes, infra, core] of cases) {
    it(`${JSON.stringify(changes)}: ${[...infra, ...core].join(", ")}`, () => {
      assert.deepEqual(chosen(changes), { infra, core });
    });
  }
});
