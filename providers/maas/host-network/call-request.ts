import type { Call, InterfaceFields } from "./call";
import type { BondParameters, BridgeParameters, VlanReference } from "./host-interface";

/** What turns the names of a call into what MAAS's paths and forms take. */
export interface CallReferences {
  readonly systemId: string;
  /** The id of the interface that has a name at the moment. Throws when there is none. */
  interfaceId(name: string): number;
  /** The id of a VLAN. Throws when there is none. */
  vlanId(vlan: VlanReference): number;
}

/** A call as a request of the MAAS API, relative to `/MAAS/api/2.0/`. */
export interface CallRequest {
  readonly method: "POST" | "PUT" | "DELETE";
  /** With the trailing slash that MAAS needs. */
  readonly path: string;
  /** The `op` of the query; absent for PUT and DELETE. */
  readonly operation?: string;
  /** Fields in the order they are sent; lists are a repeated field. */
  readonly form: readonly (readonly [name: string, value: string])[];
}

/**
 * The request of a call. Every parameter of a bond or bridge is sent, since MAAS's own defaults are not its documented ones; booleans
 * as `true` and `false`, since MAAS takes other spellings for something else; tags with every update, since MAAS loses them otherwise.
 */
export function callRequest(call: Call, references: CallReferences): CallRequest {
  const interfaces = `nodes/${references.systemId}/interfaces/`;
  const one = (name: string) => `${interfaces}${references.interfaceId(name)}/`;
  switch (call.operation) {
    case "create_bond":
      return {
        method: "POST",
        path: interfaces,
        operation: "create_bond",
        form: [
          ["name", call.name],
          ...call.parents.map((parent): [string, string] => ["parents", String(references.interfaceId(parent))]),
          ...bondFields(call.bond),
          ...optional("mtu", call.mtu),
          ...optional("mac_address", call.macAddress),
          ...(call.tags.length === 0 ? [] : optional("tags", call.tags.join(","))),
        ],
      };
    case "create_bridge":
      return {
        method: "POST",
        path: interfaces,
        operation: "create_bridge",
        form: [
          ["name", call.name],
          ["parent", String(references.interfaceId(call.parent))],
          ...bridgeFields(call.bridge),
          ...optional("mtu", call.mtu),
          ...optional("mac_address", call.macAddress),
          ...(call.tags.length === 0 ? [] : optional("tags", call.tags.join(","))),
        ],
      };
    case "create_vlan":
      return {
        method: "POST",
        path: interfaces,
        operation: "create_vlan",
        form: [
          ["name", call.name],
          ["parent", String(references.interfaceId(call.parent))],
          ["vlan", String(references.vlanId(call.vlan))],
          ...optional("mtu", call.mtu),
          ...(call.tags.length === 0 ? [] : optional("tags", call.tags.join(","))),
        ],
      };
    case "update":
      return {
        method: "PUT",
        path: one(call.interface),
        form: [...updateFields(call.fields, call.type, references), ["tags", call.tags.join(",")]],
      };
    case "delete":
      return { method: "DELETE", path: one(call.interface), form: [] };
    case "link_subnet":
      return {
        method: "POST",
        path: one(call.interface),
        operation: "link_subnet",
        form: [
          ["mode", call.mode],
          ...(call.subnet === undefined ? [] : optional("subnet", `cidr:${call.subnet}`)),
          ...optional("ip_address", call.ipAddress),
          ...(call.defaultGateway ? optional("default_gateway", "true") : []),
        ],
      };
    case "remove_all_links":
      return {
        method: "POST",
        path: one(call.interface),
        operation: "link_subnet",
        form: [
          ["mode", "LINK_UP"],
          ["force", "true"],
        ],
      };
    case "unlink_subnet":
      return {
        method: "POST",
        path: one(call.interface),
        operation: "unlink_subnet",
        form: [["id", linkId(call.linkId)]],
      };
    case "set_default_gateway":
      return {
        method: "POST",
        path: one(call.interface),
        operation: "set_default_gateway",
        form: [["link_id", linkId(call.linkId)]],
      };
    case "clear_default_gateways":
      return {
        method: "POST",
        path: `machines/${references.systemId}/`,
        operation: "clear_default_gateways",
        form: [],
      };
  }
}

type Fields = [string, string][];

function optional(name: string, value: string | number | undefined): Fields {
  return value === undefined ? [] : [[name, String(value)]];
}

function updateFields(
  fields: InterfaceFields,
  type: "physical" | "bond" | "bridge" | "vlan",
  references: CallReferences,
): Fields {
  const parents = (fields.parents ?? []).map((parent) => String(references.interfaceId(parent)));
  return [
    ...optional("name", fields.name),
    // A bridge is moved by `parents` only (`parent` is ignored), a VLAN interface by `parent`.
    ...parents.map((id): [string, string] => [type === "vlan" ? "parent" : "parents", id]),
    ...(fields.vlan === undefined ? [] : optional("vlan", fields.vlan === null ? "" : references.vlanId(fields.vlan))),
    ...(fields.mtu === undefined ? [] : optional("mtu", fields.mtu ?? "")),
    ...(fields.bond === undefined ? [] : bondFields(fields.bond)),
    ...(fields.bridge === undefined ? [] : bridgeFields(fields.bridge)),
    ...optional("mac_address", fields.macAddress),
    ...(fields.enabled === undefined ? [] : optional("enabled", String(fields.enabled))),
  ];
}

function bondFields(bond: BondParameters): Fields {
  return [
    ["bond_mode", bond.mode],
    ["bond_miimon", String(bond.miimon)],
    ["bond_updelay", String(bond.updelay)],
    ["bond_downdelay", String(bond.downdelay)],
    ["bond_lacp_rate", bond.lacpRate],
    ["bond_xmit_hash_policy", bond.xmitHashPolicy],
    ["bond_num_grat_arp", String(bond.numGratArp)],
  ];
}

function bridgeFields(bridge: BridgeParameters): Fields {
  return [
    ["bridge_type", bridge.type],
    ["bridge_stp", String(bridge.stp)],
    ["bridge_fd", String(bridge.forwardDelay)],
  ];
}

/** Links that a plan makes itself have no id yet; a plan never speaks of them again. */
function linkId(id: number): string {
  if (id <= 0) throw new Error(`Link ${id} is not one of MAAS's: the plan has to be made anew from what MAAS has now.`);
  return String(id);
}
