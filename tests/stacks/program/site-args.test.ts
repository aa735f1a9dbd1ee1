import assert from "node:assert/strict";
import fc from "fast-check";
import type { SiteObjects } from "../../../providers/maas/look-ups/site-objects";
import type { RecordedObject, SiteKnowledge } from "../../../stacks/derived/site-knowledge";
import { siteFabricName } from "../../../stacks/derived/site-fabric";
import { siteArgs } from "../../../stacks/program/site-args";
import { siteRequests } from "../../../stacks/program/site-requests";
import { datacenterWith, type Settings } from "../descriptions";
import { siteObjects, subnetFact, vlanFact } from "../site-facts";

/** The knowledge of a new stack on a MAAS with these objects. */
function known(changes: Partial<SiteObjects> = {}, recorded: RecordedObject[] = []): SiteKnowledge {
  return { objects: siteObjects(changes), recorded };
}

function subnetOf(settings: Settings, knowledge?: SiteKnowledge, role = "provisioning") {
  const found = siteArgs(datacenterWith(settings), knowledge).subnets.find(({ name }) => name === role);
  assert.ok(found);
  return found;
}

describe("inputs of a site's objects", () => {
  it("are the defaults where MAAS has no such object", () => {
    const { inputs } = subnetOf({}, undefined, "data");
    assert.deepEqual(
      [inputs.name, inputs.gateway, inputs.dnsServers, inputs.managed],
      ["data", "10.20.30.1", [], true],
    );
  });

  it("state nothing of an object that exists but what the description states", () => {
    const { inputs } = subnetOf({}, known());
    assert.deepEqual([inputs.name, inputs.gateway, inputs.dnsServers, inputs.managed], [null, null, null, null]);
    const described = subnetOf(
      { networks: { provisioning: { name: "pxe", dnsServers: [], gateway: "192.168.0.1" } } },
      known(),
    ).inputs;
    assert.deepEqual([described.name, described.gateway, described.dnsServers], ["pxe", "192.168.0.1", []]);
  });

  it("remove the gateway of a subnet that exists only where the description states null", () => {
    assert.equal(subnetOf({ networks: { provisioning: { gateway: null } } }, known()).inputs.gateway, "none");
    assert.equal(subnetOf({ networks: { provisioning: { gateway: null } } }).inputs.gateway, null);
  });

  it("keep the defaults of what this stack created, by its record or by its marker", () => {
    const record = { kind: "Subnet", name: "provisioning", origin: "created" as const, outputs: {} };
    const marked = subnetFact("192.168.0.0/22", { description: "[vmo-metal dc1]" });
    for (const knowledge of [known({}, [record]), known({ subnets: [marked] })])
      assert.equal(subnetOf({}, knowledge).inputs.name, "provisioning");
    const other = subnetFact("192.168.0.0/22", { description: "[vmo-metal dc2]" });
    assert.equal(subnetOf({}, known({ subnets: [other] })).inputs.name, null);
  });

  it("do not depend on what MAAS holds for an object that the stack records", () => {
    const record = { kind: "Subnet", name: "provisioning", origin: "adopted" as const, outputs: {} };
    assert.equal(subnetOf({}, { objects: undefined, recorded: [record] }).inputs.name, null);
    assert.equal(subnetOf({}, known({ subnets: [] }, [record])).inputs.name, null);
  });

  it("name resources by role, and know the names of earlier versions", () => {
    const { name, alias } = subnetOf({ networks: { provisioning: { name: "pxe" } } });
    assert.deepEqual([name, alias], ["provisioning", "pxe"]);
    const { fabric, vlans } = siteArgs(datacenterWith({ fabric: { name: "core" } }));
    assert.deepEqual([fabric.name, fabric.alias], ["datacenter", "core"]);
    assert.deepEqual(
      vlans.map(({ alias: former }) => former),
      ["core-provisioning", "core-management", "core-data"],
    );
  });

  it("state the permissions of each network, and refer only where it is not managed", () => {
    const settings = {
      maas: {
        adopt: false,
        networks: { managed: false },
        approve: [{ object: "subnet 192.168.0.0/22", field: "vlan" }],
      },
      networks: { data: { managed: true, adopt: true } },
    };
    const { inputs } = subnetOf(settings);
    assert.deepEqual([inputs.adopt, inputs.approve, inputs.reference], [false, ["vlan"], true]);
    const data = subnetOf(settings, undefined, "data").inputs;
    assert.deepEqual([data.adopt, data.approve, data.reference], [true, [], false]);
    const { vlans, ranges, fabric } = siteArgs(datacenterWith(settings));
    assert.deepEqual(
      vlans.map((vlan) => vlan.inputs.reference),
      [true, true, false],
    );
    assert.deepEqual([ranges[0]?.inputs.reference, fabric.inputs.reference], [false, false]);
  });

  it("leave MTU and name of a VLAN that exists", () => {
    const fabrics = [{ id: 0, name: "fabric-0", class_type: null, vlans: [vlanFact(0), vlanFact(20)] }];
    const vlanOf = (settings: Settings) =>
      siteArgs(datacenterWith(settings), known({ fabrics })).vlans.find(({ inputs }) => inputs.vid === 20)?.inputs;
    assert.deepEqual([vlanOf({})?.name, vlanOf({})?.mtu], [null, null]);
    assert.equal(vlanOf({ networks: { data: { mtu: 9000 } } })?.mtu, 9000);
  });

  it("have the same resources whatever is known of the site", () => {
    const names = (knowledge?: SiteKnowledge): string[] =>
      siteRequests(datacenterWith(), knowledge ?? { recorded: null }).map(({ kind, name }) => `${kind}/${name}`);
    const arbitrarySubnet = fc
      .record({
        cidr: fc.constantFrom("192.168.0.0/22", "172.16.0.0/22", "10.20.0.0/16", "10.9.0.0/16"),
        gateway_ip: fc.constantFrom(null, "10.20.0.1"),
        description: fc.constantFrom("", "[vmo-metal dc1]", "x [vmo-metal dc2]"),
        vlan: fc.constantFrom(vlanFact(0), vlanFact(20), vlanFact(7, { fabric: "core", fabric_id: 7 })),
      })
      .map(({ cidr, ...changes }) => subnetFact(cidr, changes));
    fc.assert(
      fc.property(fc.array(arbitrarySubnet, { maxLength: 4 }), (subnets) => {
        assert.deepEqual(names(known({ subnets })), names());
      }),
    );
  });
});

