import assert from "node:assert/strict";
import { SITE_RULES } from "../../../stacks/preflight/all-rules";
import { formatFinding, preflight } from "../../../stacks/preflight/preflight";
import { datacenterWith } from "../descriptions";
import { machineFact, siteFacts, subnetFact, vlanFact } from "../site-facts";
import { brokenHosts } from "./broken-hosts";
import { brokenObjects, createdRecord, dangerousMove, rangeFact, withForecast, withObjects } from "./broken-objects";
import { brokenSites } from "./broken-sites";

const secrets = ["flashArrayApiToken", "grafanaAdminPassword", "windowsAdministratorPassword", "guestPassword"];

describe("stacks/preflight/site", () => {
  it("finds nothing at a proper site", () => {
    assert.deepEqual(preflight(datacenterWith(), { secrets, facts: siteFacts() }), {
      errors: [],
      warnings: [],
      silenced: [],
    });
  });

  it("says nothing about what could not be asked", () => {
    assert.deepEqual(preflight(datacenterWith(), { secrets, facts: { maas: null, palette: null } }).errors, []);
  });

  it("finds nothing when the cluster runs and one host is on its way out of the description", () => {
    const facts = siteFacts((machine) => {
      const described = {
        ...machine,
        description: "[vmo-metal dc1]",
        pool: machine.hostname.startsWith("cp") ? "control-plane" : "worker-pool",
      };
      if (machine.hostname === "other-1") return described;
      return /-[46]$/.test(machine.hostname)
        ? described
        : { ...described, status: 6, statusName: "Deployed", owner: "palette" };
    });
    assert.deepEqual(preflight(datacenterWith(), { secrets, facts }).errors, []);
  });

  it("leaves machines alone that Palette would not take because they lack the tag", () => {
    const facts = siteFacts((machine) =>
      machine.hostname === "other-1" ? { ...machine, pool: "worker-pool" } : machine,
    );
    const datacenter = datacenterWith({ hosts: { "worker-pool": { tags: ["vmo"] } } });
    assert.deepEqual(preflight(datacenter, { secrets, facts }).errors, []);
  });

  it("takes machines with what they are found by", () => {
    const facts = siteFacts();
    const [nic] = machineFact("worker-6").interfaces;
    const datacenter = datacenterWith({
      hosts: { "worker-pool": { machines: ["worker-[1-5]", { macAddress: nic?.macAddress }] } },
    });
    assert.deepEqual(preflight(datacenter, { secrets, facts }).errors, []);
  });

  it("finds nothing where MAAS has the described networks with gateways, DNS servers and names of their own", () => {
    const subnets = [
      subnetFact("192.168.0.0/22", { name: "pxe", gateway_ip: "192.168.0.1", dns_servers: ["192.168.0.2"] }),
      subnetFact("10.20.0.0/16", { name: "users", vlan: vlanFact(20), gateway_ip: "10.20.0.1" }),
      subnetFact("10.77.0.0/16", { name: "printers", vlan: vlanFact(77) }),
    ];
    const fabrics = [{ id: 0, name: "core", class_type: null, vlans: [vlanFact(0), vlanFact(20), vlanFact(77)] }];
    const ranges = [
      rangeFact("10.20.0.0/16", "10.20.40.10", "10.20.40.99"),
      rangeFact("10.77.0.0/16", "10.77.0.1", "10.77.0.9"),
    ];
    const { errors, warnings } = preflight(datacenterWith(), {
      secrets,
      facts: withObjects({ subnets, fabrics, ranges }),
    });
    assert.deepEqual([...errors, ...warnings].map(formatFinding), []);
  });

  it("finds nothing about a subnet inside another one that the description approves", () => {
    const approve = [{ object: "subnet 172.16.0.0/22", field: "cidr" }];
    const facts = withObjects({ subnets: [subnetFact("192.168.0.0/22"), subnetFact("172.16.0.0/16")] });
    assert.deepEqual(preflight(datacenterWith({ maas: { approve } }), { secrets, facts }).errors, []);
  });

  it("finds nothing about a router that the subnet has as its gateway, or that a range reserves", () => {
    const remote = [{ cidr: "10.99.0.0/16", gateway: "172.16.0.1" }];
    const subnets = [subnetFact("192.168.0.0/22"), subnetFact("172.16.0.0/22", { gateway_ip: "172.16.0.1" })];
    for (const [management, facts] of [
      [{ remote }, withObjects({ subnets })],
      [{ remote, gateway: "172.16.0.1" }, siteFacts()],
      [{ remote, reservedRanges: [{ range: "172.16.0.1-172.16.0.9" }] }, siteFacts()],
      [{ remote }, withObjects({ ranges: [rangeFact("172.16.0.0/22", "172.16.0.1", "172.16.0.1")] })],
    ] as const)
      assert.deepEqual(preflight(datacenterWith({ networks: { management } }), { secrets, facts }).warnings, []);
  });

  it("finds nothing about a dangerous change that the description approves", () => {
    const { changes = [], dangers = [] } = dangerousMove;
    const approved = withForecast({ changes, dangers }, { approved: ["vlan"] });
    assert.deepEqual(preflight(datacenterWith(), { secrets, facts: approved }).errors, []);
  });

  it("finds nothing about a change of an object without a marker that the stack's state records as created", () => {
    const changes = [{ field: "mtu", from: 1500, to: 9000 }];
    const facts = withForecast(
      { object: "vlan fabric-0/10", changes, refusal: "refused", certain: false },
      { kind: "Vlan", name: "datacenter-management" },
    );
    const recorded = [createdRecord("Vlan", "datacenter-management", { vid: 10 })];
    assert.deepEqual(preflight(datacenterWith(), { secrets, facts: { ...facts, recorded } }).errors, []);
    assert.deepEqual(
      preflight(datacenterWith(), { secrets, facts }).errors.map(({ code }) => code),
      ["OBJ013"],
    );
  });

  it("finds nothing about objects that stay, that were adopted, or that only hosts of this stack use", () => {
    const inZone = siteFacts((machine) => ({ ...machine, zone: "row-9" }));
    for (const recorded of [
      [createdRecord("Zone", "az1", { name: "az1" })],
      [{ ...createdRecord("Zone", "row-9", { name: "row-9" }), origin: "adopted" as const }],
      [createdRecord("Zone", "row-9", { name: "row-9" }), createdRecord("Machine", "other-1", { hostname: "other-1" })],
    ])
      assert.deepEqual(preflight(datacenterWith(), { secrets, facts: { ...inZone, recorded } }).errors, []);
  });

  for (const rule of SITE_RULES) {
    describe(`${rule.code} (${rule.severity}) ${rule.rule}`, () => {
      const cases = { ...brokenSites, ...brokenObjects, ...brokenHosts }[rule.code] ?? [];
      it("has a case that breaks it", () => assert.notEqual(cases.length, 0));
      for (const { facts, changes, path, message } of cases) {
        it(`finds ${message.source}`, () => {
          const hits = rule.checkSite(datacenterWith(changes), facts);
          assert.deepEqual(
            hits.map((hit) => hit.path),
            [path],
          );
          assert.match(hits[0]?.message ?? "", message);
          assert.match(hits[0]?.fix ?? "", /^[A-Z].*\.$/s, "the fix is a sentence");
        });
      }
    });
  }
});
