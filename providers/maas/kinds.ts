import type * as pulumi from "@pulumi/pulumi";
import type { PlainObject } from "../dynamic/plain";
import { serve } from "../dynamic/serve";
import { defaultDomainKind } from "./default-domain";
import { dnsRecordKind } from "./dns-record";
import { domainKind } from "./domain";
import { fabricKind } from "./fabric";
import { hostNetworkKind } from "./host-network-resource";
import { ipRangeKind } from "./ip-range";
import { machineKind } from "./machine";
import { poolMembershipKind } from "./pool-membership";
import { resourcePoolKind } from "./resource-pool";
import { settingKind } from "./setting";
import { spaceKind } from "./space";
import { staticRouteKind } from "./static-route";
import { storageLayoutKind } from "./storage-layout-resource";
import { subnetKind } from "./subnet";
import { tagKind } from "./tag";
import { vlanDhcpKind } from "./vlan-dhcp";
import { vlanKind } from "./vlan";
import { zoneKind } from "./zone";

/** The providers of all MAAS kinds, by the kind's name. */
export const maasProviders: Readonly<Record<string, pulumi.dynamic.ResourceProvider<PlainObject, PlainObject>>> = {
  [defaultDomainKind.kind]: serve(defaultDomainKind),
  [dnsRecordKind.kind]: serve(dnsRecordKind),
  [domainKind.kind]: serve(domainKind),
  [fabricKind.kind]: serve(fabricKind),
  [hostNetworkKind.kind]: serve(hostNetworkKind),
  [ipRangeKind.kind]: serve(ipRangeKind),
  [machineKind.kind]: serve(machineKind),
  [poolMembershipKind.kind]: serve(poolMembershipKind),
  [resourcePoolKind.kind]: serve(resourcePoolKind),
  [settingKind.kind]: serve(settingKind),
  [spaceKind.kind]: serve(spaceKind),
  [staticRouteKind.kind]: serve(staticRouteKind),
  [storageLayoutKind.kind]: serve(storageLayoutKind),
  [subnetKind.kind]: serve(subnetKind),
  [tagKind.kind]: serve(tagKind),
  [vlanDhcpKind.kind]: serve(vlanDhcpKind),
  [vlanKind.kind]: serve(vlanKind),
  [zoneKind.kind]: serve(zoneKind),
};
