/**
 * A text that is no IPv4 address, network, range, VLAN set, MAC address or interface name.
 *
 * The message says which text, which rule it breaks and how to write it; callers add where the text came from.
 */
export class AddressError extends Error {
  override readonly name = "AddressError";
}
