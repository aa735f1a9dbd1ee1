import type { Call } from "./call";

/** Objects that lists show already: the fault `slow-consistency` keeps new ones out for a while. */
export function listed<Item extends { createdAt: number }>(call: Call, items: readonly Item[]): Item[] {
  const { faults, clock } = call.palette;
  const delay = faults.listDelay();
  return items.filter((item) => delay === 0 || clock.now() - item.createdAt >= delay);
}
