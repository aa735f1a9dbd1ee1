/**
 * The host layouts (RA, Network configuration; what each of them builds is in components/bare-metal/layouts):
 * workers have `four-nic`, `two-nic`, `two-nic-shared-data-vlan` (br0.20), `six-nic` (storage bond) or `node-on-bridge`;
 * control planes `control-plane` or, as virtual machines, `control-plane-vm`.
 */
export const HOST_LAYOUTS = [
  "four-nic",
  "two-nic",
  "two-nic-shared-data-vlan",
  "six-nic",
  "node-on-bridge",
  "control-plane",
  "control-plane-vm",
] as const;

/** One of {@link HOST_LAYOUTS}. */
export type HostLayoutName = (typeof HOST_LAYOUTS)[number];
