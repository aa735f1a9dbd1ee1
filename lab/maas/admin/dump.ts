import type { RegionState } from "../region-store";

/** What stands in a dump where a secret is. */
const MASK = "[secret]";

function masked(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, /pass|secret|key|token/i.test(name) ? MASK : value]),
  );
}

/** A copy of the region's state without its secrets (token secrets, passwords of power drivers and settings). */
export function dumpRegion(state: RegionState): RegionState {
  const copy = structuredClone(state);
  for (const token of copy.site.tokens) token.tokenSecret = MASK;
  for (const machine of copy.machines) machine.powerParameters = masked(machine.powerParameters);
  for (const name of ["vcenter_password", "maas_auto_ipmi_k_g_bmc_key"]) {
    if (name in copy.site.config) copy.site.config[name] = MASK;
  }
  return copy;
}
