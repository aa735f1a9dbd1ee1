import { readFileSync } from "node:fs";
import type { JsonValue } from "../../../lab/maas/json";

/** One recorded request and its answer. */
export interface Exchange {
  kind: "exchange";
  seq: number;
  section: string;
  note: string;
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  encoding: "form" | "multipart" | "json" | "none";
  /** Pairs of a form, or the body of a JSON request. */
  form: [string, string][] | JsonValue;
  status: number;
  contentType: string;
  /** Headers of the answer, names in lower case. */
  headers: Record<string, string>;
  /** Parsed when the answer was JSON, else its text. */
  body: JsonValue;
}

/** A condensed re-read of a machine. */
export interface Observation {
  kind: "observation";
  seq: number;
  note: string;
  observed: JsonValue;
  volumeGroups?: JsonValue;
}

/** A machine's status that was set outside the API. */
export interface StateChange {
  kind: "state";
  seq: number;
  systemId: string;
  status: string;
}

/** A line of a recording. */
export type Line = Exchange | Observation | StateChange;

interface RawLine {
  seq: number;
  section?: string;
  note?: string;
  method?: string;
  path?: string;
  query?: Record<string, string | string[]> | null;
  encoding?: string | null;
  form?: [string, string][] | JsonValue;
  status?: number;
  headers?: Record<string, string>;
  body?: JsonValue;
  observed?: JsonValue;
  volume_groups?: JsonValue;
  state?: { system_id: string; set_status: string };
}

const ENCODINGS = ["form", "multipart", "json"] as const;

function exchange(raw: RawLine): Exchange {
  const headers = Object.fromEntries(
    Object.entries(raw.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    kind: "exchange",
    seq: raw.seq,
    section: raw.section ?? "",
    note: raw.note ?? "",
    method: raw.method ?? "GET",
    path: raw.path ?? "/",
    query: raw.query ?? {},
    encoding: ENCODINGS.find((encoding) => encoding === raw.encoding) ?? "none",
    form: raw.form ?? [],
    status: raw.status ?? 0,
    contentType: headers["content-type"] ?? "",
    headers,
    body: raw.body ?? null,
  };
}

function line(text: string, place: string): Line {
  const raw = rawLine(text);
  if (raw === undefined) {
    throw new Error(`${place} is no object with a seq: a recording has one JSON object a line (docs/conformance.md)`);
  }
  if (raw.state !== undefined) {
    return { kind: "state", seq: raw.seq, systemId: raw.state.system_id, status: raw.state.set_status };
  }
  if (raw.observed !== undefined) {
    const observation: Observation = {
      kind: "observation",
      seq: raw.seq,
      note: raw.note ?? "",
      observed: raw.observed,
    };
    return raw.volume_groups === undefined ? observation : { ...observation, volumeGroups: raw.volume_groups };
  }
  return exchange(raw);
}

/** Undefined for a text that is no line of a recording. */
function rawLine(text: string): RawLine | undefined {
  try {
    const raw = JSON.parse(text) as Partial<RawLine> | null;
    return typeof raw?.seq === "number" ? (raw as RawLine) : undefined;
  } catch (failure) {
    if (failure instanceof SyntaxError) return undefined;
    throw failure;
  }
}

/** Reads a recording of a real region: a JSON object per line. @throws Error that names the file and the line that is none */
export function readRecording(file: string): Line[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((text, index) => (text.trim() === "" ? [] : [line(text, `${file}, line ${index + 1}`)]));
}

/** The operation that a recorded request names, in its query or its form. */
export function operationOf(recorded: Exchange): string | undefined {
  const { op } = recorded.query;
  if (typeof op === "string") return op;
  if (!Array.isArray(recorded.form)) return undefined;
  const pair = (recorded.form as [string, string][]).find(([name]) => name === "op");
  return pair?.[1];
}
