import type { SiteState, TokenRecord } from "../site/model";

/** Ids that MAAS gives its own defaults. */
export const DEFAULTS = { poolId: 0, zoneId: 1, fabricId: 0, domainId: 0 };

/** Id of the default fabric's VLAN. */
export const DEFAULT_VLAN_ID = 5001;

/** User of the API key. */
export const ADMIN = "admin";

/** A region as MAAS makes it: the defaults of everything, two users, one key, no images and no machines. */
export function emptySite(token: Omit<TokenRecord, "user" | "name">): SiteState {
  return {
    version: "3.6.0",
    subversion: "",
    pools: [{ id: DEFAULTS.poolId, name: "default", description: "Default pool" }],
    zones: [{ id: DEFAULTS.zoneId, name: "default", description: "" }],
    fabrics: [{ id: DEFAULTS.fabricId, name: "fabric-0", classType: null, description: "" }],
    vlans: [
      {
        id: DEFAULT_VLAN_ID,
        fabricId: DEFAULTS.fabricId,
        vid: 0,
        name: "Default VLAN",
        description: "",
        mtu: 1500,
        dhcpOn: false,
        externalDhcp: null,
        relayVlanId: null,
        primaryRack: null,
        secondaryRack: null,
        spaceId: null,
      },
    ],
    spaces: [],
    subnets: [],
    ipRanges: [],
    staticRoutes: [],
    domains: [{ id: DEFAULTS.domainId, name: "maas", authoritative: true, ttl: null }],
    dnsResources: [],
    dnsResourceRecords: [],
    reservedAddresses: [],
    tags: [],
    config: {},
    rackControllers: [],
    events: [],
    users: [
      { id: 1, username: "MAAS", email: "maas@localhost", isSuperuser: true },
      { id: 2, username: ADMIN, email: "admin@example.com", isSuperuser: true },
    ],
    tokens: [{ ...token, user: ADMIN, name: "MAAS consumer" }],
    bootResources: [],
    defaults: { ...DEFAULTS },
  };
}

/** Sequences that have given the ids of an empty region. */
export function emptySequences(): Record<string, number> {
  return { zone: DEFAULTS.zoneId, vlan: DEFAULT_VLAN_ID };
}
