import { AddressError } from "./address-error";

/** The longest name of a Linux network interface in bytes (IFNAMSIZ less its closing zero). */
export const INTERFACE_NAME_MAXIMUM_BYTES = 15;

/**
 * Why a text cannot name a network interface, or undefined when it can: at most 15 bytes (kernel), of letters, digits and
 * `- _ . :` (what MAAS takes), and neither `.` nor `..` (kernel).
 */
export function interfaceNameProblem(name: string): string | undefined {
  if (name === "") return "is empty: an interface needs a name, like br0";
  if (name === "." || name === "..") return "is refused by the kernel: give the interface a name, like br0";
  const bad = /[^A-Za-z0-9._:-]/u.exec(name)?.[0];
  if (bad !== undefined) return `has "${bad}": interface names are letters, digits and - _ . :`;
  if (name.length > INTERFACE_NAME_MAXIMUM_BYTES)
    return `has ${name.length} characters, but Linux allows ${INTERFACE_NAME_MAXIMUM_BYTES} for an interface, a VLAN suffix like .10 included`;
  return undefined;
}

/** Whether a text can name a network interface (see {@link interfaceNameProblem}). */
export function isInterfaceName(name: string): boolean {
  return interfaceNameProblem(name) === undefined;
}

/**
 * The name that MAAS gives a VLAN interface: `bond_mgmt` and 10 give `bond_mgmt.10`.
 *
 * @throws AddressError when the result is longer than an interface name may be
 */
export function vlanInterfaceName(parent: string, vlanId: number): string {
  const name = `${parent}.${vlanId}`;
  const problem = interfaceNameProblem(name);
  if (problem !== undefined) throw new AddressError(`"${name}" ${problem}`);
  return name;
}
