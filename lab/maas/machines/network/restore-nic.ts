import { createFabric } from "../../site/create-fabric";
import { createSubnet } from "../../site/create-subnet";
import { defaultVlanId, fabricDefaultVlan } from "../../site/defaults";
import { networkOf, formatNetwork } from "../../site/address";
import type { SubnetRecord } from "../../site/model";
import type { Store } from "../../store";
import type { AddressRecord, CommissionedNic, InterfaceColumns } from "../model";
import { addAddress, deleteAddress, detachAddress } from "./addresses";
import { deleteInterface } from "./delete-interface";
import { findInterface, networkContext, type NetworkContext } from "./network-context";
import { blankColumns, openColumns, openInterface, type OpenInterface } from "./open-interface";
import { saveInterface } from "./save-interface";
import { unlinkAddress } from "./unlink-address";

function vlanHasInterfaces(store: Store, vlanId: number): boolean {
  return (
    store.machines.some((machine) => machine.interfaces.some((each) => each.vlanId === vlanId)) ||
    store.site.rackControllers.some((rack) => rack.vlanId === vlanId)
  );
}

/** The VLAN for a NIC of which nothing is known: the region's default one while nothing is on it, else a new fabric's. */
function spareVlan(store: Store): number {
  const preset = defaultVlanId(store);
  if (!vlanHasInterfaces(store, preset)) return preset;
  return fabricDefaultVlan(store, createFabric(store).id).id;
}

function subnetOf(store: Store, address: string): SubnetRecord | undefined {
  const cidr = formatNetwork(networkOf(address));
  return store.site.subnets.find((subnet) => subnet.cidr === cidr);
}

/** The NIC with this MAC address, which may have been moved to this machine or removed. */
function takeNic(context: NetworkContext, nic: CommissionedNic): OpenInterface {
  const { store, machine } = context;
  for (const twin of machine.interfaces.filter((each) => each.type === "physical" && each.name === nic.name)) {
    if (twin.macAddress !== nic.macAddress) deleteInterface(context, twin.id);
  }
  for (const other of store.machines.filter((each) => each !== machine)) {
    const theirs = other.interfaces.find((each) => each.type === "physical" && each.macAddress === nic.macAddress);
    if (theirs !== undefined) deleteInterface(networkContext(store, other), theirs.id);
  }
  const known = machine.interfaces.find((each) => each.type === "physical" && each.macAddress === nic.macAddress);
  if (known !== undefined) return openInterface(context, known.id);
  const open = openColumns(null, {
    ...blankColumns("physical"),
    name: nic.name,
    macAddress: nic.macAddress,
    numaNode: 0,
  });
  saveInterface(context, open);
  return open;
}

/** An address that commissioning saw belongs to this NIC only, whoever held it. */
function discoverAddress(context: NetworkContext, interfaceId: number, ip: string, subnetId: number): AddressRecord {
  for (const machine of context.store.machines) {
    const theirs = networkContext(context.store, machine);
    for (const { id, addresses } of machine.interfaces) {
      const held = addresses.find((address) => address.ip === ip);
      if (held === undefined) continue;
      if (id !== interfaceId) detachAddress(theirs, id, held.id);
      Object.assign(held, { allocationType: "discovered", subnetId });
      if (id !== interfaceId) findInterface(context, interfaceId)?.addresses.push(held);
      return held;
    }
  }
  return addAddress(context, interfaceId, { allocationType: "discovered", ip, subnetId });
}

/** Replaces a NIC's links by the addresses that commissioning saw. Answers their subnets. */
function discoverAddresses(context: NetworkContext, open: OpenInterface, nic: CommissionedNic): SubnetRecord[] {
  const { store } = context;
  const stored = open.id === null ? undefined : findInterface(context, open.id);
  if (stored === undefined) return [];
  for (const old of stored.addresses.filter((address) => address.allocationType === "discovered")) {
    deleteAddress(context, stored.id, old.id);
  }
  const links = new Set(stored.addresses.map((address) => address.id));
  if (open.columns.vlanId === null && nic.addresses.length > 0) {
    open.columns.vlanId = spareVlan(store);
    saveInterface(context, open);
  }
  const subnets = nic.addresses.map((address) => {
    const vlanId = open.columns.vlanId ?? defaultVlanId(store);
    const subnet = subnetOf(store, address) ?? createSubnet(store, formatNetwork(networkOf(address)), vlanId);
    const [ip = ""] = address.split("/");
    links.delete(discoverAddress(context, stored.id, ip, subnet.id).id);
    return subnet;
  });
  for (const link of links) unlinkAddress(context, open, link, false);
  return subnets;
}

/** Puts a NIC back as commissioning saw it: name, link, VLAN where it has none or an address says so, addresses. */
export function restoreNic(context: NetworkContext, nic: CommissionedNic): number {
  const { store } = context;
  const open = takeNic(context, nic);
  const { columns, id } = open;
  if (id === null) throw new Error("a NIC that was saved has an id");
  const changed = new Set<keyof InterfaceColumns>();
  if (columns.vlanId === null && nic.linkConnected) {
    const [first] = nic.addresses.map((address) => subnetOf(store, address)).filter((each) => each !== undefined);
    if (first !== undefined) columns.vlanId = first.vlanId;
    else if (nic.addresses.length === 0) columns.vlanId = spareVlan(store);
    if (columns.vlanId !== null) changed.add("vlanId");
  }
  if (columns.name !== nic.name) changed.add("name");
  if (columns.linkConnected !== nic.linkConnected) changed.add("linkConnected");
  columns.name = nic.name;
  columns.linkConnected = nic.linkConnected;
  const seenVlan = discoverAddresses(context, open, nic).at(-1)?.vlanId;
  if (seenVlan !== undefined && columns.vlanId !== seenVlan) {
    columns.vlanId = seenVlan;
    changed.add("vlanId");
  }
  if (changed.size > 0) saveInterface(context, open, [...changed]);
  const { vendor, product, firmwareVersion, linkSpeed, interfaceSpeed, sriovMaxVf } = nic;
  Object.assign(columns, { vendor, product, firmwareVersion, linkSpeed, interfaceSpeed, sriovMaxVf });
  saveInterface(context, open, [
    "name",
    "vendor",
    "product",
    "firmwareVersion",
    "linkSpeed",
    "interfaceSpeed",
    "sriovMaxVf",
  ]);
  return id;
}
