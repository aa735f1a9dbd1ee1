import type { Plain } from "../../dynamic/plain";
import type { Values } from "./values";

/** Kinds of objects as they are named in messages, in `maas.approve` and in docs/safety.md. */
export type ObjectKind =
  | "resource pool"
  | "zone"
  | "space"
  | "tag"
  | "domain"
  | "default domain"
  | "DNS record"
  | "fabric"
  | "vlan"
  | "dhcp"
  | "subnet"
  | "range"
  | "route"
  | "setting";

/** One field of an object that gets another value. */
export interface Change {
  /** Name of the field: `gateway`. */
  readonly field: string;
  readonly from: Plain;
  readonly to: Plain;
}

/** Machines in use (deployed, or about to be) that use an object, by hostname. */
export interface Usage {
  /** All of them. */
  readonly machines: readonly string[];
  /** Those that another datacenter, or none, describes. */
  readonly foreign: readonly string[];
}

/** A rule about changes that can cut hosts off, or hand out an address twice. */
export interface DangerRule {
  /** Stable code, e.g. `OWN001`. */
  readonly code: string;
  readonly object: ObjectKind;
  /** Names of the fields. */
  readonly fields: readonly string[];
  /** `found`: of objects that this datacenter did not create; `used`: of every object that machines in use depend on. */
  readonly on: "found" | "used";
  /** Completes "dangerous when"; for the table of rules. */
  readonly condition: string;
  readonly applies: (change: Change, actual: Values) => boolean;
  /** What can happen, a full sentence. */
  readonly why: string;
}

const always = (): boolean => true;

/**
 * Changes that need an entry in `maas.approve`. A network counts as used when a machine in use has an address in it or an interface
 * on it; of a network that this datacenter created, its own machines do not count.
 */
export const dangerRules: readonly DangerRule[] = [
  {
    code: "OWN001",
    object: "subnet",
    fields: ["vlan"],
    on: "found",
    condition: "an existing subnet moves to another VLAN or fabric",
    applies: always,
    why: "MAAS moves the subnet and leaves the interfaces that have addresses in it on the previous VLAN.",
  },
  {
    code: "OWN002",
    object: "subnet",
    fields: ["gateway"],
    on: "found",
    condition: "the gateway of an existing subnet is removed",
    applies: ({ from, to }) => from !== null && to === null,
    why: "Hosts that are deployed later get no default route, and MAAS no longer keeps the router's address for itself.",
  },
  {
    code: "OWN003",
    object: "subnet",
    fields: ["managed"],
    on: "found",
    condition: "`managed` of an existing subnet changes",
    applies: always,
    why: "It turns the meaning of reserved ranges around: MAAS hands out other addresses than before.",
  },
  {
    code: "OWN004",
    object: "subnet",
    fields: ["vlan", "cidr", "gateway", "dnsServers"],
    on: "used",
    condition: "machines in use have addresses in the subnet",
    applies: always,
    why: "Deployed hosts keep the previous values until they are deployed again, and new ones get the others.",
  },
  {
    code: "OWN005",
    object: "vlan",
    fields: ["vid", "fabric"],
    on: "found",
    condition: "an existing VLAN gets another number or fabric",
    applies: always,
    why: "Interfaces, subnets and DHCP of the VLAN go along with it, those of other teams too.",
  },
  {
    code: "OWN006",
    object: "vlan",
    fields: ["vid", "fabric", "mtu"],
    on: "used",
    condition: "machines in use have interfaces on the VLAN",
    applies: always,
    why: "Deployed hosts keep the previous values until they are deployed again, and then no longer agree with new ones.",
  },
  {
    code: "OWN007",
    object: "dhcp",
    fields: ["enabled"],
    on: "found",
    condition: "DHCP of an existing VLAN is switched off",
    applies: ({ from, to }) => from === true && to === false,
    why: "Machines on the VLAN can no longer boot from the network.",
  },
  {
    code: "OWN008",
    object: "dhcp",
    fields: ["primaryRack", "relayTo"],
    on: "found",
    condition: "DHCP of an existing VLAN goes to another rack controller or is relayed",
    applies: (_change, actual) => actual["enabled"] === true || (actual["relayTo"] ?? null) !== null,
    why: "Machines on the VLAN boot over another rack controller, which has to reach them.",
  },
  {
    code: "OWN009",
    object: "fabric",
    fields: ["name"],
    on: "found",
    condition: "a fabric that somebody named is renamed",
    applies: ({ from }) => typeof from === "string" && !/^fabric-\d+$/.test(from),
    why: "Whoever refers to the fabric by its name no longer finds it.",
  },
];

/** A dangerous change. */
export interface Danger {
  readonly code: string;
  readonly change: Change;
  readonly why: string;
  /** Machines in use that the change affects; empty when the rule does not depend on them. */
  readonly machines: readonly string[];
}

/** What the rules judge. */
export interface Judged {
  /** Whether this datacenter created the object. */
  readonly created: boolean;
  readonly changes: readonly Change[];
  /** Those of the changes that replace a value which this datacenter set itself. */
  readonly own: readonly Change[];
  readonly actual: Values;
  readonly usage: Usage;
}

/** Returns the dangerous ones of the changes, one entry a change: the first rule that applies. */
export function dangersOf(object: ObjectKind, { created, changes, own, actual, usage }: Judged): Danger[] {
  const users = created ? usage.foreign : usage.machines;
  return changes.flatMap((change) => {
    const rule = dangerRules.find(
      (candidate) =>
        candidate.object === object &&
        candidate.fields.includes(change.field) &&
        (candidate.on === "found" ? !created && !own.includes(change) : users.length > 0) &&
        candidate.applies(change, actual),
    );
    if (rule === undefined) return [];
    return [{ code: rule.code, change, why: rule.why, machines: rule.on === "used" ? users : [] }];
  });
}

/** Whether one of the rules about an object depends on the machines that use it. */
export function needsUsage(object: ObjectKind, changes: readonly Change[]): boolean {
  return dangerRules.some(
    (rule) => rule.on === "used" && rule.object === object && changes.some(({ field }) => rule.fields.includes(field)),
  );
}

/** Returns the entry of `maas.approve` that approves a change, as YAML: `{ object: "subnet 10.21.0.0/21", field: vlan }`. */
export function approvalEntry(object: string, field: string): string {
  return `{ object: ${JSON.stringify(object)}, field: ${field} }`;
}

/** Returns the fields of an object that a list of approvals names. */
export function approvedFields(
  approvals: readonly { readonly object: string; readonly field: string }[],
  object: string,
): string[] {
  return approvals.filter((approval) => approval.object === object).map(({ field }) => field);
}
