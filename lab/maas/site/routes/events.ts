import { refusal } from "../../server/refusal";
import type { JsonObject } from "../../json";
import type { MaasRequest, Parameters, Route } from "../../server/route";
import type { Store } from "../../store";
import type { EventRecord } from "../model";
import { webDate } from "../web-date";

const LEVELS: Record<EventRecord["level"], number> = {
  AUDIT: 0,
  DEBUG: 10,
  INFO: 20,
  WARNING: 30,
  ERROR: 40,
  CRITICAL: 50,
};

const MOST = 1000;

/** Parameters that a page's links repeat. */
const KEPT = ["agent_name", "domain", "hostname", "id", "level", "limit", "mac_address", "op", "zone", "owner"];

function integer(query: Parameters, name: string): number | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw refusal(400, `Invalid ${name}: Please enter an integer value`);
  return Number(text);
}

/** Whether the event's node is one of those asked for; events of nodes that are gone are none's. */
function concerns(store: Store, query: Parameters, event: EventRecord): boolean {
  const machine = store.machines.find((candidate) => candidate.systemId === event.systemId);
  const rack = store.site.rackControllers.find((candidate) => candidate.systemId === event.systemId);
  const node = machine ?? rack;
  if (node === undefined) return false;
  const zone = store.site.zones.find((candidate) => candidate.id === node.zoneId)?.name ?? "";
  const domain = store.site.domains.find((candidate) => candidate.id === node.domainId)?.name ?? "";
  const macs = machine?.interfaces.map((nic) => nic.macAddress ?? "") ?? [rack?.macAddress ?? ""];
  const wanted = (name: string, values: readonly string[]): boolean => {
    const asked = query.getAll(name);
    return asked.length === 0 || asked.some((value) => values.includes(value));
  };
  return (
    wanted("id", [node.systemId]) &&
    wanted("hostname", [node.hostname, `${node.hostname}.${domain}`]) &&
    wanted("mac_address", macs) &&
    wanted("zone", [zone]) &&
    wanted("domain", [domain])
  );
}

function nodeName(store: Store, systemId: string): string {
  const nodes = [...store.machines, ...store.site.rackControllers];
  return nodes.find((node) => node.systemId === systemId)?.hostname ?? "";
}

function page(query: Parameters, bound: { after?: number; before?: number }): string {
  const pairs = query.entries().filter(([name]) => KEPT.includes(name));
  for (const [name, value] of Object.entries(bound)) pairs.push([name, String(value)]);
  return `/MAAS/api/2.0/events/?${new URLSearchParams(pairs).toString()}`;
}

function select(store: Store, query: Parameters): EventRecord[] {
  const limit = Math.max(integer(query, "limit") ?? 100, 1);
  if (limit > MOST) throw refusal(400, `Requested number of events ${limit} is greater than limit: ${MOST}`);
  const level = query.get("level") ?? "INFO";
  if (!(level in LEVELS)) throw refusal(400, `Unrecognised log level: ${level}`);
  const [after, before] = [integer(query, "after"), integer(query, "before")];
  if (after !== undefined && before !== undefined) {
    throw refusal(400, "There is undetermined behaviour when both `after` and `before` are specified.");
  }
  const least = LEVELS[level as EventRecord["level"]];
  const events = store.site.events
    .filter((event) => (level === "AUDIT" ? event.level === "AUDIT" : LEVELS[event.level] >= least))
    .filter((event) => concerns(store, query, event))
    .filter((event) => (before === undefined || event.id < before) && (after === undefined || event.id > after));
  return (after === undefined ? events.slice(-limit) : events.slice(0, limit)).reverse();
}

function queryEvents({ store, query }: MaasRequest): JsonObject {
  const events = select(store, query);
  const [after, before] = [integer(query, "after"), integer(query, "before")];
  const [newest, oldest] = [events[0], events.at(-1)];
  const older = after === undefined ? null : page(query, { before: after + 1 });
  const newer = page(query, before === undefined ? {} : { after: before - 1 });
  return {
    count: events.length,
    events: events.map((event) => ({
      username: "",
      node: event.systemId,
      hostname: nodeName(store, event.systemId),
      id: event.id,
      level: event.level,
      created: webDate(event.created),
      type: event.type,
      description: event.description,
    })),
    next_uri: newest === undefined ? newer : page(query, { after: newest.id }),
    prev_uri: oldest === undefined ? older : page(query, { before: oldest.id }),
  };
}

/** `events/?op=query`: newest first, pages of `limit`. */
export const eventRoutes: Route[] = [
  {
    method: "GET",
    path: "/events/",
    operation: "query",
    handle: (request) => ({ status: 200, json: queryEvents(request) }),
  },
];
