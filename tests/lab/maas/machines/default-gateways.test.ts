import assert from "node:assert/strict";
import { Region } from "./region";

function gateways(region: Region): { gateway_ip: string | null; link_id: number | null } {
  const { ipv4 } = region.read().default_gateways as { ipv4: { gateway_ip: string | null; link_id: number | null } };
  return ipv4;
}

describe("a machine's default gateway", () => {
  it("is guessed from the links while none is chosen", () => {
    assert.deepEqual(gateways(new Region()), { gateway_ip: "10.99.0.1", link_id: null });
  });

  it("is the link chosen last", () => {
    const region = new Region();
    region.vlan("enp1s0", region.places.vlan20);
    const link = { mode: "AUTO", subnet: region.places.data, default_gateway: true };
    region.operate("enp1s0.20", "link_subnet", link);
    region.operate("enp1s0.20", "link_subnet", link);
    const [older, newer] = region.nic("enp1s0.20").addresses;
    assert.deepEqual(gateways(region), { gateway_ip: "10.20.30.1", link_id: newer?.id });
    region.operate("enp1s0.20", "set_default_gateway", { link_id: older?.id ?? 0 });
    assert.equal(gateways(region).link_id, older?.id);
  });

  it("prefers bonds and bridges, then the boot NIC, then other NICs, then VLAN interfaces", () => {
    const region = new Region();
    region.vlan("enp1s0", region.places.vlan20);
    region.operate("enp1s0.20", "link_subnet", { mode: "AUTO", subnet: region.places.data });
    assert.equal(gateways(region).gateway_ip, "10.99.0.1");
    region.bond("bond0", ["enp1s1", "enp2s1"]);
    region.store.site.subnets.push({
      ...(region.store.site.subnets.find((subnet) => subnet.id === region.places.pxe) ?? assert.fail()),
      id: 77,
      cidr: "10.98.0.0/24",
      gatewayIp: "10.98.0.1",
    });
    region.operate("bond0", "link_subnet", { mode: "AUTO", subnet: 77 });
    assert.equal(gateways(region).gateway_ip, "10.98.0.1");
  });

  it("keeps its link but shows no address when the subnet loses its gateway", () => {
    const region = new Region();
    region.operate("enp1s0", "set_default_gateway");
    const subnet = region.store.site.subnets.find((each) => each.id === region.places.pxe);
    if (subnet !== undefined) subnet.gatewayIp = null;
    const { gateway_ip, link_id } = gateways(region);
    assert.equal(gateway_ip, null);
    assert.notEqual(link_id, null);
  });

  it("is forgotten with its link, and by clear_default_gateways, also on a Deployed machine", () => {
    const region = new Region();
    region.operate("enp1s0", "set_default_gateway");
    region.machine().status = 6;
    region.tell("clear_default_gateways");
    assert.equal(gateways(region).link_id, null);
    region.machine().status = 4;
    region.operate("enp1s0", "set_default_gateway");
    region.bond("bond0", ["enp1s0"]);
    assert.deepEqual(gateways(region), { gateway_ip: null, link_id: null });
  });
});
