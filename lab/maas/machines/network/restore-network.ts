import { setting } from "../../site/settings";
import { linkSubnet } from "./link-subnet";
import { deleteInterface } from "./delete-interface";
import { ensureLinkUp } from "./ensure-link-up";
import { linksOf } from "./addresses";
import { findInterface, type NetworkContext } from "./network-context";
import { openInterface } from "./open-interface";
import { restoreNic } from "./restore-nic";
import { saveInterface } from "./save-interface";
import { subnetById } from "./subnets";
import { unlinkAddress } from "./unlink-address";

/** The interface that the machine boots from: the one set, else the lowest. */
export function bootInterfaceId(context: NetworkContext): number | undefined {
  const { bootInterfaceId: set, interfaces } = context.machine;
  return set ?? interfaces.map((each) => each.id).sort((a, b) => a - b)[0];
}

/** Takes every link off and forgets the default gateways. */
export function clearNetwork(context: NetworkContext): void {
  const { machine } = context;
  machine.gatewayLinkIpv4Id = null;
  machine.gatewayLinkIpv6Id = null;
  for (const { id } of [...machine.interfaces]) {
    for (const link of linksOf(context, id)) unlinkAddress(context, openInterface(context, id), link.id, true);
  }
}

/** Finishes what commissioning saw of the NICs: a disconnected one without an address in its VLAN leaves the VLAN. */
function settleNics(context: NetworkContext, nics: readonly number[]): void {
  for (const nic of context.machine.commissionedNics) {
    const id = nics.find((each) => findInterface(context, each)?.macAddress === nic.macAddress);
    if (id === undefined) continue;
    const open = openInterface(context, id);
    open.columns.numaNode = nic.numaNode;
    if (nic.sriovMaxVf > 0 && !open.columns.tags.includes("sriov")) open.columns.tags.push("sriov");
    const { vlanId } = open.columns;
    const reached = (findInterface(context, id)?.addresses ?? []).some(
      (address) => address.subnetId !== null && subnetById(context.store, address.subnetId).vlanId === vlanId,
    );
    if (!nic.linkConnected && !reached) open.columns.vlanId = null;
    saveInterface(context, open);
  }
}

/**
 * Gives the boot NIC a link in each subnet where commissioning saw an address of it (else in the first subnet of its VLAN,
 * else DHCP), every other enabled interface a LINK_UP.
 */
function setInitialNetwork(context: NetworkContext): void {
  const bootId = bootInterfaceId(context);
  if (bootId === undefined) return;
  clearNetwork(context);
  const boot = openInterface(context, bootId);
  const discovered = (findInterface(context, bootId)?.addresses ?? []).filter(
    (address) => address.allocationType === "discovered" && address.subnetId !== null,
  );
  const subnets = new Set(discovered.map((address) => address.subnetId));
  const mode = setting(context.store, "default_boot_interface_link_type") === "dhcp" ? "dhcp" : "auto";
  for (const subnetId of subnets) linkSubnet(context, boot, mode, subnetId);
  if (subnets.size === 0 && boot.columns.vlanId !== null) {
    const { vlanId } = boot.columns;
    const [first] = context.store.site.subnets.filter((subnet) => subnet.vlanId === vlanId).sort((a, b) => a.id - b.id);
    linkSubnet(context, boot, first === undefined ? "dhcp" : "auto", first?.id ?? null);
  }
  for (const { id, enabled } of [...context.machine.interfaces]) {
    if (id !== bootId && enabled) ensureLinkUp(context, openInterface(context, id));
  }
}

/**
 * Puts a machine's network back to what commissioning saw (`restore_networking_configuration`): bonds, bridges and VLAN
 * interfaces go, NICs that were deleted come back with new ids, names are as they were. What a NIC was given besides (MTU,
 * tags, its VLAN where commissioning saw no address) stays.
 */
export function restoreNetwork(context: NetworkContext): void {
  const { machine } = context;
  const nics = [...machine.commissionedNics]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((nic) => restoreNic(context, nic));
  const others = machine.interfaces.map((each) => each.id).filter((id) => !nics.includes(id));
  for (const id of others.reverse()) deleteInterface(context, id);
  settleNics(context, nics);
  setInitialNetwork(context);
  setInitialNetwork(context);
}
