/** How a NIC is chosen: by its name in MAAS, its MAC address, or its speed (then all NICs that have it). */
export type NicChoice = { readonly name: string } | { readonly macAddress: string } | { readonly speedMbps: number };

/** A NIC of a machine as MAAS knows it. */
export interface KnownNic {
  readonly name: string;
  /** Lower case. */
  readonly macAddress: string;
  /** Mbit/s; 0 when not known. */
  readonly linkSpeedMbps: number;
}

/**
 * Names of the chosen NICs, each once, in the order of the choices. Names need no machine; MAC address and speed do.
 *
 * @param nics the machine's physical NICs; undefined when MAAS could not be asked
 * @throws Error for a MAC address or speed that no NIC has, or when the machine is not known.
 */
export function chosenNics(choices: readonly NicChoice[], nics: readonly KnownNic[] | undefined): string[] {
  return [...new Set(choices.flatMap((choice) => chosen(choice, nics)))];
}

function chosen(choice: NicChoice, nics: readonly KnownNic[] | undefined): string[] {
  if ("name" in choice) return [choice.name];
  const what = "macAddress" in choice ? `MAC address ${choice.macAddress}` : `speed ${choice.speedMbps} Mbit/s`;
  if (nics === undefined)
    throw new Error(`the NIC with ${what} is not known while MAAS cannot be asked; choose it by name`);
  const found = nics.filter((nic) =>
    "macAddress" in choice ? nic.macAddress === choice.macAddress : nic.linkSpeedMbps === choice.speedMbps,
  );
  if (found.length > 0) return found.map((nic) => nic.name).sort();
  const known = nics.map((nic) => `${nic.name} (${nic.macAddress}, ${nic.linkSpeedMbps} Mbit/s)`).join(", ");
  throw new Error(`no NIC has ${what}; the machine has: ${known}`);
}
