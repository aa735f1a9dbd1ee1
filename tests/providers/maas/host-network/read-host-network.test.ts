import assert from "node:assert/strict";
import type { InterfaceAnswer, MachineNetworkAnswer } from "../../../../providers/maas/host-network/read-host-network";
import { readHostNetwork, readInterface } from "../../../../providers/maas/host-network/read-host-network";

const untagged = { fabric: "fabric-0", vid: 0 };

function answer(fields: Partial<InterfaceAnswer>): InterfaceAnswer {
  return {
    id: 7,
    name: "enp1s0",
    type: "physical",
    mac_address: "52:54:00:AA:00:01",
    vlan: untagged,
    enabled: true,
    tags: [],
    parents: [],
    params: {},
    links: [],
    ...fields,
  };
}

function machine(fields: Partial<MachineNetworkAnswer>): MachineNetworkAnswer {
  return {
    status_name: "Ready",
    interface_set: [answer({})],
    boot_interface: { id: 7 },
    default_gateways: { ipv4: { link_id: null } },
    ...fields,
  };
}

describe("the network in a machine's answer", () => {
  it("is read by name, with the ids that MAAS's API needs", () => {
    const network = readHostNetwork(machine({ default_gateways: { ipv4: { link_id: 82 } } }));
    assert.deepEqual([...network.interfaces.keys()], ["enp1s0"]);
    assert.equal(network.bootInterfaceId, 7);
    assert.equal(network.defaultGatewayLinkId, 82);
    assert.equal(network.bridgeTakesLinks, false);
  });

  it("has no boot interface and no default gateway where MAAS names none", () => {
    const network = readHostNetwork(machine({ boot_interface: null }));
    assert.ok(!("bootInterfaceId" in network) && !("defaultGatewayLinkId" in network));
  });

  it("says that a new bridge takes the links below it on Allocated machines only", () => {
    assert.equal(readHostNetwork(machine({ status_name: "Allocated" })).bridgeTakesLinks, true);
    assert.equal(readHostNetwork(machine({ status_name: "Broken" })).bridgeTakesLinks, false);
  });

  it("takes the MTU that was set, not one that follows from relatives", () => {
    assert.equal(readInterface(answer({ params: { mtu: 9000 } })).mtu, 9000);
    for (const params of [{}, "", null] as const) assert.equal(readInterface(answer({ params })).mtu, undefined);
  });

  it("has no VLAN when it is disconnected", () => {
    assert.ok(!("vlan" in readInterface(answer({ vlan: null }))));
  });

  it("knows all parameters of bonds and bridges, whatever is left out", () => {
    const bond = readInterface(answer({ type: "bond", params: { bond_mode: "802.3ad", bond_lacp_rate: "slow" } }));
    assert.deepEqual(bond.bond, {
      mode: "802.3ad",
      miimon: 100,
      updelay: 0,
      downdelay: 0,
      lacpRate: "slow",
      xmitHashPolicy: "layer2",
      numGratArp: 1,
    });
    const bridge = readInterface(
      answer({ type: "bridge", params: { bridge_stp: true, bridge_fd: 0, bridge_type: "ovs" } }),
    );
    assert.deepEqual(bridge.bridge, { type: "ovs", stp: true, forwardDelay: 0 });
  });

  it("keeps an address only where it is configuration", () => {
    const subnet = { cidr: "10.0.0.0/24" };
    const { links } = readInterface(
      answer({
        links: [
          { id: 4, mode: "static", subnet, ip_address: "10.0.0.4" },
          { id: 3, mode: "auto", subnet, ip_address: "10.0.0.3" },
          { id: 2, mode: "dhcp", ip_address: "10.0.0.2" },
          { id: 1, mode: "link_up", subnet },
        ],
      }),
    );
    assert.deepEqual(links, [
      { id: 1, mode: "LINK_UP" },
      { id: 2, mode: "DHCP" },
      { id: 3, mode: "AUTO", subnet: "10.0.0.0/24" },
      { id: 4, mode: "STATIC", subnet: "10.0.0.0/24", ipAddress: "10.0.0.4" },
    ]);
  });

  it("refuses kinds that no machine is known to have", () => {
    assert.throws(() => readInterface(answer({ type: "alias" })), /interface enp1s0 with the type "alias"/);
    assert.throws(() => readInterface(answer({ links: [{ id: 1, mode: "magic" }] })), /link 1 with the mode "magic"/);
  });
});
