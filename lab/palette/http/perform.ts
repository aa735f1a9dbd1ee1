import type { Palette } from "../palette";
import { recordAudit } from "../recorder";
import type { Answer } from "./answer";
import type { Call } from "./call";
import { forbidden, invalid } from "./error";
import type { Match } from "./router";

/** A request whose body was read. */
export interface Request {
  verb: string;
  path: string;
  query: URLSearchParams;
  /** `ProjectUid` header. */
  projectUid: string | undefined;
  body: unknown;
}

/** An answer with the uid of its audit record. */
export interface Performed {
  answer: Answer;
  auditUid?: string;
}

const ACTIONS = { POST: "create", PUT: "update", PATCH: "update", DELETE: "delete" } as const;

/**
 * Runs an operation: checks its scope, answers, writes the state down and, for a change, an audit record.
 * @throws PaletteError
 */
export async function perform(palette: Palette, match: Match, request: Request): Promise<Performed> {
  const { route, params } = match;
  const { query, body, projectUid } = request;
  checkScope(palette, match, projectUid);
  const call: Call = { palette, params, query, body, projectUid };
  const answer = await route.handle(call);
  if (route.verb === "GET" || answer.status === 200) {
    if (route.verb !== "GET") palette.store.save();
    return { answer };
  }
  const auditUid = recordAudit(palette, {
    projectUid: projectUid ?? "",
    actionType: ACTIONS[route.verb],
    message: `${route.permission}: ${request.verb} ${request.path}`,
    resource: { kind: route.permission.split(".")[0] ?? "", uid: subject(answer, params) },
  });
  palette.store.save();
  return { answer, auditUid };
}

function checkScope(palette: Palette, { route }: Match, projectUid: string | undefined): void {
  if (projectUid === undefined) {
    // A project's object asked for without its project is forbidden, not missing.
    if (route.scope === "project") throw forbidden(route.permission);
    return;
  }
  if (route.scope === "tenant")
    throw invalid("ProjectUidIsNotEmpty", "The operation is in tenant scope: call it without the header ProjectUid");
  const known = palette.state.projects.some((project) => project.uid === projectUid);
  if (!known || palette.faults.on("wrong-scope")) throw forbidden(route.permission);
}

function subject(answer: Answer, params: Record<string, string>): string {
  const body = answer.json;
  const made = typeof body === "object" && body !== null && !Array.isArray(body) ? body["uid"] : undefined;
  return typeof made === "string" ? made : (params["uid"] ?? params["configUid"] ?? "");
}
