import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { MaasSimulator } from "../maas-simulator";
import { readSeedOptions } from "../seed/seed-region";
import type { NewFault } from "../server/faults";

/** What a request of the admin surface is answered with. */
interface AdminAnswer {
  status: number;
  body: unknown;
}

type AdminRoute = (simulator: MaasSimulator, body: Record<string, unknown>, rest: string) => unknown;

function textField(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value !== "string" || value === "") throw new Error(`the body lacks ${name}`);
  return value;
}

function numberField(body: Record<string, unknown>, name: string): number {
  const value = body[name];
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Error(`the body lacks the number ${name}`);
  return value;
}

const ROUTES: Record<string, AdminRoute> = {
  "GET /lab/dump": (simulator) => simulator.dump(),
  "POST /lab/reset": (simulator, body) => {
    simulator.reset(readSeedOptions(body));
    return { reset: true };
  },
  "GET /lab/faults": (simulator) => simulator.faults.list(),
  "POST /lab/faults": (simulator, body) => simulator.faults.add(body as unknown as NewFault),
  "DELETE /lab/faults": (simulator, _body, rest) => {
    simulator.faults.clear(rest === "" ? undefined : Number(rest));
    return { cleared: true };
  },
  "GET /lab/requests": (simulator) => ({
    inFlightHighWaterMark: simulator.requests.inFlightHighWaterMark,
    requests: simulator.requests.list(),
  }),
  "DELETE /lab/requests": (simulator) => {
    simulator.requests.clear();
    return { cleared: true };
  },
  "POST /lab/time-scale": (simulator, body) => {
    simulator.setTimeScale(numberField(body, "timeScale"));
    return { timeScale: body["timeScale"] };
  },
  "POST /lab/machine-status": (simulator, body) => {
    simulator.setMachineStatus(textField(body, "machine"), textField(body, "status"));
    return { machine: body["machine"], status: body["status"] };
  },
  "POST /lab/machine-operation": async (simulator, body) => {
    await simulator.machineOperation(textField(body, "machine"), textField(body, "operation"));
    return { machine: body["machine"], operation: body["operation"] };
  },
};

function authorised(header: string | undefined, adminToken: string): boolean {
  const given = Buffer.from(header ?? "");
  const wanted = Buffer.from(`Bearer ${adminToken}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function answer(simulator: MaasSimulator, adminToken: string, request: IncomingMessage): Promise<AdminAnswer> {
  if (!authorised(request.headers.authorization, adminToken)) {
    return { status: 401, body: { error: "the lab's admin token is missing or wrong" } };
  }
  const [, section = "", rest = ""] =
    /^(\/lab\/[a-z-]+)\/?([^/]*)$/.exec((request.url ?? "").split("?")[0] ?? "") ?? [];
  const route = ROUTES[`${request.method ?? "GET"} ${section}`];
  if (route === undefined) return { status: 404, body: { error: `no ${request.method ?? ""} ${request.url ?? ""}` } };
  const sent = await text(request);
  try {
    const body = sent === "" ? {} : (JSON.parse(sent) as Record<string, unknown>);
    return { status: 200, body: await route(simulator, body, rest) };
  } catch (error) {
    return { status: 400, body: { error: reasonOf(error) } };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}

/**
 * The lab's own surface of a simulator, below /lab/ (a path that MAAS does not have), for another process: dump, reset,
 * faults, requests, time scale and machine status, as JSON, with the admin token as bearer token.
 */
export function adminSurface(
  simulator: () => MaasSimulator,
  adminToken: string,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const { status, body } = await answer(simulator(), adminToken, request);
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(body));
  };
}
