import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import type { MachineAnswer } from "../../../providers/maas/client/machine-types";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { machineKind } from "../../../providers/maas/machine";
import { machineStanding } from "./contract/host-standing";
import { appliedNow } from "./hosts";
import { type Command, type Kept, region } from "./region";

const untagged = { fabric: "fabric-0", vid: 0 };

/** All NICs on the untagged VLAN, the fast ones in a bond. */
const interfaces: PlainObject = {
  enp1s0: { type: "physical", vlan: untagged, links: [{ mode: "AUTO", subnet: "192.168.0.0/22" }] },
  enp2s0: { type: "physical", vlan: untagged },
  enp1s1: { type: "physical", vlan: untagged },
  enp2s1: { type: "physical", vlan: untagged },
  bond9: { type: "bond", parents: ["enp1s1", "enp2s1"] },
};

/** Two bonds and a bridge, as the layout with four NICs has them. */
const bonds: PlainObject = {
  enp1s0: { type: "physical", vlan: untagged },
  enp2s0: { type: "physical", vlan: untagged },
  enp1s1: { type: "physical", vlan: untagged },
  enp2s1: { type: "physical", vlan: untagged },
  bond_mgmt: { type: "bond", parents: ["enp1s0", "enp2s0"], links: [{ mode: "AUTO", subnet: "192.168.0.0/22" }] },
  bond_data: { type: "bond", parents: ["enp1s1", "enp2s1"] },
  "bond_data.20": {
    type: "vlan",
    parents: ["bond_data"],
    vlan: { fabric: "fabric-0", vid: 20 },
    links: [{ mode: "AUTO", subnet: "10.20.0.0/16" }],
  },
  br0: { type: "bridge", parents: ["bond_data"], vlan: untagged },
};

describe("the restore of a host's network on a MAAS in use (simulated MAAS)", () => {
  const maas = region({ seed: { site: "occupied" } });
  beforeEach(() => maas.simulator.reset());

  async function machine(hostname: string): Promise<MachineAnswer> {
    const machines = await maas.command().link.client.machines.list(0);
    return machines.find((each) => each.hostname === hostname) ?? assert.fail();
  }

  async function standing(hostname: string): Promise<unknown> {
    const subnets = await maas.command().link.client.subnets.list(0);
    return machineStanding(await machine(hostname), new Set(subnets.map(({ vlan }) => vlan.fabric)));
  }

  async function up(hostname: string, described: PlainObject = interfaces): Promise<Kept> {
    const command = maas.command();
    const found = await command.up(machineKind, { find: { hostname } });
    const { network: former } = found.state.former as PlainObject;
    const args = {
      machine: found.id,
      interfaces: described,
      changes: appliedNow,
      former: former as PlainObject,
      waitMinutes: 1,
    };
    return command.up(hostNetworkKind, args);
  }

  /** Destroys the host's network and returns what the run printed. */
  async function destroy(network: Kept): Promise<string> {
    const command: Command = maas.command();
    await command.destroy(hostNetworkKind, network);
    return command.told.join("\n");
  }

  async function interfaceOf(hostname: string, name: string) {
    return (await machine(hostname)).interface_set.find((item) => item.name === name);
  }

  for (const host of ["worker-3", "worker-5", "worker-6", "worker-8"]) {
    it(`puts back what somebody configured by hand on ${host}`, async () => {
      const before = await standing(host);
      const network = await up(host);
      assert.notDeepEqual(await standing(host), before);
      const printed = await destroy(network);
      assert.doesNotMatch(printed, /warning/);
      assert.deepEqual(await standing(host), before);
    });
  }

  it("gives a bond that was up without an address its link back", async () => {
    const links = async () => (await interfaceOf("worker-3", "bond0"))?.links.map(({ mode }) => mode);
    assert.deepEqual(await links(), ["link_up"]);
    await destroy(await up("worker-3", bonds));
    assert.deepEqual(await links(), ["link_up"]);
  });

  it("leaves out a VLAN interface whose VLAN was deleted meanwhile, with a warning, and puts the rest back", async () => {
    const network = await up("worker-3");
    const { client } = maas.command().link;
    const vlan = (await client.fabrics.vlan("fabric-0", 107)) ?? assert.fail();
    await client.fabrics.removeVlan(String(vlan.id));
    assert.match(await destroy(network), /warning: bond0\.107 .*VLAN 107|warning: .*107 is gone/);
    assert.equal(await interfaceOf("worker-3", "bond0.107"), undefined);
    assert.deepEqual((await interfaceOf("worker-3", "bond0"))?.parents, ["enp1s1", "enp2s1"]);
  });

  it("leaves a NIC without a VLAN, with a warning, when MAAS deleted a fabric with a name of its own as the NIC left it", async () => {
    const { client } = maas.command().link;
    const fabric = await client.fabrics.create({ name: "lab-switch" }, () => false);
    const { system_id: id } = await machine("worker-6");
    const path = `nodes/${id}/interfaces/${(await interfaceOf("worker-6", "enp2s0"))?.id ?? 0}/`;
    await client.machines.change(id, { method: "PUT", path, form: { vlan: fabric.vlans[0]?.id ?? 0 } });
    const network = await up("worker-6");
    assert.equal(await maas.command().link.client.fabrics.named("lab-switch"), undefined);
    assert.match(await destroy(network), /warning: enp2s0 stays without a VLAN: .*lab-switch.* is gone/);
    assert.equal((await interfaceOf("worker-6", "enp2s0"))?.vlan, null);
    assert.deepEqual(
      (await interfaceOf("worker-6", "enp1s0"))?.links.map(({ mode }) => mode),
      ["auto"],
    );
  });

  it("leaves out an address whose subnet was deleted meanwhile, with a warning", async () => {
    const network = await up("worker-3");
    const { client } = maas.command().link;
    const subnet = (await client.subnets.list(0)).find(({ cidr }) => cidr === "10.21.0.0/21") ?? assert.fail();
    await client.subnets.remove(String(subnet.id));
    assert.match(await destroy(network), /warning: bond0\.107 does not get all of its/);
    assert.ok(await interfaceOf("worker-3", "bond0.107"));
  });
});
