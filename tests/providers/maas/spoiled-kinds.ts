import type { PlainObject } from "../../../providers/dynamic/plain";
import { defaultDomainKind } from "../../../providers/maas/default-domain";
import { dnsRecordKind } from "../../../providers/maas/dns-record";
import { domainKind } from "../../../providers/maas/domain";
import { fabricKind } from "../../../providers/maas/fabric";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { ipRangeKind } from "../../../providers/maas/ip-range";
import { machineKind } from "../../../providers/maas/machine";
import { poolMembershipKind } from "../../../providers/maas/pool-membership";
import { resourcePoolKind } from "../../../providers/maas/resource-pool";
import { settingKind } from "../../../providers/maas/setting";
import { spaceKind } from "../../../providers/maas/space";
import { staticRouteKind } from "../../../providers/maas/static-route";
import { storageLayoutKind } from "../../../providers/maas/storage-layout-resource";
import { subnetKind } from "../../../providers/maas/subnet";
import { tagKind } from "../../../providers/maas/tag";
import { vlanDhcpKind } from "../../../providers/maas/vlan-dhcp";
import { vlanKind } from "../../../providers/maas/vlan";
import { zoneKind } from "../../../providers/maas/zone";
import { some, type SomeKind } from "./contract/kind-case";
import { appliedNow, hostArgs } from "./hosts";
import type { Kept } from "./region";

/** A kind whose answers are spoiled. */
export interface SpoiledKind {
  readonly kind: SomeKind;
  /** @param machine the host that the host's kinds belong to */
  readonly args: (machine: Kept) => PlainObject;
  /** Members that differ after a change of the description; undefined where nothing can be changed. */
  readonly change: PlainObject | undefined;
}

const subnet = { cidr: "10.90.0.0/24", fabric: "spoiled", vid: 90 };

function fixed(kind: SomeKind, args: PlainObject, change: PlainObject | undefined): SpoiledKind {
  return { kind, args: () => args, change };
}

/** Every kind of MAAS, in an order in which they can be created, on the site that `makeSite` makes. */
export const spoiledKinds: readonly SpoiledKind[] = [
  fixed(some(resourcePoolKind), { name: "spoiled" }, { description: "Changed" }),
  fixed(some(zoneKind), { name: "spoiled" }, { description: "Changed" }),
  fixed(some(spaceKind), { name: "spoiled" }, { description: "Changed" }),
  fixed(some(tagKind), { name: "spoiled" }, { comment: "Changed" }),
  fixed(some(domainKind), { name: "spoiled.example.test" }, { ttl: 60 }),
  fixed(some(fabricKind), { name: "spoiled" }, { description: "Changed" }),
  fixed(some(vlanKind), { fabric: "spoiled", vid: 90 }, { mtu: 9000 }),
  fixed(some(subnetKind), subnet, { description: "Changed" }),
  fixed(some(subnetKind), { ...subnet, cidr: "10.91.0.0/24" }, { allowDns: false }),
  fixed(
    some(ipRangeKind),
    { subnet: subnet.cidr, type: "reserved", start: "10.90.0.10", end: "10.90.0.20" },
    { comment: "Changed" },
  ),
  fixed(
    some(staticRouteKind),
    { source: subnet.cidr, destination: "10.91.0.0/24", gateway: "10.90.0.1" },
    { metric: 7 },
  ),
  fixed(
    some(dnsRecordKind),
    { name: "api", domain: "spoiled.example.test", addresses: ["10.90.0.30", "10.90.0.31"] },
    { addresses: ["10.90.0.32"] },
  ),
  fixed(
    some(dnsRecordKind),
    { name: "text", domain: "spoiled.example.test", type: "TXT", data: "hello" },
    { data: "changed" },
  ),
  fixed(some(defaultDomainKind), { domain: "spoiled.example.test", adopt: true }, { domain: "maas" }),
  fixed(some(settingKind), { name: "maas_name", value: "spoiled", adopt: true }, { value: "changed" }),
  fixed(some(settingKind), { name: "enable_disk_erasing_on_release", value: true, adopt: true }, { value: false }),
  fixed(
    some(ipRangeKind),
    { subnet: "192.168.0.0/22", type: "dynamic", start: "192.168.3.1", end: "192.168.3.200" },
    { end: "192.168.3.220" },
  ),
  fixed(some(vlanDhcpKind), { fabric: "fabric-0", vid: 0, adopt: true }, { enabled: false }),
  fixed(some(machineKind), { find: { hostname: "worker-1" } }, undefined),
  {
    kind: some(storageLayoutKind),
    args: (machine) => ({ machine: machine.id, changes: appliedNow, layout: "lvm" }),
    change: { layout: "flat" },
  },
  {
    kind: some(hostNetworkKind),
    args: (machine) => hostArgs(machine).network,
    change: undefined,
  },
  {
    kind: some(poolMembershipKind),
    args: (machine) => hostArgs(machine).place,
    change: { description: "Changed" },
  },
];
