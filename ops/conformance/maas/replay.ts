import { basename } from "node:path";
import { startMaasSimulator } from "../../../lab/maas";
import { textAt } from "../../../lab/maas/machines/import-values";
import type { JsonObject, JsonValue } from "../../../lab/maas/json";
import { Client, type Answer } from "./client";
import { Comparison, type Difference } from "./compare";
import { parseKey, Signer } from "./credentials";
import { HINTS, type Hint } from "./hints";
import { IdMap } from "./id-map";
import { mapRequest } from "./map-request";
import { condense, named, subjectOf } from "./observe";
import { apiPath } from "./recorded-objects";
import { operationOf, type Exchange, type Line, type Observation, type StateChange } from "./recording";
import { ID_FLOOR, importRecordedRegion } from "./region-of-recording";
import type { Outcome, Report, Result } from "./report";
import { UNORDERED_ANSWERS } from "./volatile";
import type { MaasSimulator } from "../../../lab/maas/maas-simulator";

/** Nothing that takes time happens during a replay: the recorded region had nothing that lets time pass. */
const STANDING_STILL = 1e-6;

/** Texts of these are not compared: they hold times, keys or Python's own words. */
const FREE_TEXT = [401, 500];

function endpointOf(recorded: Exchange): string {
  const path = apiPath(recorded)
    .replace(/^\/(nodes|machines|rackcontrollers)\/[^/]+/, "/$1/:id")
    .replace(/\/(interfaces|blockdevices|partition)\/[^/]+/g, "/$1/:id")
    .replace(/^\/(zones|tags|users)\/[^/]+/, "/$1/:name")
    .replace(/^\/subnets\/.+\/$/, "/subnets/:id/")
    .replace(/^\/(?!nodes|machines|zones|tags|users|subnets|rackcontrollers)([a-z-]+)\/[^/]+/, "/$1/:id")
    .replace(/\/vlans\/\d+/, "/vlans/:vid");
  const operation = operationOf(recorded);
  return `${recorded.method} ${path}${operation === undefined ? "" : `?op=${operation}`}`;
}

function isUnserved(recorded: Exchange, answer: Answer): boolean {
  if (answer.status === recorded.status) return false;
  const text = typeof answer.body === "string" ? answer.body : "";
  return answer.status === 405 || text.startsWith("Unknown API endpoint") || text.startsWith("Unrecognised signature");
}

class Replay {
  private readonly ids = new IdMap();
  private readonly client: Client;
  private readonly signer: Signer;
  private readonly report: Report = { exchanges: [], observations: [] };
  /** The last machine answer by system id of the recording, for observations. */
  private lastMachine: JsonObject | undefined;
  private lastSeq = 0;

  constructor(
    private readonly simulator: MaasSimulator,
    private readonly hints: readonly Hint[],
  ) {
    this.client = new Client(simulator.port);
    this.signer = new Signer(parseKey(simulator.apiKey));
  }

  async run(lines: readonly Line[]): Promise<Report> {
    let done = 0;
    for (const line of lines) {
      for (const hint of this.hints.filter(({ before }) => before > done && before <= line.seq)) await this.apply(hint);
      done = Math.max(done, line.seq);
      if (line.kind === "state") this.setStatus(line);
      else if (line.kind === "observation") await this.observe(line);
      else await this.exchange(line);
    }
    this.client.close();
    return this.report;
  }

  private setStatus({ systemId, status }: Pick<StateChange, "systemId" | "status">): void {
    this.simulator.setMachineStatus(this.ids.simulated("system", systemId), status);
  }

  private async apply(hint: Hint): Promise<void> {
    if (hint.status !== undefined) this.setStatus(hint.status);
    if (hint.request === undefined) return;
    const { method, path, form = [] } = hint.request;
    const [plain = "", search = ""] = `/MAAS/api/2.0${path}`.split("?");
    const recorded: Exchange = {
      ...{
        kind: "exchange",
        seq: hint.before,
        section: "",
        note: "",
        status: 200,
        contentType: "",
        headers: {},
        body: null,
      },
      method,
      path: plain,
      query: Object.fromEntries(new URLSearchParams(search)),
      encoding: "form",
      form,
    };
    const answer = await this.client.send(mapRequest(recorded, this.ids), this.signer.own());
    if (answer.status >= 300) {
      const refused = `${answer.status} ${JSON.stringify(answer.body)}`;
      throw new Error(`the hint before line ${hint.before} was refused: ${refused}`);
    }
    const made = isRecord(answer.body) ? answer.body["id"] : undefined;
    if (hint.makes !== undefined && typeof made === "number") {
      this.ids.bind(hint.makes.kind, hint.makes.id, String(made));
    }
  }

