import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { fabricKind } from "../../../providers/maas/fabric";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { machineKind } from "../../../providers/maas/machine";
import { staticRouteKind } from "../../../providers/maas/static-route";
import { subnetKind } from "../../../providers/maas/subnet";
import { zoneKind } from "../../../providers/maas/zone";
import { fabric, fourNic, hostArgs, hostUp, onRepave, makeSite, withField } from "./hosts";
import { region } from "./region";

describe("traps of the MAAS API (simulated MAAS)", () => {
  const maas = region();
  beforeEach(async () => {
    maas.simulator.reset();
    await makeSite(maas.command());
  });

  /** An interface of a machine as MAAS answers it now. */
  async function interfaceOf(hostname: string, name: string) {
    const machines = await maas.command().link.client.machines.list(0);
    const machine = machines.find((candidate) => candidate.hostname === hostname);
    const found = machine?.interface_set.find((candidate) => candidate.name === name);
    assert.ok(found, `${hostname} ${name}`);
    return found;
  }

  /** Changes a host that is up, and answers what its network is then. */
  async function change(interfaces: PlainObject, to: PlainObject): Promise<void> {
    const host = await hostUp(maas.command(), "worker-1", interfaces);
    const args = hostArgs(host.machine, to).network;
    const changed = await maas.command().update(hostNetworkKind, host.network, args);
    const seen = await maas.command().refresh(hostNetworkKind, changed);
    assert.ok(seen);
    assert.equal((await maas.command().diff(hostNetworkKind, seen, args)).changes, false);
  }

  it("sends every parameter of a bond and a bridge, since MAAS's defaults are not those of its documentation", async () => {
    await hostUp(maas.command(), "worker-1");
    assert.deepEqual((await interfaceOf("worker-1", "bond_data")).params, {
      bond_mode: "802.3ad",
      bond_miimon: 100,
      bond_updelay: 0,
      bond_downdelay: 0,
      bond_lacp_rate: "fast",
      bond_xmit_hash_policy: "layer3+4",
      bond_num_grat_arp: 1,
      mtu: 1500,
    });
    const { params } = await interfaceOf("worker-1", "br0");
    assert.deepEqual(params, { bridge_type: "standard", bridge_stp: false, bridge_fd: 15, mtu: 1500 });
  });

  it("keeps all tags of an interface when it changes something else", async () => {
    const tagged = withField(fourNic, "br0", { tags: ["uplink", "virtual-machines"] });
    await change(
      tagged,
      withField(tagged, "br0", { tags: ["uplink", "virtual-machines"], bridge: { forwardDelay: 4 } }),
    );
    assert.deepEqual([...(await interfaceOf("worker-1", "br0")).tags].sort(), ["uplink", "virtual-machines"]);
  });

  it("switches the spanning tree of a bridge off again", async () => {
    const spanning = withField(fourNic, "br0", { bridge: { stp: true } });
    await change(spanning, fourNic);
    const { params } = await interfaceOf("worker-1", "br0");
    assert.equal((params as Record<string, unknown>).bridge_stp, false);
  });

  it("moves a bridge to another bond", async () => {
    const links = (fourNic["bond_mgmt"] as PlainObject)["links"] as PlainObject[];
    const bare = withField(fourNic, "bond_mgmt", { links: [] });
    await change(fourNic, withField(bare, "br0", { parents: ["bond_mgmt"], links }));
    assert.deepEqual((await interfaceOf("worker-1", "br0")).parents, ["bond_mgmt"]);
  });

  it("gives an address back to what a change above took it from", async () => {
    const onNic: PlainObject = {
      ...fourNic,
      enp1s1: { type: "physical", vlan: { fabric, vid: 0 } },
      enp2s1: { type: "physical", vlan: { fabric, vid: 0 }, links: [{ mode: "DHCP" }] },
      bond_data: { type: "bond", parents: ["enp1s1"] },
    };
    await change(onNic, fourNic);
  });

  it("refers to subnets by CIDR, since their names are not unique", async () => {
    const command = maas.command();
    await command.up(subnetKind, { cidr: "10.1.0.0/24", name: "same", fabric, vid: 0 });
    await command.up(subnetKind, { cidr: "10.2.0.0/24", name: "same", fabric, vid: 0 });
    const route = { source: "10.1.0.0/24", destination: "10.2.0.0/24", gateway: "10.1.0.1" };
    const kept = await command.up(staticRouteKind, route);
    assert.equal(kept.state.destination, "10.2.0.0/24");
  });

  it("reads a subnet without gateway the same from a write and from a read", async () => {
    const args = { cidr: "10.1.0.0/24", fabric, vid: 0 };
    const command = maas.command();
    const kept = await command.up(subnetKind, args);
    const updated = await command.update(subnetKind, kept, args);
    for (const reader of [command, maas.command()]) {
      const seen = await reader.refresh(subnetKind, updated);
      assert.equal(seen?.state.gateway, null);
    }
  });

  it("takes host bits off a network, as MAAS does", async () => {
    const kept = await maas.command().up(subnetKind, { cidr: "10.40.30.0/16", fabric, vid: 0 });
    assert.equal(kept.state.cidr, "10.40.0.0/16");
    const seen = await maas.command().refresh(subnetKind, kept);
    assert.equal(seen?.state.cidr, "10.40.0.0/16");
  });

  it("does not take MAAS's 204 for a zone that never was for a deletion that matters", async () => {
    const kept = await maas.command().up(zoneKind, { name: "az9" });
    await maas.command().link.client.zones.remove("az9");
    assert.equal(await maas.command().refresh(zoneKind, kept), undefined);
    await maas.command().destroy(zoneKind, kept);
  });

  it("leaves a locked machine alone and records what waits", async () => {
    const host = await hostUp(maas.command(), "worker-1");
    maas.simulator.setMachineStatus("worker-1", "deployed");
    await maas.command().link.client.machines.operate(host.machine.id, "lock");
    maas.simulator.requests.clear();
    const args = hostArgs(host.machine, withField(fourNic, "br0", { bridge: { stp: true } }), onRepave).network;
    const recorded = await maas.command().update(hostNetworkKind, host.network, args);
    assert.deepEqual(recorded.state.pending, [
      { part: "network", subject: "br0", field: "bridge.stp", actual: "false", desired: "true" },
    ]);
    assert.ok(maas.simulator.requests.list().every(({ method }) => method === "GET"));
  });

  it("records what is left when a machine is deployed in the midst of its configuration", async () => {
    const machine = await maas.command().up(machineKind, { find: { hostname: "worker-1" } });
    const args = hostArgs(machine).network;
    const command = maas.command();
    const configuring = command.up(hostNetworkKind, args);
    const deployed = new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (!maas.simulator.requests.list().some(({ query }) => query.includes("create_bond"))) return;
        clearInterval(timer);
        maas.simulator.setMachineStatus("worker-1", "deployed");
        resolve();
      }, 1);
    });
    const [kept] = await Promise.all([configuring, deployed]);
    assert.ok((kept.state.pending as unknown[]).length > 0);
    const seen = await maas.command().refresh(hostNetworkKind, kept);
    assert.ok(seen);
    assert.equal((await maas.command().diff(hostNetworkKind, seen, { ...args, changes: onRepave })).changes, false);
  });

  it("does not take a NIC for one on another VLAN because its fabric was renamed in the same run", async () => {
    maas.simulator.reset();
    const command = maas.command();
    const machine = await command.up(machineKind, { find: { hostname: "worker-4" } });
    await command.up(fabricKind, { name: "renamed", holding: "192.168.0.0/22", adopt: true });
    await command.up(subnetKind, { cidr: "192.168.0.0/22", fabric: "renamed", vid: 0 });
    maas.simulator.requests.clear();
    const boot = {
      type: "physical",
      vlan: { fabric: "renamed", vid: 0 },
      links: [{ mode: "AUTO", subnet: "192.168.0.0/22" }],
    };
    const args = hostArgs(machine, { enp1s0: boot }).network;
    const kept = await command.up(hostNetworkKind, args);
    const writes = maas.simulator.requests.list().filter(({ method }) => method !== "GET");
    assert.equal(writes.length, 1, "only the MTU");
    await maas.command().destroy(hostNetworkKind, kept);
    const nic = await interfaceOf("worker-4", "enp1s0");
    assert.deepEqual(
      nic.links.map(({ mode }) => mode),
      ["auto"],
    );
  });

  it("brings a host from one layout to another in place, and back", async () => {
    const untagged = { fabric, vid: 0 };
    const twoNic: PlainObject = {
      enp1s0: { type: "physical", vlan: untagged },
      enp2s0: { type: "physical", vlan: untagged },
      bond0: { type: "bond", parents: ["enp1s0", "enp2s0"] },
      br0: { type: "bridge", parents: ["bond0"], links: [{ mode: "AUTO", subnet: "192.168.0.0/22" }] },
      "bond0.10": {
        type: "vlan",
        parents: ["bond0"],
        vlan: { fabric, vid: 10 },
        links: [{ mode: "AUTO", subnet: "172.16.0.0/22" }],
      },
      "bond0.20": {
        type: "vlan",
        parents: ["bond0"],
        vlan: { fabric, vid: 20 },
        links: [{ mode: "AUTO", subnet: "10.20.0.0/16", defaultGateway: true }],
      },
    };
    await change(fourNic, twoNic);
    maas.simulator.reset();
    await makeSite(maas.command());
    await change(twoNic, fourNic);
  });
});
