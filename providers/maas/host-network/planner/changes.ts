import type { InterfaceFields } from "../call";
import type { HostInterface } from "../host-interface";
import { sameVlan } from "../host-interface";
import type { PresentInterface } from "../present-network";

/** What an interface needs to become a wanted one, links aside. */
export interface Changes {
  /** Everything but the MTU. */
  readonly fields: InterfaceFields;
  /** Tags that it shall have. */
  readonly tags: readonly string[];
  /** Whether something other than the MTU differs. */
  readonly needed: boolean;
}

/**
 * Compares an interface with the wanted one.
 *
 * @param parents present names of what it shall sit on
 */
export function changesOf(
  name: string,
  item: PresentInterface,
  wish: HostInterface,
  parents: readonly string[],
): Changes {
  const fields: { -readonly [Key in keyof InterfaceFields]: InterfaceFields[Key] } = {};
  if (item.name !== name) fields.name = name;
  if (!sameVlan(item.vlan, wish.vlan)) fields.vlan = wish.vlan ?? null;
  if (wish.type === "physical") {
    if (item.enabled !== wish.enabled) fields.enabled = wish.enabled;
  } else if (!sameNames([...parents].sort(), item.parents)) {
    fields.parents = parents;
  }
  if (wish.type === "bond" && !sameValues(item.bond, wish.bond)) fields.bond = wish.bond;
  if (wish.type === "bridge" && !sameValues(item.bridge, wish.bridge)) fields.bridge = wish.bridge;
  if ("macAddress" in wish && wish.macAddress !== undefined && item.macAddress !== wish.macAddress)
    fields.macAddress = wish.macAddress;
  const tags = wish.tags ?? item.tags;
  return { fields, tags, needed: Object.keys(fields).length > 0 || !sameNames(tags, item.tags) };
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}

function sameValues<Parameters extends object>(a: Parameters | undefined, b: Parameters): boolean {
  return a !== undefined && (Object.keys(b) as (keyof Parameters)[]).every((key) => a[key] === b[key]);
}
