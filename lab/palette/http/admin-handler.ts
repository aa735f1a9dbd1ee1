import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Faults } from "../faults";
import { FAULT_KINDS, faultSchema } from "../faults";
import type { State } from "../model/state";
import type { ExchangeLog } from "../observation/exchange-log";
import type { RequestLog } from "../observation/request-log";
import { readBody } from "./body";
import { equal } from "./sessions";

/** What the admin surface acts on. */
export interface AdminParts {
  adminToken: string;
  faults: Faults;
  requests: RequestLog;
  exchanges: ExchangeLog | undefined;
  state(): State;
  save(): void;
  setTimeScale(timeScale: number): void;
  dump(): unknown;
  reset(): Promise<void>;
}

type Operation = (parts: AdminParts, body: unknown) => unknown;

/** The operations of `/lab/`, for other processes of the lab. */
const OPERATIONS: Record<string, Operation> = {
  "GET /lab/dump": (parts) => parts.dump(),
  "POST /lab/reset": (parts) => parts.reset(),
  "GET /lab/faults": (parts) => parts.faults.list(),
  "POST /lab/faults": (parts, body) => {
    parts.faults.add(faultSchema.parse(body));
  },
  "DELETE /lab/faults": (parts, body) => {
    parts.faults.clear(z.object({ kind: z.enum(FAULT_KINDS).optional() }).parse(body ?? {}).kind);
  },
  "GET /lab/requests": (parts) => ({
    requests: parts.requests.entries,
    maximumInFlight: parts.requests.maximumInFlight,
  }),
  "DELETE /lab/requests": (parts) => {
    parts.requests.clear();
  },
  "GET /lab/exchanges": (parts) => parts.exchanges?.entries ?? [],
  "DELETE /lab/exchanges": (parts) => {
    parts.exchanges?.clear();
  },
  "POST /lab/time-scale": (parts, body) => {
    parts.setTimeScale(z.strictObject({ timeScale: z.number().positive() }).parse(body).timeScale);
  },
  /** Gives a gateway a state: `Running` or any other. */
  "PUT /lab/gateways": (parts, body) => {
    const { name, state } = z.strictObject({ name: z.string(), state: z.string() }).parse(body);
    const gateway = parts.state().gateways.find((each) => each.name === name);
    if (!gateway) throw new AdminRefusal(404, `there is no gateway '${name}'`);
    gateway.state = state;
    parts.save();
  },
  /** Moves a pack to other content under the same tag, switches it off, or (without either) takes it out of the registry. */
  "PUT /lab/packs": (parts, body) => {
    parts.state().packRevisions.push(
      z
        .strictObject({
          name: z.string(),
          tag: z.string(),
          values: z.string().optional(),
          disabled: z.boolean().optional(),
        })
        .parse(body),
    );
    parts.save();
  },
};

/** A refusal of the admin surface. */
class AdminRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Serves one request under `/lab/`, for whoever holds the admin token (`Authorization: Bearer <token>`). */
export async function serveAdmin(parts: AdminParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (!equal(request.headers.authorization ?? "", `Bearer ${parts.adminToken}`))
      throw new AdminRefusal(401, "the admin token is missing or wrong");
    const path = new URL(request.url ?? "/", "http://palette").pathname;
    const operation = OPERATIONS[`${request.method ?? "GET"} ${path}`];
    if (!operation) throw new AdminRefusal(404, `there is no ${request.method ?? ""} ${path}`);
    const raw = await readBody(request);
    const result = await operation(parts, raw.length === 0 ? undefined : JSON.parse(raw.toString("utf8")));
    send(response, 200, result ?? {});
  } catch (error) {
    const status = error instanceof AdminRefusal ? error.status : 400;
    send(response, status, { error: error instanceof z.ZodError ? z.prettifyError(error) : String(error) });
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}
