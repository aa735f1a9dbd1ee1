import type { MachineFacts } from "../../providers/maas/look-ups/machine-facts";
import { heldSummary, hostStates } from "../derived/host-holds";
import { removalText, removedMachines } from "../derived/removed-machines";
import type { Datacenter } from "../description/datacenter";
import { log } from "./log";

/** States once which hosts are left out of the run, and which leave the datacenter with it. The findings behind it are the preflight's. */
export async function reportHostLife(datacenter: Datacenter, machines: readonly MachineFacts[]): Promise<void> {
  const held = heldSummary(hostStates(datacenter, machines));
  if (held !== undefined) await log.warn(held);
  const removal = removalText(removedMachines(datacenter, machines));
  if (removal !== undefined) await log.info(removal);
}
