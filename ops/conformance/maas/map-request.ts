import type { JsonValue } from "../../../lab/maas/json";
import { sectionKind } from "./id-kinds";
import type { IdKind, IdMap } from "./id-map";
import type { Exchange } from "./recording";

/** Kinds of the ids that request parameters hold. */
const FIELDS: Record<string, IdKind> = {
  parent: "interface",
  parents: "interface",
  vlan: "vlan",
  relay_vlan: "vlan",
  subnet: "subnet",
  source: "subnet",
  destination: "subnet",
  fabric: "fabric",
  space: "space",
  domain: "domain",
  id: "address",
  link_id: "address",
  root_device: "blockdevice",
  boot_disk: "blockdevice",
  cache_device: "blockdevice",
  block_devices: "blockdevice",
  partitions: "partition",
  cache_set: "cache-set",
};

/** A recorded request with the simulator's ids in the place of the recorded ones. */
export interface MappedRequest {
  method: string;
  /** As sent, with its query. */
  target: string;
  parameters: [string, string][];
  contentType?: string;
  body?: string;
}

function mapText(ids: IdMap, value: string, kind: IdKind | undefined): string {
  for (const named of ["system", "hostname"]) {
    const mapped = ids.simulated(named, value);
    if (mapped !== value) return mapped;
  }
  const named = /^(fabric|space)-(\d+)$/.exec(value);
  if (named?.[1] !== undefined && named[2] !== undefined) return `${named[1]}-${ids.simulated(named[1], named[2])}`;
  if (kind !== undefined && /^\d+$/.test(value)) return ids.simulated(kind, value);
  return value.replace(/<[a-z_]+>/g, (placeholder) => ids.simulated("secret", placeholder));
}

function mapPath(ids: IdMap, path: string): string {
  const segments = path.split("/");
  return segments
    .map((segment, index) => {
      const section = segments[index - 1] ?? "";
      const ofFabric = section === "vlans" && segments[index - 3] === "fabrics";
      const mapped = mapText(ids, decodeURIComponent(segment), ofFabric ? undefined : sectionKind(section));
      return mapped === decodeURIComponent(segment) ? segment : encodeURIComponent(mapped);
    })
    .join("/");
}

function mapJson(ids: IdMap, value: JsonValue, kind: IdKind | undefined): JsonValue {
  if (Array.isArray(value)) return value.map((one) => mapJson(ids, one, kind));
  if (typeof value === "number") return kind === undefined ? value : Number(ids.simulated(kind, String(value)));
  if (typeof value === "string") return mapText(ids, value, kind);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapJson(ids, one, FIELDS[name])]));
}

const BOUNDARY = "----recorded-form-boundary";

function multipart(pairs: readonly [string, string][]): string {
  const parts = pairs.map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join("")}--${BOUNDARY}--\r\n`;
}

function pairsOf(form: Exchange["form"]): [string, string][] {
  return Array.isArray(form) ? (form as [string, string][]) : [];
}

function body(recorded: Exchange, form: [string, string][], ids: IdMap): Pick<MappedRequest, "contentType" | "body"> {
  switch (recorded.encoding) {
    case "none":
      return {};
    case "json":
      return {
        contentType: "application/json",
        body: JSON.stringify(mapJson(ids, recorded.form, undefined)),
      };
    case "multipart":
      return { contentType: `multipart/form-data; boundary=${BOUNDARY}`, body: multipart(form) };
    case "form":
      return {
        contentType: "application/x-www-form-urlencoded",
        body: new URLSearchParams(form).toString(),
      };
  }
}

/** Puts the simulator's ids into a recorded request. What no id is known of stays as it is. */
export function mapRequest(recorded: Exchange, ids: IdMap): MappedRequest {
  const query = Object.entries(recorded.query).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, mapText(ids, one, FIELDS[name])]),
  );
  const form = pairsOf(recorded.form).map(([name, value]): [string, string] => [
    name,
    mapText(ids, value, FIELDS[name]),
  ]);
  const search = query.length === 0 ? "" : `?${new URLSearchParams(query).toString()}`;
  return {
    method: recorded.method,
    target: `${mapPath(ids, recorded.path)}${search}`,
    parameters: [...query, ...form],
    ...body(recorded, form, ids),
  };
}
