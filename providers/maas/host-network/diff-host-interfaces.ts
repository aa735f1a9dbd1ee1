import type { HostInterface, HostInterfaces, HostLink } from "./host-interface";
import { formatVlan } from "./host-interface";
import { type PendingChange, wholeInterface } from "../machine-state/pending-change";

/**
 * All differences between two descriptions, in order of interface and field; none exactly when they are equal. `present` comes from
 * {@link describePresent}.
 */
export function diffHostInterfaces(present: HostInterfaces, wanted: HostInterfaces): PendingChange[] {
  const names = [...new Set([...Object.keys(present), ...Object.keys(wanted)])].sort();
  return names.flatMap((name) => diffInterface(name, present[name], wanted[name]));
}

function diffInterface(
  subject: string,
  present: HostInterface | undefined,
  wanted: HostInterface | undefined,
): PendingChange[] {
  if (present === undefined || wanted === undefined) {
    const whole = {
      part: "network" as const,
      subject,
      field: wholeInterface,
      actual: present?.type ?? null,
      desired: wanted?.type ?? null,
    };
    return present === wanted ? [] : [whole];
  }
  const before = fieldsOf(present);
  const after = fieldsOf(wanted);
  const fields = [...new Set([...before.keys(), ...after.keys()])].sort();
  return fields
    .filter((field) => before.get(field) !== after.get(field))
    .map((field) => ({
      part: "network",
      subject,
      field,
      actual: before.get(field) ?? null,
      desired: after.get(field) ?? null,
    }));
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
