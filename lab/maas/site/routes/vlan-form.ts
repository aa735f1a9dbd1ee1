import { Form, NO_SUCH_CHOICE } from "../../server/form";
import type { Parameters } from "../../server/route";
import type { Store } from "../../store";
import type { FabricRecord, RackControllerRecord, SpaceRecord, VlanRecord } from "../model";
import { checkName, MODEL_NAME } from "../names";
import { findByReference, idIn } from "../references";
import { UNDEFINED_SPACE } from "../render-vlan";

const DUPLICATE_VID = "A VLAN with the specified VID already exists in the destination fabric.";
const NO_RACK = "dhcp can only be turned on when a primary rack controller is set.";
const NO_RANGE = "dhcp can only be turned on when a dynamic IP range is defined.";

/** Whether another VLAN of the fabric has the vid. */
export function vidTaken(store: Store, fabricId: number, vid: number, except?: VlanRecord): boolean {
  return store.site.vlans.some((vlan) => vlan.fabricId === fabricId && vlan.vid === vid && vlan !== except);
}

/** The text of a vid that is taken. */
export const duplicateVid = DUPLICATE_VID;

function reference<T extends FabricRecord | SpaceRecord>(
  form: Form,
  field: string,
  records: readonly T[],
  model: string,
): T | undefined {
  const text = form.text(field);
  if (text === undefined || text === "") return undefined;
  const [found] = findByReference(records, text, model);
  if (found === undefined)
    form.add(field, idIn(text, model) === undefined ? NO_SUCH_CHOICE : `None found with id=${text}.`);
  return found;
}

/** A rack controller by system id or hostname, of those that have an interface on a VLAN of this vid; null when empty. */
function rack(form: Form, store: Store, field: string, vid?: number): RackControllerRecord | null | undefined {
  const text = form.text(field);
  if (text === undefined || text === "") return text === "" ? null : undefined;
  const reach = (one: RackControllerRecord): boolean =>
    store.site.vlans.some((candidate) => candidate.id === one.vlanId && candidate.vid === vid);
  const found = store.site.rackControllers.find(
    (one) => reach(one) && (one.systemId === text || one.hostname === text),
  );
  if (found === undefined) form.add(field, `Select a valid choice. ${text} is not one of the available choices.`);
  return found;
}

function relay(form: Form, store: Store, vlan?: VlanRecord): number | null | undefined {
  const text = form.text("relay_vlan");
  if (text === undefined || text === "") return text === "" ? null : undefined;
  const possible = store.site.vlans.filter((other) =>
    vlan?.dhcpOn === true ? other.id === vlan.relayVlanId : other.relayVlanId === null && other !== vlan,
  );
  const found = possible.find((other) => String(other.id) === text);
  if (found === undefined) form.add("relay_vlan", NO_SUCH_CHOICE);
  return found?.id;
}

function hasDynamicRange(store: Store, vlan: VlanRecord): boolean {
  const subnets = new Set(store.site.subnets.filter((subnet) => subnet.vlanId === vlan.id).map((subnet) => subnet.id));
  return store.site.ipRanges.some((range) => range.type === "dynamic" && subnets.has(range.subnetId));
}

function readVid(form: Form, vlan?: VlanRecord): number | undefined {
  const sent = form.integer("vid");
  const missing = sent === null || (sent === undefined && vlan === undefined && !form.failed("vid"));
  if (missing) form.add("vid", "This field is required.");
  const effective = sent ?? vlan?.vid;
  if (effective === undefined || effective < 0 || effective > 4094) form.add("vid", "VID must be between 0 and 4094.");
  return sent ?? undefined;
}

function readMtu(form: Form): number | undefined {
  const mtu = form.integer("mtu", { min: 552 });
  // MAAS looks at the MTU of the whole VLAN after its vid, and stops at the first that is wrong.
  if (typeof mtu === "number" && mtu > 65535 && !form.failed("vid")) {
    form.add("mtu", "MTU must be between 552 and 65535.");
  }
  return mtu ?? undefined;
}

function readDhcp(form: Form, store: Store, vlan?: VlanRecord): boolean | undefined {
  const on = form.checkbox("dhcp_on");
  if (on === true && vlan !== undefined && !hasDynamicRange(store, vlan)) form.add("dhcp_on", NO_RANGE);
  return on;
}

/** Racks of the VLAN after the change; a secondary takes the place of a primary that is removed. */
function readRacks(form: Form, store: Store, vlan?: VlanRecord): Pick<VlanRecord, "primaryRack" | "secondaryRack"> {
  const sentPrimary = rack(form, store, "primary_rack", vlan?.vid);
  const sentSecondary = rack(form, store, "secondary_rack", vlan?.vid);
  let primary = sentPrimary === undefined ? (vlan?.primaryRack ?? null) : (sentPrimary?.systemId ?? null);
  let secondary = sentSecondary === undefined ? (vlan?.secondaryRack ?? null) : (sentSecondary?.systemId ?? null);
  const formerSecondary = vlan?.secondaryRack ?? null;
  if (primary === null && formerSecondary !== null) [primary, secondary] = [formerSecondary, null];
  if (primary !== null && primary === formerSecondary) secondary = null;
  if (secondary !== null && secondary === vlan?.primaryRack) {
    form.add("__all__", `${secondary} is already set as the primary rack controller`);
  } else if (secondary !== null && secondary === primary) {
    form.add("__all__", "The primary and secondary rack must be different");
  }
  return { primaryRack: primary, secondaryRack: secondary };
}

/** What a VLAN becomes; only what was sent is there. */
export type VlanChanges = Partial<Omit<VlanRecord, "id">>;

/** Reads the fields of a VLAN (new without `vlan`) and refuses with the texts of the real server. */
export function readVlan(parameters: Parameters, store: Store, vlan?: VlanRecord): VlanChanges {
  const form = new Form(parameters, vlan !== undefined);
  const name = form.text("name");
  checkName(form, name, { maxLength: 256, pattern: MODEL_NAME, model: "VLAN" });
  const vid = readVid(form, vlan);
  const mtu = readMtu(form);
  const dhcpOn = readDhcp(form, store, vlan);
  const racks = readRacks(form, store, vlan);
  const relayVlanId = relay(form, store, vlan);
  // "undefined" is understood as no space by an update only.
  const noSpace = form.text("space") === "" || (vlan !== undefined && form.text("space") === UNDEFINED_SPACE);
  const space = noSpace ? null : reference(form, "space", store.site.spaces, "space");
  const fabric = reference(form, "fabric", store.site.fabrics, "fabric");
  if (
    dhcpOn === true &&
    !form.failed("dhcp_on") &&
    racks.primaryRack === null &&
    (vlan?.primaryRack ?? null) === null
  ) {
    form.add("__all__", NO_RACK);
  }
  if (vlan !== undefined && !form.failed() && vidTaken(store, fabric?.id ?? vlan.fabricId, vid ?? vlan.vid, vlan)) {
    form.add("__all__", DUPLICATE_VID);
  }
  form.finish();
  const description = form.text("description");
  return {
    ...(name !== undefined && { name: name === "" ? null : name }),
    ...(description !== undefined && { description }),
    ...(vid !== undefined && { vid }),
    ...(mtu !== undefined && { mtu }),
    ...(dhcpOn !== undefined && { dhcpOn }),
    ...racks,
    ...(relayVlanId !== undefined && { relayVlanId }),
    ...(dhcpOn === true && { relayVlanId: null }),
    ...(space !== undefined && { spaceId: space?.id ?? null }),
    ...(fabric !== undefined && { fabricId: fabric.id }),
  };
}