  private async exchange(recorded: Exchange): Promise<void> {
    const mapped = mapRequest(recorded, this.ids);
    const url = `http://127.0.0.1:${this.simulator.port}${mapped.target.split("?")[0] ?? ""}`;
    const answer = await this.client.send(mapped, this.signer.authorization(recorded, url, mapped.parameters));
    this.bindHostname(recorded, answer);
    const comparison = this.comparison(recorded);
    const differences = this.differences(recorded, answer, comparison);
    const unserved = isUnserved(recorded, answer);
    const outcome: Outcome = differences.length === 0 ? "agree" : unserved ? "not served" : "disagree";
    const request = `${recorded.method} ${mapped.target}${mapped.body === undefined ? "" : ` [${mapped.body}]`}`;
    const note = `${recorded.note === "" ? "" : `${recorded.note} | `}${request}`;
    const reordered = outcome === "agree" && comparison.reordered;
    const endpoint = endpointOf(recorded);
    const headers = otherHeaders(recorded, answer);
    this.report.exchanges.push({ seq: recorded.seq, endpoint, note, outcome, differences, reordered, headers });
    this.lastSeq = recorded.seq;
    this.lastMachine = isMachine(answer.body) ? answer.body : undefined;
  }

  /** A machine that is made without a host name gets one that each region invents. */
  private bindHostname(recorded: Exchange, { body }: Answer): void {
    const created = recorded.method === "POST" && apiPath(recorded) === "/machines/";
    if (!created || operationOf(recorded) !== undefined || !isMachine(recorded.body) || !isMachine(body)) return;
    if (JSON.stringify(recorded.form).includes('"hostname"')) return;
    this.ids.bind("hostname", textAt(recorded.body, "hostname"), textAt(body, "hostname"));
  }

  private comparison(recorded: Exchange): Comparison {
    const plainRead = recorded.method === "GET" && operationOf(recorded) === undefined;
    const path = apiPath(recorded);
    return new Comparison(this.ids, plainRead && UNORDERED_ANSWERS.some((answer) => answer.path.test(path)));
  }

  private differences(recorded: Exchange, answer: Answer, comparison: Comparison): Difference[] {
    if (recorded.status !== answer.status) {
      const simulated = `${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`;
      return [
        { at: "status", recorded: `${recorded.status} ${JSON.stringify(recorded.body).slice(0, 300)}`, simulated },
      ];
    }
    const types = [recorded.contentType, answer.contentType].map((type) => type.split(";")[0] ?? "");
    if (types[0] !== types[1]) {
      return [{ at: "content type", recorded: recorded.contentType, simulated: answer.contentType }];
    }
    if (FREE_TEXT.includes(recorded.status)) return [];
    return comparison.compare(recorded.body, answer.body);
  }

  private async observe(line: Observation): Promise<void> {
    const subject = subjectOf(line.observed);
    const candidates =
      line.seq === this.lastSeq && this.lastMachine !== undefined ? [this.lastMachine] : await this.machines();
    let fewest: Difference[] = [
      { at: "machine", recorded: JSON.stringify(line.observed).slice(0, 300), simulated: "none" },
    ];
    for (const machine of candidates) {
      const mark = this.ids.mark();
      const differences = new Comparison(this.ids).compare(
        named(line.observed, subject),
        named(condense(machine, subject, line.observed), subject),
      );
      if (differences.length === 0) {
        fewest = [];
        break;
      }
      this.ids.rollback(mark);
      if (fewest[0]?.at === "machine" || differences.length < fewest.length) fewest = differences;
    }
    const outcome: Outcome = fewest.length === 0 ? "agree" : "disagree";
    const result: Result = {
      seq: line.seq,
      endpoint: "observed",
      note: line.note,
      outcome,
      differences: fewest,
      reordered: false,
      headers: [],
    };
    this.report.observations.push(result);
  }

  /** Every machine of the simulator: an observation does not say which one it is of, so it may be any. */
  private async machines(): Promise<JsonObject[]> {
    const target = "/MAAS/api/2.0/machines/";
    const { body } = await this.client.send({ method: "GET", target, parameters: [] }, this.signer.own());
    return Array.isArray(body) ? body.filter(isMachine) : [];
  }
}

/** Headers of which only the presence is looked at: their values are a server's own. */
const PRESENCE_ONLY = ["x-maas-api-hash", "server"];

function otherHeaders({ headers }: Exchange, answer: Answer): string[] {
  const names = Object.keys(headers).filter((name) => name !== "content-length");
  return names.flatMap((name) => {
    const value = answer.headers[name];
    const same = PRESENCE_ONLY.includes(name) ? value !== undefined : value === headers[name];
    return same ? [] : [`${name}: ${String(value)} (recorded: ${headers[name] ?? ""})`];
  });
}

function isRecord(body: JsonValue): body is JsonObject {
  return typeof body === "object" && body !== null && !Array.isArray(body);
}

function isMachine(body: JsonValue): body is JsonObject {
  return isRecord(body) && "interface_set" in body;
}

/** Replays a recording of a real region against a fresh simulator and compares every answer. */
export async function replay(file: string, lines: readonly Line[]): Promise<Report> {
  const simulator = await startMaasSimulator({ seed: false, timeScale: STANDING_STILL });
  try {
    simulator.load({ ...simulator.region(), floor: ID_FLOOR });
    importRecordedRegion(simulator.store, lines);
    return await new Replay(simulator, HINTS[basename(file)] ?? []).run(lines);
  } finally {
    await simulator.close();
  }
}
