import type { Store } from "../store";
import type { EventRecord } from "./model";

/** How many events are kept; the oldest go first. */
const KEPT = 10_000;

/** Notes an event of a node, for `events/?op=query`. */
export function recordEvent(
  store: Store,
  systemId: string,
  level: EventRecord["level"],
  type: string,
  description: string,
): EventRecord {
  const event: EventRecord = {
    id: store.nextId("event"),
    systemId,
    level,
    type,
    description,
    created: store.now().toISOString(),
  };
  store.site.events.push(event);
  if (store.site.events.length > KEPT) store.site.events.splice(0, store.site.events.length - KEPT);
  store.changed();
  return event;
}
