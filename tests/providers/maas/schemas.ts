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

/** The inputs of every kind of the MAAS layer, by the kind's name. */
export const schemasOfMaasKinds = Object.fromEntries(
  [
    defaultDomainKind,
    dnsRecordKind,
    domainKind,
    fabricKind,
    hostNetworkKind,
    ipRangeKind,
    machineKind,
    poolMembershipKind,
    resourcePoolKind,
    settingKind,
    spaceKind,
    staticRouteKind,
    storageLayoutKind,
    subnetKind,
    tagKind,
    vlanDhcpKind,
    vlanKind,
    zoneKind,
  ].map(({ kind, schema }) => [kind, schema]),
);
