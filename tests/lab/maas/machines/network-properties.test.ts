import assert from "node:assert/strict";
import fc from "fast-check";
import type { MaasAnswer } from "../../../../lab/maas/server/route";
import { Region, type Fields } from "./region";

/** A request on the network of the first machine; numbers choose among what there is. */
type Step =
  | { do: "bond" | "bridge" | "vlan" | "put" | "link"; at: number; other: number; fields: Fields }
  | { do: "delete" | "unlink" | "disconnect" | "restore"; at: number };

const pick = fc.nat({ max: 11 });
const mtu = fc.constantFrom<Fields>({}, { mtu: 1500 }, { mtu: 9000 }, { mtu: "" });
const link = fc.constantFrom<Fields>(
  { mode: "AUTO", subnet: "pxe" },
  { mode: "AUTO", subnet: "data", default_gateway: true },
  { mode: "STATIC", subnet: "pxe" },
  { mode: "DHCP" },
  { mode: "LINK_UP" },
  { mode: "LINK_UP", force: true },
  { mode: "AUTO", subnet: "other", force: true },
);
const change = fc.constantFrom<Fields>(
  { mtu: 9000 },
  { mtu: 1400 },
  { vlan: "" },
  { vlan: 5001 },
  { enabled: false },
  { enabled: true },
  { tags: "a,b" },
  { name: "renamed0" },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom("bond", "bridge", "vlan"), at: pick, other: pick, fields: mtu }),
  fc.record({ do: fc.constant("put"), at: pick, other: pick, fields: change }),
  fc.record({ do: fc.constant("link"), at: pick, other: pick, fields: link }),
  fc.record({ do: fc.constantFrom("delete", "unlink", "disconnect"), at: pick }),
  fc.record({ do: fc.constant("restore"), at: fc.constant(0) }),
);

function take(region: Region, next: Step): MaasAnswer {
  const { interfaces } = region.machine();
  const nameAt = (index: number): string => interfaces[index % interfaces.length]?.name ?? "enp1s0";
  const name = nameAt(next.at);
  switch (next.do) {
    case "bond":
      return region.bond(`bond${next.at}`, [name, nameAt(next.other)], next.fields);
    case "bridge":
      return region.bridge(`br${next.at}`, name, next.fields);
    case "vlan": {
      const vlans = [region.places.vlan10, region.places.vlan20, region.places.vlan30];
      return region.vlan(name, vlans[next.other % 3] ?? 0, next.fields);
    }
    case "put":
      return region.put(name, next.fields);
    case "link":
      return region.operate(name, "link_subnet", next.fields);
    case "delete":
      if (region.nic(name).type === "physical") return { status: 200 };
      return region.request("DELETE", `/nodes/${region.machine().systemId}/interfaces/${region.nic(name).id}/`);
    case "unlink":
      return region.operate(name, "unlink_subnet", { id: region.nic(name).addresses[0]?.id ?? 0 });
    case "disconnect":
      return region.operate(name, "disconnect");
    case "restore":
      return region.tell("restore_networking_configuration");
  }
}

/** What holds after every request, whatever was asked. */
function check(region: Region): void {
  const { interfaces, gatewayLinkIpv4Id } = region.machine();
  const ids = new Set(interfaces.map((each) => each.id));
  assert.equal(ids.size, interfaces.length, "ids are unique");
  assert.equal(new Set(interfaces.map((each) => each.name)).size, interfaces.length, "names are unique");
  const links = interfaces.flatMap((each) => each.addresses.map((address) => address.id));
  assert.equal(new Set(links).size, links.length, "a link belongs to one interface");
  assert.ok(gatewayLinkIpv4Id === null || links.includes(gatewayLinkIpv4Id), "the default gateway is a link there is");
  for (const each of interfaces) {
    assert.ok(
      each.parents.every((parent) => ids.has(parent) && parent < each.id),
      `${each.name} sits on older ones`,
    );
    const needed = { physical: 0, bond: 1, bridge: 1, vlan: 1 }[each.type];
    assert.ok(each.parents.length >= needed, `${each.name} sits on something`);
    if (each.type === "vlan") {
      const parent = interfaces.find((one) => one.id === each.parents[0]);
      assert.equal(each.macAddress, parent?.macAddress, `${each.name} has its parent's MAC address`);
    }
    const linkUps = each.addresses.filter((address) => address.allocationType === "sticky" && address.ip === null);
    assert.ok(linkUps.length <= 1, `${each.name} has one LINK_UP at most`);
  }
  region.read();
}

describe("any sequence of requests on a machine's network", () => {
  it("leaves a network that hangs together, and a refused request leaves it as it was", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const region = new Region(1);
        for (const next of steps) {
          const before = structuredClone(region.machine());
          const answer = take(region, next);
          if (answer.status >= 300) assert.deepEqual(region.machine(), before);
          check(region);
        }
      }),
      { numRuns: 80 },
    );
  });

  it("ends with plain NICs after a restore", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        const region = new Region(1);
        for (const next of steps) take(region, next);
        region.tell("restore_networking_configuration");
        const shape = region.machine().interfaces.map((each) => [each.name, each.type]);
        const nics = ["enp1s0", "enp2s0", "enp1s1", "enp2s1"].map((name) => [name, "physical"]);
        assert.deepEqual(shape.sort(), nics.sort());
      }),
      { numRuns: 40 },
    );
  });
});
