import type { Call, InterfaceFields } from "../../../../providers/maas/host-network/call";
import type { PresentNetwork } from "../../../../providers/maas/host-network/present-network";

/** A line of the recording of a real MAAS 3.6 region, as far as it is used. */
export interface Exchange {
  seq: number;
  method?: string;
  path: string;
  query: Record<string, string>;
  form: [string, string][] | null;
  status: number;
  body: unknown;
}

/** What only the recording knows by id. */
export interface Site {
  vlans: Map<string, { fabric: string; vid: number }>;
  subnets: Map<string, { cidr: string; vlan: { fabric: string; vid: number } }>;
}

/** Notes the VLANs and subnets that an answer shows. */
export function learn(site: Site, body: unknown): void {
  if (Array.isArray(body)) for (const entry of body) learn(site, entry);
  if (typeof body !== "object" || body === null || Array.isArray(body)) return;
  const item = body as Record<string, unknown>;
  if (typeof item.vid === "number" && typeof item.fabric === "string")
    site.vlans.set(String(item.id), { fabric: item.fabric, vid: item.vid });
  if (typeof item.cidr === "string" && typeof item.id === "number" && typeof item.vlan === "object")
    site.subnets.set(String(item.id), { cidr: item.cidr, vlan: vlanOf(item.vlan as { fabric: string; vid: number }) });
  for (const value of Object.values(item)) if (typeof value === "object") learn(site, value);
}

/** A recorded request as a call of ours; undefined for what a plan never sends or MAAS refuses for its values alone. */
export function recordedCall(exchange: Exchange, before: PresentNetwork, site: Site): Call | undefined {
  const form = exchange.form ?? [];
  const all = (key: string) => form.filter(([name]) => name === key).map(([, value]) => value);
  const one = (key: string) => all(key)[0];
  const nameOf = (id: string | undefined) =>
    [...before.interfaces.values()].find((item) => String(item.id) === id)?.name ?? "?";
  const item = before.interfaces.get(nameOf(/interfaces\/(\d+)\/$/.exec(exchange.path)?.[1]));
  const mtu = one("mtu") === undefined || one("mtu") === "" ? {} : { mtu: Number(one("mtu")) };
  const tags = (one("tags") ?? "")
    .split(",")
    .filter((tag) => tag !== "")
    .sort();
  const vlanById = (id: string | undefined) => site.vlans.get(id ?? "");
  const operation = exchange.query.op;
  if (exchange.method === "DELETE")
    return item === undefined ? undefined : { operation: "delete", interface: item.name };
  if (exchange.status >= 400 && form.some(isInvalid)) return undefined;
  const parents = all("parents").map(nameOf);
  const common = { name: one("name") ?? "", tags, ...mtu };
  if (operation === "create_bond") return { operation, ...common, parents, bond: bondOf(form, undefined) };
  if (operation === "create_bridge")
    return { operation, ...common, parent: nameOf(one("parent")), bridge: bridgeOf(form, undefined) };
  if (operation === "create_vlan") {
    const vlan = vlanById(one("vlan"));
    const parent = nameOf(one("parent"));
    if (vlan === undefined) return undefined;
    return { operation, ...common, name: one("name") ?? `${parent}.${vlan.vid}`, parent, vlan };
  }
  if (item === undefined) return undefined;
  if (operation === "link_subnet") {
    const mode = one("mode")?.toUpperCase();
    if (mode === "LINK_UP")
      return one("force") === "true" || item.links.every((link) => link.mode === "LINK_UP")
        ? { operation: "remove_all_links", interface: item.name }
        : undefined;
    if (one("force") !== undefined || (mode === "STATIC" && one("ip_address") === undefined)) return undefined;
    const subnet = site.subnets.get(one("subnet") ?? "");
    if (mode !== "AUTO" && mode !== "STATIC" && mode !== "DHCP") return undefined;
    const ipAddress = one("ip_address");
    return {
      operation,
      interface: item.name,
      mode,
      ...(subnet === undefined ? {} : { subnet: subnet.cidr, vlan: subnet.vlan }),
      ...(ipAddress === undefined ? {} : { ipAddress }),
      defaultGateway: one("default_gateway") === "true",
    };
  }
  if (operation === "unlink_subnet") {
    const linkId = Number(one("id"));
    return { operation, interface: item.name, linkId, mode: "AUTO" };
  }
  const losesTags = one("tags") === undefined && item.tags.length > 1;
  if (operation !== undefined || losesTags) return undefined;
  return { operation: "update", interface: item.name, type: item.type, fields: fieldsOf(), tags: updatedTags() };

  function updatedTags(): string[] {
    return one("tags") === undefined ? [...(item?.tags ?? [])] : tags;
  }
  function fieldsOf(): InterfaceFields {
    const fields: Record<string, unknown> = { ...mtu };
    if (one("mtu") === "") fields.mtu = null;
    if (one("name") !== undefined) fields.name = one("name");
    if (one("vlan") !== undefined) fields.vlan = vlanById(one("vlan")) ?? null;
    if (item?.type === "vlan" && one("parent") !== undefined) fields.parents = [nameOf(one("parent"))];
    else if (parents.length > 0) fields.parents = parents;
    if (one("mac_address") !== undefined) fields.macAddress = one("mac_address");
    if (one("enabled") !== undefined && item?.type === "physical") fields.enabled = one("enabled") === "true";
    if (item?.type === "bond") fields.bond = bondOf(form, item);
    if (item?.type === "bridge") fields.bridge = bridgeOf(form, item);
    return fields;
  }
}

