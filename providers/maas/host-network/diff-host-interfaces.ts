import type { HostInterface, HostInterfaces, HostLink } from "./host-interface";
import { formatVlan } from "./host-interface";

/** One field of one interface that is not as wanted. */
export interface InterfaceDifference {
  /** Name of the interface. */
  readonly interface: string;
  /** The field, e.g. `mtu`, `bond.mode`, `links`; absent when the whole interface is missing or not wanted. */
  readonly field?: string;
  /** The present value in words; absent when there is none. */
  readonly present?: string;
  /** The wanted value in words; absent when there shall be none. */
  readonly wanted?: string;
}

/**
 * All differences between two descriptions, in order of interface and field; none exactly when they are equal. `present` comes from
 * {@link describePresent}.
 */
export function diffHostInterfaces(present: HostInterfaces, wanted: HostInterfaces): InterfaceDifference[] {
  const names = [...new Set([...Object.keys(present), ...Object.keys(wanted)])].sort();
  return names.flatMap((name) => diffInterface(name, present[name], wanted[name]));
}

/** A difference as a line: `bond_mgmt: mtu is 9000, wanted 1500`. */
export function formatDifference(difference: InterfaceDifference): string {
  const { interface: name, field, present, wanted } = difference;
  if (field === undefined) return present === undefined ? `${name}: missing` : `${name}: not described (${present})`;
  return `${name}: ${field} is ${present ?? "not set"}, wanted ${wanted ?? "not set"}`;
}

function diffInterface(
  name: string,
  present: HostInterface | undefined,
  wanted: HostInterface | undefined,
): InterfaceDifference[] {
  if (present === undefined) return wanted === undefined ? [] : [{ interface: name, wanted: wanted.type }];
  if (wanted === undefined) return [{ interface: name, present: present.type }];
  const before = fieldsOf(present);
  const after = fieldsOf(wanted);
  const fields = [...new Set([...before.keys(), ...after.keys()])].sort();
  return fields
    .filter((field) => before.get(field) !== after.get(field))
    .map((field) => ({
      interface: name,
      field,
      ...value("present", before.get(field)),
      ...value("wanted", after.get(field)),
    }));
}

function value<Key extends string>(key: Key, text: string | undefined): Partial<Record<Key, string>> {
  return text === undefined ? {} : ({ [key]: text } as Record<Key, string>);
}

/** The fields of an interface as texts, those that are not set left out. */
function fieldsOf(item: HostInterface): Map<string, string> {
  const fields = new Map<string, string>([["type", item.type]]);
  fields.set("vlan", formatVlan(item.vlan));
  if (item.mtu !== undefined) fields.set("mtu", String(item.mtu));
  fields.set("links", item.links.length === 0 ? "none" : item.links.map(formatLink).join(", "));
  if (item.type === "physical") fields.set("enabled", String(item.enabled));
  else fields.set("parents", item.parents.join(" "));
  if (item.tags !== undefined) fields.set("tags", item.tags.length === 0 ? "none" : item.tags.join(" "));
  if ("macAddress" in item && item.macAddress !== undefined) fields.set("macAddress", item.macAddress);
  if (item.type === "bond")
    for (const [key, part] of Object.entries(item.bond)) fields.set(`bond.${key}`, String(part));
  if (item.type === "bridge")
    for (const [key, part] of Object.entries(item.bridge)) fields.set(`bridge.${key}`, String(part));
  return fields;
}

/** A link in words: `AUTO 10.20.0.0/16 (default gateway)`. */
export function formatLink(link: HostLink): string {
  const words = [link.mode, link.ipAddress, link.subnet].filter((word) => word !== undefined);
  return `${words.join(" ")}${link.defaultGateway ? " (default gateway)" : ""}`;
}
