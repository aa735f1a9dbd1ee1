import type { Forecast } from "../../../providers/maas/ownership/forecast";
import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import type { ObjectForecast } from "../../../providers/maas/look-ups/site-forecast";
import type { IpRangeAnswer, StaticRouteAnswer } from "../../../providers/maas/client/site-types";
import type { SiteObjects } from "../../../providers/maas/look-ups/site-objects";
import type { RecordedObject } from "../../../stacks/derived/site-knowledge";
import type { SiteFacts } from "../../../stacks/preflight/site-facts";
import { siteFacts, siteObjects, subnetFact, vlanFact } from "../site-facts";
import type { BrokenSite } from "./broken-sites";

/** The facts of a proper site whose MAAS has other objects. */
export function withObjects(changes: Partial<SiteObjects>): SiteFacts {
  const facts = siteFacts();
  return { ...facts, maas: facts.maas && { ...facts.maas, objects: siteObjects(changes) } };
}

/** A reserved range of another team, with what differs. */
export function rangeFact(cidr: string, start: string, end: string, more: Partial<IpRangeAnswer> = {}): IpRangeAnswer {
  const subnet = { id: 1, cidr };
  return { id: 1, type: "reserved", start_ip: start, end_ip: end, comment: "printers", subnet, ...more };
}

function routeFact(source: string, destination: string, gateway: string): StaticRouteAnswer {
  return {
    id: 1,
    source: { id: 1, cidr: source },
    destination: { id: 2, cidr: destination },
    gateway_ip: gateway,
    metric: 0,
  };
}

/** A dangerous change, and a refusal because of it. */
export const dangerousMove: Partial<Forecast> = {
  changes: [{ field: "vlan", from: "fabric-0/107", to: "fabric-0/170" }],
  dangers: [
    {
      code: "OWN001",
      change: { field: "vlan", from: "fabric-0/107", to: "fabric-0/170" },
      why: "MAAS moves the subnet.",
      machines: ["web-1"],
    },
  ],
  refusal: "refused",
};

const boot = subnetFact("192.168.0.0/22");
const data = subnetFact("10.20.0.0/16", { id: 2, vlan: vlanFact(20), gateway_ip: "10.20.0.1" });
const vlans = [vlanFact(0), vlanFact(20)];
const fabrics = [{ id: 0, name: "fabric-0", class_type: null, vlans }];
const remote = [{ cidr: "10.99.0.0/16", gateway: "172.16.0.1" }];

