import type { JsonObject, JsonValue } from "../../../lab/maas/json";
import { siteKindOf, type SiteKind } from "../../../lab/maas/seed/import-site";
import { operationOf, type Exchange, type Line } from "./recording";

/** What a recording tells of the region that it was made on, as far as it was there at the start. */
export interface RecordedObjects {
  site: JsonObject[];
  /** Whole answers of machines, by system id. */
  machines: Map<string, JsonObject>;
  racks: Map<string, JsonObject>;
  /** Values of settings before the recording changed them. */
  settings: Map<string, JsonValue>;
  /** Rows of address lists. */
  addressRows: { subnet: string; row: JsonObject }[];
  version: JsonObject | undefined;
  /** The user whose key signed the requests, where an answer shows it. */
  caller: JsonObject | undefined;
  /** The recording begins with a dump of the whole region. */
  complete: boolean;
}

/** Calls `visit` with every object in a value, outer ones first. */
export function walk(value: JsonValue | undefined, visit: (object: JsonObject) => void): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit);
  else if (typeof value === "object" && value !== null) {
    visit(value);
    for (const one of Object.values(value)) walk(one, visit);
  }
}

const MACHINE = 0;
const RACK = 2;

function isNode(body: JsonObject, type: number): boolean {
  return body["node_type"] === type && "interface_set" in body && typeof body["system_id"] === "string";
}

/** The path below /MAAS/api/2.0. */
export function apiPath(recorded: Exchange): string {
  return recorded.path.replace(/^\/MAAS\/api\/2\.0/, "");
}

/** Whether what an answer shows for the first time was made by the request. */
function makesObjects(recorded: Exchange): boolean {
  if (recorded.method !== "POST") return false;
  const operation = operationOf(recorded);
  if (operation === undefined) return !apiPath(recorded).startsWith("/nodes/");
  return operation === "restore_networking_configuration";
}

/** What the request did to the machine in its answer is taken back, where it can be told. */
function before(recorded: Exchange, body: JsonObject): JsonObject {
  switch (operationOf(recorded)) {
    case "allocate":
      return { ...body, status: 4, status_name: "Ready", owner: null };
    case "lock":
      return { ...body, locked: false };
    default:
      return body;
  }
}

/** The user that a request was made by: who asks who it is, or makes something that has an owner. */
function callerOf(recorded: Exchange): JsonObject | undefined {
  if (recorded.status !== 200) return undefined;
  if (operationOf(recorded) === "whoami") return recorded.body as JsonObject;
  const owned = ["/ipranges/", "/dnsresources/"].includes(apiPath(recorded));
  let caller: JsonObject | undefined;
  if (recorded.method === "POST" && owned) {
    walk(recorded.body, (object) => {
      if (siteKindOf(object) === "users") caller = object;
    });
  }
  return caller;
}

/** Whether the requests before the first write list the whole region. */
function beginsWithDump(exchanges: readonly Exchange[]): boolean {
  const firstWrite = exchanges.findIndex((recorded) => recorded.method !== "GET");
  const listed = new Set(exchanges.slice(0, firstWrite < 0 ? undefined : firstWrite).map(apiPath));
  return ["/machines/", "/fabrics/", "/subnets/", "/resourcepools/", "/zones/"].every((path) => listed.has(path));
}

/** Lists that show every object of some kinds: what they do not show was not there at the start. */
const COMPLETE_LISTS: Record<string, readonly SiteKind[]> = {
  "/resourcepools/": ["pools"],
  "/zones/": ["zones"],
  "/fabrics/": ["fabrics", "vlans"],
  "/spaces/": ["spaces"],
  "/subnets/": ["subnets"],
  "/ipranges/": ["ipRanges"],
  "/static-routes/": ["staticRoutes"],
  "/domains/": ["domains"],
  "/dnsresources/": ["dnsResources"],
  "/dnsresourcerecords/": ["dnsResourceRecords"],
  "/tags/": ["tags"],
  "/users/": ["users"],
};

class Collector {
  readonly found: RecordedObjects = {
    site: [],
    machines: new Map(),
    racks: new Map(),
    settings: new Map(),
    addressRows: [],
    version: undefined,
    caller: undefined,
    complete: false,
  };
  private readonly seen = new Set<string>();
  private readonly written = new Set<string>();
  private readonly complete = new Set<SiteKind>();

  take(recorded: Exchange): void {
    if (recorded.status !== 200) return;
    this.takeSetting(recorded);
    const path = apiPath(recorded);
    if (path === "/version/") this.found.version ??= recorded.body as JsonObject;
    if (operationOf(recorded) === "ip_addresses") this.takeRows(path, recorded.body);
    const made = makesObjects(recorded);
    walk(recorded.body, (object) => this.takeObject(recorded, object, made));
    const isList = recorded.method === "GET" && Object.keys(recorded.query).length === 0;
    for (const kind of isList ? (COMPLETE_LISTS[path] ?? []) : []) this.complete.add(kind);
  }

  private takeSetting(recorded: Exchange): void {
    const name = recorded.query["name"];
    const operation = operationOf(recorded);
    if (operation === "set_config" && Array.isArray(recorded.form)) {
      for (const [key, value] of recorded.form as [string, string][]) if (key === "name") this.written.add(value);
    }
    if (operation !== "get_config" || typeof name !== "string") return;
    if (!this.written.has(name) && !this.found.settings.has(name)) this.found.settings.set(name, recorded.body);
  }

  private takeRows(path: string, body: JsonValue): void {
    const subnet = decodeURIComponent(path.split("/")[2] ?? "");
    walk(body, (row) => {
      if (typeof row["ip"] === "string") this.found.addressRows.push({ subnet, row });
    });
  }

  private takeObject(recorded: Exchange, object: JsonObject, made: boolean): void {
    const systemId = object["system_id"];
    const node = isNode(object, MACHINE) ? this.found.machines : isNode(object, RACK) ? this.found.racks : undefined;
    if (node !== undefined && typeof systemId === "string") {
      if (this.first(`node ${systemId}`) && !made) node.set(systemId, before(recorded, object));
      return;
    }
    const kind = siteKindOf(object);
    const key = object["id"] ?? object["name"] ?? object["username"];
    if (kind === undefined || key === undefined || key === null) return;
    const late = made || this.complete.has(kind);
    if (this.first(`${kind} ${JSON.stringify(key)}`) && !late) this.found.site.push(object);
  }

  private first(key: string): boolean {
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    return true;
  }
}

/**
 * Gathers what was there at the start: of a recording that begins with a dump exactly what the dump shows, else the first
 * answer that shows an object which no recorded request made.
 */
export function recordedObjects(lines: readonly Line[]): RecordedObjects {
  const exchanges = lines.filter((line): line is Exchange => line.kind === "exchange");
  const firstWrite = exchanges.findIndex((recorded) => recorded.method !== "GET");
  const complete = beginsWithDump(exchanges);
  const relevant = complete && firstWrite >= 0 ? exchanges.slice(0, firstWrite) : exchanges;
  const collector = new Collector();
  collector.found.complete = complete;
  for (const recorded of relevant) collector.take(recorded);
  collector.found.caller = exchanges.map(callerOf).find((caller) => caller !== undefined);
  return collector.found;
}
