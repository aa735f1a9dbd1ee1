import type { IpRangeAnswer, StaticRouteAnswer } from "../../../providers/maas/client/site-types";
import type { SiteObjects } from "../../../providers/maas/look-ups/site-objects";
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
      changes: { networks: { provisioning: { gateway: null } } },
      path: "networks.provisioning.gateway",
      message: /removes 192\.168\.0\.1 from 192\.168\.0\.0\/22/,
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
  OBJ012: [
    {
      facts: withObjects({ staticRoutes: [routeFact("172.16.0.0/22", "10.99.0.0/16", "172.16.0.254")] }),
      changes: { networks: { management: { remote } } },
      path: "networks.management.remote[0].gateway",
      message: /over 172\.16\.0\.1, but MAAS has a route .* over 172\.16\.0\.254/,
    },
  ],
};

function notAdministrator(): SiteFacts {
  const facts = siteFacts();
  return { ...facts, maas: facts.maas && { ...facts.maas, user: { name: "reader", administrator: false } } };
}