/** Sites whose objects break a rule, by its code. */
export const brokenObjects: Readonly<Record<string, readonly BrokenSite[]>> = {
  OBJ001: [
    {
      facts: notAdministrator(),
      path: "maas.url",
      message: /the API key belongs to "reader", who is no administrator/,
    },
  ],
  OBJ002: [
    {
      facts: withObjects({ subnets: [boot, subnetFact("172.16.0.0/21", { name: "servers", vlan: vlanFact(107) })] }),
      path: "networks.management.cidr",
      message: /172\.16\.0\.0\/22 lies in the subnet 172\.16\.0\.0\/21 \("servers"\) on VLAN 107 of fabric "fabric-0"/,
    },
    {
      facts: withObjects({ subnets: [boot, subnetFact("172.16.2.0/24", { description: "[vmo-metal dc2]" })] }),
      path: "networks.management.cidr",
      message: /172\.16\.0\.0\/22 encloses the subnet 172\.16\.2\.0\/24/,
    },
  ],
  OBJ003: [
    {
      facts: withObjects({ fabrics: [{ id: 0, name: "core", class_type: null, vlans }] }),
      changes: { fabric: { name: "datacentre" } },
      path: "fabric.name",
      message: /is "datacentre", but .* 192\.168\.0\.0\/22, is in fabric "core", and MAAS has no fabric "datacentre"/,
    },
    {
      facts: withObjects({
        fabrics: [...fabrics, { id: 1, name: "rack-2", class_type: null, vlans: [] }],
      }),
      changes: { fabric: { name: "rack-2" } },
      path: "fabric.name",
      message: /is "rack-2", but .* is in fabric "fabric-0"$/,
    },
    {
      facts: withObjects({ subnets: [] }),
      changes: { fabric: { name: "fabric-7" } },
      path: "fabric.name",
      message: /there is no fabric "fabric-7"/,
    },
  ],
  OBJ004: [
    {
      facts: withObjects({ fabrics, subnets: [boot, subnetFact("10.77.0.0/24", { vlan: vlanFact(20) })] }),
      path: "networks.data.vlan",
      message: /VLAN 20 of fabric "fabric-0" carries 10\.77\.0\.0\/24 already; 10\.20\.0\.0\/16 would share it/,
    },
  ],
  OBJ005: [
    {
      facts: withObjects({
        fabrics: [{ id: 0, name: "fabric-0", class_type: null, vlans: [vlanFact(0), vlanFact(20, { mtu: 9000 })] }],
      }),
      path: "networks.data.mtu",
      message: /hosts get 1500, but VLAN 20 of fabric "fabric-0" has MTU 9000/,
    },
  ],
  OBJ006: [
    {
      facts: withObjects({
        fabrics,
        subnets: [boot, data],
        ranges: [rangeFact(data.cidr, "10.20.40.50", "10.20.41.9")],
      }),
      path: "networks.loadBalancer[0]",
      message: /10\.20\.40\.10-10\.20\.40\.99 overlaps the reserved range 10\.20\.40\.50-10\.20\.41\.9 \("printers"\)/,
    },
    {
      facts: withObjects({
        ranges: [rangeFact(boot.cidr, "192.168.1.1", "192.168.1.9", { comment: "[vmo-metal b]" })],
      }),
      changes: { networks: { provisioning: { dynamicRanges: ["192.168.1.5-192.168.1.50"] } } },
      path: "networks.provisioning.dynamicRanges[0]",
      message: /overlaps the reserved range/,
    },
  ],
  OBJ007: [
    {
      facts: withObjects({ subnets: [{ ...boot, gateway_ip: "192.168.0.1" }] }),
      changes: { networks: { provisioning: { dynamicRanges: ["192.168.0.1-192.168.0.50"] } } },
      path: "networks.provisioning.dynamicRanges[0]",
      message: /holds 192\.168\.0\.1, the gateway/,
    },
  ],
  OBJ008: [
    {
      facts: siteFacts(),
      changes: { networks: { management: { remote } } },
      path: "networks.management.remote[0].gateway",
      message: /172\.16\.0\.1 is a router, but nothing keeps MAAS/,
    },
  ],
  OBJ009: [
    {
      facts: withObjects({ subnets: [{ ...boot, gateway_ip: "192.168.0.1" }] }),
      changes: { networks: { provisioning: { gateway: "192.168.3.254" } } },
      path: "networks.provisioning.gateway",
      message: /replaces 192\.168\.0\.1 of 192\.168\.0\.0\/22/,
    },
  ],
  OBJ010: [
    {
      facts: withObjects({ fabrics, subnets: [boot, { ...data, gateway_ip: null }] }),
      path: "networks.data.gateway",
      message: /is not written, and 10\.20\.0\.0\/16 has no gateway in MAAS/,
    },
  ],
  OBJ011: [
    {
      facts: withObjects({ fabrics, subnets: [boot, data] }),
      changes: {
        hosts: {
          "worker-pool": { machines: ["worker-[1-5]", { hostname: "worker-6", addresses: { data: "10.20.0.1" } }] },
        },
      },
      path: "hosts.worker-pool.machines[1].addresses.data",
      message: /10\.20\.0\.1 of worker-6 is the gateway/,
    },
  ],
  OBJ013: [
    {
      facts: withForecast({ changes: [{ field: "dnsServers", from: ["10.0.0.1"], to: [] }], refusal: "refused" }),
      path: "networks.management",
      message: /subnet 172\.16\.0\.0\/22 exists already .*; the description changes dnsServers 10\.0\.0\.1 -> none/,
    },
  ],
  OBJ014: [
    {
      facts: withForecast(dangerousMove, { adopt: true }),
      path: "networks.management",
      message:
        /^OWN001: .* changes vlan fabric-0\/107 -> fabric-0\/170\. MAAS moves the subnet\. Machines in use on it: web-1/,
    },
  ],
  OBJ015: [
    {
      facts: withForecast({
        origin: "referenced",
        owner: "dc2",
        changes: [{ field: "gateway", from: "172.16.0.1", to: "172.16.0.254" }],
        refusal: "refused",
      }),
      path: "networks.management",
      message:
        /managed by the stack of datacenter "dc2", and datacenter "[^"]+" describes other values: gateway is 172\.16\.0\.1, described is 172\.16\.0\.254/,
    },
    {
      facts: withForecast({
        origin: "referenced",
        changes: [{ field: "mtu", from: 1500, to: 9000 }],
        refusal: "refused",
      }),
      path: "networks.management",
      message: /not managed here \(managed: false\) .*: mtu is 1500, described is 9000/,
    },
    {
      facts: withForecast({ origin: "referenced", exists: false, refusal: "refused" }),
      path: "networks.management",
      message: /MAAS has no subnet 172\.16\.0\.0\/22/,
    },
  ],
  OBJ016: [
    {
      facts: withForecast({ origin: "created", exists: false, refusal: "two of that name" }),
      path: "networks.management",
      message: /two of that name/,
    },
  ],
  OBJ017: [
    {
      facts: withRecord(createdRecord("Zone", "row-9", { name: "row-9" }), (machine) =>
        machine.hostname === "other-1" ? { ...machine, zone: "row-9" } : machine,
      ),
      path: "zones",
      message: /the zone row-9 leaves the description but is still in use: other-1/,
    },
    {
      facts: withRecord(createdRecord("ResourcePool", "gpu", { name: "gpu" }), (machine) =>
        machine.hostname === "other-1" ? { ...machine, pool: "gpu" } : machine,
      ),
      path: "hosts",
      message: /the resource pool gpu leaves/,
    },
    {
      facts: withRecord(createdRecord("Vlan", "datacenter-storage", { vid: 30, fabric: "fabric-0" }), (machine) =>
        machine.hostname === "other-1"
          ? { ...machine, interfaces: machine.interfaces.map((nic) => ({ ...nic, vid: 30 })) }
          : machine,
      ),
      path: "networks",
      message: /the VLAN 30 leaves the description but is still in use: other-1 enp1s0/,
    },
  ],
  OBJ012: [
    {
      facts: withObjects({ staticRoutes: [routeFact("172.16.0.0/22", "10.99.0.0/16", "172.16.0.254")] }),
      changes: { networks: { management: { remote } } },
      path: "networks.management.remote[0].gateway",
      message: /over 172\.16\.0\.1, but MAAS has a route .* over 172\.16\.0\.254/,
    },
  ],
};

/** The facts of a proper site where an update would do something with one object that exists. */
export function withForecast(forecast: Partial<Forecast>, more: Partial<ObjectForecast> = {}): SiteFacts {
  const facts = siteFacts();
  const one: ObjectForecast = {
    kind: "Subnet",
    name: "management",
    path: "networks.management",
    adopt: false,
    approved: [],
    forecast: {
      object: "subnet 172.16.0.0/22",
      exists: true,
      origin: "adopted",
      changes: [],
      dangers: [],
      certain: true,
      ...forecast,
    },
    ...more,
  };
  return { ...facts, maas: facts.maas && { ...facts.maas, forecasts: [one] }, recorded: [] };
}

/** A resource of the stack's state that it created. */
export function createdRecord(kind: string, name: string, outputs: Record<string, unknown>): RecordedObject {
  return { kind, name, origin: "created", outputs };
}

function withRecord(record: RecordedObject, change?: (machine: MachineFacts) => MachineFacts): SiteFacts {
  return { ...siteFacts(change), recorded: [record] };
}

function notAdministrator(): SiteFacts {
  const facts = siteFacts();
  return { ...facts, maas: facts.maas && { ...facts.maas, user: { name: "reader", administrator: false } } };
}
