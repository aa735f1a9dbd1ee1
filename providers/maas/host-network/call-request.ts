import type { Call, InterfaceFields } from "./call";
import type { BondParameters, BridgeParameters, VlanReference } from "./host-interface";

/** What a call needs that its names do not tell. */
export interface CallIds {
  readonly systemId: string;
  /** Id of the interface that has the name at that moment. */
  readonly interfaceId: (name: string) => number;
  readonly vlanId: (vlan: VlanReference) => number;
}

/** One HTTP request of the MAAS API. */
export interface CallRequest {
  readonly method: "POST" | "PUT" | "DELETE";
  /** Below `/api/2.0/`. */
  readonly path: string;
  /** Value of `op`. */
  readonly operation?: string;
  readonly form: readonly (readonly [string, string])[];
}

type Form = [string, string][];

/** The request that makes a call. */
export function callRequest(call: Call, ids: CallIds): CallRequest {
  const interfaces = `nodes/${ids.systemId}/interfaces/`;
  const one = (name: string): string => `${interfaces}${ids.interfaceId(name)}/`;
  switch (call.operation) {
    case "create_bond":
      return {
        method: "POST",
        path: interfaces,
        operation: call.operation,
        form: [
          ["name", call.name],
          ...parents(call.parents, ids),
          ...bond(call.bond),
          ...optional("mtu", call.mtu),
          ...optional("mac_address", call.macAddress),
          ["tags", call.tags.join(",")],
        ],
      };
    case "create_bridge":
      return {
        method: "POST",
        path: interfaces,
        operation: call.operation,
        form: [
          ["name", call.name],
          ["parent", String(ids.interfaceId(call.parent))],
          ...bridge(call.bridge),
          ...optional("mtu", call.mtu),
          ...optional("mac_address", call.macAddress),
          ["tags", call.tags.join(",")],
        ],
      };
    case "create_vlan":
      return {
        method: "POST",
        path: interfaces,
        operation: call.operation,
        form: [
          ["name", call.name],
          ["parent", String(ids.interfaceId(call.parent))],
          ["vlan", String(ids.vlanId(call.vlan))],
          ...optional("mtu", call.mtu),
          ["tags", call.tags.join(",")],
        ],
      };
    case "update":
      return {
        method: "PUT",
        path: one(call.interface),
        form: [...fields(call.fields, call.type, ids), ["tags", call.tags.join(",")]],
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
          ...(call.subnet === undefined ? [] : ([["subnet", `cidr:${call.subnet}`]] as Form)),
          ...optional("ip_address", call.ipAddress),
          ...(call.defaultGateway ? ([["default_gateway", "true"]] as Form) : []),
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
        form: [["id", String(call.linkId)]],
      };
    case "set_default_gateway":
      return {
        method: "POST",
        path: one(call.interface),
        operation: "set_default_gateway",
        form: [["link_id", String(call.linkId)]],
      };
    case "clear_default_gateways":
      return { method: "POST", path: `machines/${ids.systemId}/`, operation: "clear_default_gateways", form: [] };
  }
}

function parents(names: readonly string[], ids: CallIds): Form {
  return names.map((name) => ["parents", String(ids.interfaceId(name))]);
}

/** A VLAN interface is moved by `parent`; bonds and bridges by `parents` (MAAS ignores a bridge's `parent`). */
function fields(values: InterfaceFields, type: string, ids: CallIds): Form {
  const { name, vlan, mtu, macAddress, enabled } = values;
  const [below] = values.parents ?? [];
  const moved: Form =
    type === "vlan" && below !== undefined
      ? [["parent", String(ids.interfaceId(below))]]
      : parents(values.parents ?? [], ids);
  return [
    ...optional("name", name),
    ...moved,
    ...(vlan === undefined ? [] : ([["vlan", vlan === null ? "" : String(ids.vlanId(vlan))]] as Form)),
    ...(mtu === undefined ? [] : ([["mtu", mtu === null ? "" : String(mtu)]] as Form)),
    ...(values.bond === undefined ? [] : bond(values.bond)),
    ...(values.bridge === undefined ? [] : bridge(values.bridge)),
    ...optional("mac_address", macAddress),
    ...optional("enabled", enabled),
  ];
}

function bond(parameters: BondParameters): Form {
  return [
    ["bond_mode", parameters.mode],
    ["bond_miimon", String(parameters.miimon)],
    ["bond_updelay", String(parameters.updelay)],
    ["bond_downdelay", String(parameters.downdelay)],
    ["bond_lacp_rate", parameters.lacpRate],
    ["bond_xmit_hash_policy", parameters.xmitHashPolicy],
    ["bond_num_grat_arp", String(parameters.numGratArp)],
  ];
}

/** `true` and `false` are the only texts that MAAS understands for `bridge_stp`. */
function bridge(parameters: BridgeParameters): Form {
  return [
    ["bridge_type", parameters.type],
    ["bridge_stp", String(parameters.stp)],
    ["bridge_fd", String(parameters.forwardDelay)],
  ];
}

function optional(name: string, value: string | number | boolean | undefined): Form {
  return value === undefined ? [] : [[name, String(value)]];
}
