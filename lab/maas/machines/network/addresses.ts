import { pruneDnsResources } from "../../site/dns-addresses";
import type { AddressRecord, AllocationType } from "../model";
import { findInterface, type NetworkContext } from "./network-context";

/** How the API names a link. */
export type LinkMode = "auto" | "dhcp" | "static" | "link_up";

/** The mode in which the API shows an address: a sticky one without address is a link that is only brought up. */
export function linkModeOf(address: AddressRecord): LinkMode {
  if (address.allocationType === "auto") return "auto";
  if (address.allocationType === "dhcp") return "dhcp";
  return address.ip === null ? "link_up" : "static";
}

/** Addresses of an interface but for those that commissioning saw. */
export function linksOf(context: NetworkContext, interfaceId: number): AddressRecord[] {
  const addresses = findInterface(context, interfaceId)?.addresses ?? [];
  return addresses.filter((address) => address.allocationType !== "discovered");
}

/** Adds an address to an interface. */
export function addAddress(
  context: NetworkContext,
  interfaceId: number,
  address: { allocationType: AllocationType; ip: string | null; subnetId: number | null },
): AddressRecord {
  const time = context.store.now().toISOString();
  const record: AddressRecord = { id: context.store.nextId("address"), ...address, created: time, updated: time };
  findInterface(context, interfaceId)?.addresses.push(record);
  return record;
}

/** Takes an address off an interface without deleting it: a default gateway through it is forgotten. */
export function detachAddress(context: NetworkContext, interfaceId: number, addressId: number): void {
  const owner = findInterface(context, interfaceId);
  if (owner === undefined) return;
  owner.addresses = owner.addresses.filter((address) => address.id !== addressId);
  const { machine } = context;
  if (machine.gatewayLinkIpv4Id === addressId) machine.gatewayLinkIpv4Id = null;
  if (machine.gatewayLinkIpv6Id === addressId) machine.gatewayLinkIpv6Id = null;
}

/** Deletes an address of an interface; a DNS resource that has no other address goes with it. */
export function deleteAddress(context: NetworkContext, interfaceId: number, addressId: number): void {
  const address = findInterface(context, interfaceId)?.addresses.find((each) => each.id === addressId);
  if (address === undefined) return;
  detachAddress(context, interfaceId, addressId);
  if (address.ip !== null) pruneDnsResources(context.store);
}
