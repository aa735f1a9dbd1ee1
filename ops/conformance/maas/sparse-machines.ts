import { listAt, numberAt, objectAt, textAt } from "../../../lab/maas/machines/import-values";
import type { JsonObject } from "../../../lab/maas/json";
import { operationOf, type Line } from "./recording";
import { apiPath, walk, type RecordedObjects } from "./recorded-objects";

/** A physical NIC as some answer or observation of a recording shows it. */
interface Sighting {
  id: number;
  name: string;
  macAddress: string;
}

/** Ids for what a recording does not show; imported objects stay below the replay's floor. */
let next = 800_000;

function fresh(): number {
  next += 1;
  return next;
}

function nicsInAnswers(lines: readonly Line[]): Map<string, Map<number, Sighting>> {
  const found = new Map<string, Map<number, Sighting>>();
  for (const line of lines) {
    if (line.kind !== "exchange" || line.status !== 200) continue;
    const made = operationOf(line) === "create_physical";
    walk(line.body, (object) => {
      const [, systemId] = /\/nodes\/(\w+)\/interfaces\/\d+\/$/.exec(textAt(object, "resource_uri")) ?? [];
      if (systemId === undefined || object["type"] !== "physical") return;
      const nics = found.get(systemId) ?? new Map<number, Sighting>();
      const id = numberAt(object, "id");
      const sighting = { id, name: textAt(object, "name"), macAddress: textAt(object, "mac_address") };
      if (!nics.has(id)) nics.set(id, made ? { ...sighting, name: "" } : sighting);
      found.set(systemId, nics);
    });
  }
  return found;
}

/** Adds NICs that only observations show, to the machine of which they show another NIC too. */
function addObserved(lines: readonly Line[], machines: Map<string, Map<number, Sighting>>): void {
  for (const line of lines) {
    if (line.kind !== "observation" || typeof line.observed !== "object" || line.observed === null) continue;
    const seen = Object.entries(line.observed as Record<string, JsonObject>)
      .filter(([, one]) => typeof one === "object" && one !== null && one["type"] === "physical" && "mac" in one)
      .map(([name, one]) => ({ id: numberAt(one, "id"), name, macAddress: textAt(one, "mac") }));
    const owner = [...machines.values()].find((nics) => seen.some((nic) => nics.has(nic.id)));
    for (const nic of seen) if (owner !== undefined && !owner.has(nic.id)) owner.set(nic.id, nic);
  }
}

function renewIds(body: JsonObject, systemId: string): JsonObject {
  const text = JSON.stringify(body).replaceAll(textAt(body, "system_id"), systemId);
  const copy = JSON.parse(text) as JsonObject;
  walk(copy, (object) => {
    const isLink = "mode" in object && "id" in object;
    const isDevice = /\/blockdevices\//.test(textAt(object, "resource_uri"));
    if (isLink || isDevice) object["id"] = fresh();
  });
  return copy;
}

function withNics(body: JsonObject, nics: readonly Sighting[], address: string | undefined): JsonObject {
  const interfaces = listAt(body, "interface_set").map((nic, index) => {
    const name = textAt(nic, "name");
    const known = nics.find((sighting) => sighting.name === name);
    const mac =
      known?.macAddress ??
      `02:00:00:${[next >> 8, next, index].map((n) => (n & 0xff).toString(16).padStart(2, "0")).join(":")}`;
    const discovered = listAt(nic, "discovered").map((one) => ({
      ...one,
      ip_address: address ?? textAt(one, "ip_address"),
    }));
    return {
      ...nic,
      id: known?.id ?? fresh(),
      mac_address: mac,
      discovered: discovered.length === 0 ? null : discovered,
    };
  });
  return { ...body, interface_set: interfaces, boot_interface: interfaces[0] ?? null };
}

/**
 * Machines that a recording works on but never shows as a whole: made after the first machine that it shows, with the
 * names and addresses that address lists give and the NICs that answers and observations show.
 */
export function sparseMachines(lines: readonly Line[], objects: RecordedObjects): JsonObject[] {
  const [template] = objects.machines.values();
  if (template === undefined) return [];
  const nics = nicsInAnswers(lines);
  addObserved(lines, nics);
  const summaries = objects.addressRows
    .map(({ row }) => ({ summary: objectAt(row, "node_summary"), ip: textAt(row, "ip") }))
    .filter(({ summary }) => summary["node_type"] === 0);
  const created = new Set(
    lines.flatMap((line) => {
      const isCreation = line.kind === "exchange" && line.method === "POST" && apiPath(line) === "/machines/";
      return isCreation && operationOf(line) === undefined ? [textAt(line.body as JsonObject, "system_id")] : [];
    }),
  );
  const wanted = new Set([...nics.keys(), ...summaries.map(({ summary }) => textAt(summary, "system_id"))]);
  return [...wanted]
    .filter((id) => !objects.machines.has(id) && !objects.racks.has(id) && !created.has(id))
    .map((systemId) => {
      const known = summaries.find(({ summary }) => summary["system_id"] === systemId);
      const hostname = known === undefined ? `machine-${systemId}` : textAt(known.summary, "hostname");
      const body = { ...renewIds(template, systemId), hostname, tag_names: [], description: "" };
      return withNics(body, [...(nics.get(systemId)?.values() ?? [])], known?.ip);
    });
}