describe("the fabric of a site", () => {
  const named = { fabrics: [{ id: 0, name: "core", class_type: null, vlans: [] }] };

  it("is the one that holds the boot subnet, under its own name", () => {
    assert.equal(siteFabricName(datacenterWith(), known()), "fabric-0");
    assert.equal(siteFabricName(datacenterWith(), known(named)), "core");
  });

  it("is the described one, or the default where MAAS has no boot subnet or this stack created it", () => {
    assert.equal(siteFabricName(datacenterWith({ fabric: { name: "lab" } }), known(named)), "lab");
    assert.equal(siteFabricName(datacenterWith(), known({ subnets: [] })), "datacenter");
    const record = { kind: "Fabric", name: "datacenter", origin: "created" as const, outputs: { name: "datacenter" } };
    assert.equal(siteFabricName(datacenterWith(), known(named, [record])), "datacenter");
  });

  it("is the recorded one where MAAS could not be asked", () => {
    const record = { kind: "Fabric", name: "datacenter", origin: "adopted" as const, outputs: { name: "core" } };
    assert.equal(siteFabricName(datacenterWith(), { recorded: [record] }), "core");
  });

  it("is asked for under its present name while it is about to be renamed", () => {
    const requests = siteRequests(datacenterWith({ fabric: { name: "core" } }), known());
    const vlan = requests.find(({ kind }) => kind === "Vlan");
    assert.equal((vlan?.inputs as { fabric?: string }).fabric, "fabric-0");
  });
});
