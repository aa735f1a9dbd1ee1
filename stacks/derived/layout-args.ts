import { AddressError } from "../../addressing/address-error";
import { hostLayout, type LayoutArgs } from "../../components/bare-metal/layouts/host-layout";
import { chosenNics, type KnownNic } from "../../components/bare-metal/layouts/nic-choice";
import { profileInterfaces, type ProfileInterfaces } from "../../components/bare-metal/layouts/profile-interfaces";
import type { HostInterfacesArgs } from "../../providers/maas/host-network/host-interfaces-schema";
import { hostNetworks } from "../description/all-networks";
import type { Datacenter } from "../description/datacenter";
import type { Host } from "../description/hosts";

/**
 * What a host's layout is filled in with.
 *
 * @param nics names of the chosen NICs by bond, see {@link chosenNicNames}; bonds that are missing have the layout's own names
 */
export function layoutArgs(
  datacenter: Pick<Datacenter, "fabric" | "networks">,
  host: Host,
  nics: Readonly<Record<string, readonly string[]>>,
): LayoutArgs {
  return {
    layout: host.layout,
    fabric: datacenter.fabric.name,
    networks: hostNetworks(datacenter.networks),
    nics,
    bond: (name) => ({ ...host.bond, ...host.bonds[name] }),
    addresses: host.addresses,
    virtualMachineMtu: datacenter.networks.virtualMachines.mtu,
  };
}

/**
 * Names of the NICs that a description chooses for a host, by bond.
 *
 * @param nics the machine's physical NICs; undefined when MAAS could not be asked
 * @throws Error for a MAC address or speed that no NIC has, or when the machine is not known
 */
export function chosenNicNames(
  host: Pick<Host, "nics">,
  nics: readonly KnownNic[] | undefined,
): Record<string, string[]> {
  return Object.fromEntries(Object.entries(host.nics).map(([bond, choices]) => [bond, chosenNics(choices, nics)]));
}

/** Those choices that need no machine: bonds whose NICs are all chosen by name. */
export function namedNics(host: Pick<Host, "nics">): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(host.nics).flatMap(([bond, choices]) => {
      const names = choices.flatMap((choice) => ("name" in choice ? [choice.name] : []));
      return names.length === choices.length ? [[bond, names]] : [];
    }),
  );
}

/** A host's layout filled in, or why it cannot be: a VLAN interface's name would be too long. */
export type FilledLayout =
  { readonly interfaces: HostInterfacesArgs; readonly profile: ProfileInterfaces } | { readonly problem: string };

/** Fills in a host's layout without letting a name that cannot be made end the run. */
export function fillLayout(args: LayoutArgs): FilledLayout {
  try {
    return { interfaces: hostLayout(args), profile: profileInterfaces(args) };
  } catch (failure) {
    if (failure instanceof AddressError) return { problem: failure.message };
    throw failure;
  }
}