/** Values that MAAS refuses whatever the network looks like. */
function isInvalid([key, value]: [string, string]): boolean {
  if (key === "mtu") return Number(value) < 552;
  if (key === "name") return value.length > 15;
  return value === "bogus" || (KEYS[key]?.[1] === "number" && !(Number(value) >= 0));
}

/** The parameters of a bond after a call: its own, else those it had, else what MAAS takes when it is told nothing. */
function bondOf(form: [string, string][], item: { bond?: object } | undefined) {
  const { bond } = readInterfaceParameters("bond", form);
  return { ...DEFAULT_BOND, ...item?.bond, ...bond } as typeof DEFAULT_BOND;
}

function bridgeOf(form: [string, string][], item: { bridge?: object } | undefined) {
  const { bridge } = readInterfaceParameters("bridge", form);
  return { ...DEFAULT_BRIDGE, ...item?.bridge, ...bridge } as typeof DEFAULT_BRIDGE;
}

const DEFAULT_BOND = {
  mode: "balance-rr" as const,
  miimon: 100,
  updelay: 0,
  downdelay: 0,
  lacpRate: "fast" as const,
  xmitHashPolicy: "layer2" as const,
  numGratArp: 1,
};
const DEFAULT_BRIDGE = { type: "standard" as const, stp: false, forwardDelay: 15 };

function vlanOf({ fabric, vid }: { fabric: string; vid: number }) {
  return { fabric, vid };
}

const KEYS: Record<string, [string, "number" | "text" | "boolean"]> = {
  bond_mode: ["mode", "text"],
  bond_miimon: ["miimon", "number"],
  bond_updelay: ["updelay", "number"],
  bond_downdelay: ["downdelay", "number"],
  bond_lacp_rate: ["lacpRate", "text"],
  bond_xmit_hash_policy: ["xmitHashPolicy", "text"],
  bond_num_grat_arp: ["numGratArp", "number"],
  bridge_type: ["type", "text"],
  bridge_stp: ["stp", "boolean"],
  bridge_fd: ["forwardDelay", "number"],
};

function readInterfaceParameters(prefix: "bond" | "bridge", form: [string, string][]) {
  const values: Record<string, unknown> = {};
  for (const [key, value] of form) {
    const known = KEYS[key];
    if (known === undefined || !key.startsWith(`${prefix}_`) || value === "") continue;
    values[known[0]] = known[1] === "number" ? Number(value) : known[1] === "boolean" ? value === "true" : value;
  }
  return { bond: values, bridge: values };
}
