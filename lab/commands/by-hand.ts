import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { visible, visibleJson } from "../../text/visible";
import { callLab } from "../control-client";
import type { LabAddresses } from "../lab";
import { fieldOf, listOf, textOf } from "../kubernetes/objects";
import { UsageError, type LabCommand } from "./command";
import { runningLab } from "./running";

/** What an operator does by hand, beside the program: through the servers' own APIs. */
export const byHandCommands: Record<string, LabCommand> = {
  maas: {
    usage: "VERB PATH [KEY=VALUE…]",
    description:
      "one call to MAAS's API as its administrator: maas GET machines/; maas PUT nodes/ID/interfaces/ID/ mtu=9000",
    run: async ([verb, path, ...fields]) => {
      if (verb === undefined || path === undefined) throw new UsageError("maas VERB PATH [KEY=VALUE…]");
      checkCall(verb, path);
      console.log(pretty(await callMaas(await runningLab(), verb, path, fields)));
    },
  },
  palette: {
    usage: "VERB PATH [JSON]",
    description:
      "one call to Palette's API with the lab's key, in the lab's project: palette GET /v1/dashboard/clusterprofiles/metadata",
    run: async ([verb, path, body]) => {
      if (verb === undefined || path === undefined) throw new UsageError("palette VERB PATH [JSON]");
      checkCall(verb, path);
      if (!path.startsWith("/")) throw new UsageError(`"${path}" is no path of Palette's API: it begins with /v1/`);
      const lab = await runningLab();
      console.log(pretty(await callPalette(lab, verb, path, body)));
    },
  },
  machine: {
    usage: "HOST mtu INTERFACE VALUE | HOST OPERATION [KEY=VALUE…] | HOST status STATUS",
    description:
      "changes a machine behind the program's back: an MTU; one of MAAS's operations (release, lock, power_off …); or, outside the API, a status such as ready",
    run: async ([host, action, ...rest]) => {
      if (host === undefined || action === undefined) throw new UsageError("machine HOST ACTION …");
      console.log(await changeMachine(await runningLab(), host, action, rest));
    },
  },
};

/** Verbs that the simulated APIs know. */
const VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/**
 * Refuses what no server would understand.
 * @throws UsageError naming the word and its rule
 */
function checkCall(verb: string, path: string): void {
  if (!VERBS.includes(verb.toUpperCase())) throw new UsageError(`"${verb}" is no verb: ${VERBS.join(", ")}`);
  if (!/^[!-~]*$/.test(path)) {
    throw new UsageError(`"${path}" holds blanks or letters that a path does not: write them as %20 and so on`);
  }
  if (/%(?![0-9a-f]{2})/i.test(path)) {
    throw new UsageError(`"${path}" is no percent-encoded text: write % itself as %25`);
  }
}

async function changeMachine(lab: LabAddresses, host: string, action: string, rest: string[]): Promise<string> {
  const [first, second] = rest;
  switch (action) {
    case "status":
      if (first === undefined) throw new UsageError("machine HOST status STATUS");
      await callLab(lab, "POST", "machine-status", { machine: host, status: first });
      return `${host} is ${first}`;
    case "mtu": {
      if (first === undefined || second === undefined) throw new UsageError("machine HOST mtu INTERFACE VALUE");
      const machine = await machineOf(lab, host);
      const found = listOf(machine, "interface_set").find((one) => textOf(one, "name") === first);
      if (found === undefined) throw new Error(`${host} has no interface ${first}`);
      const path = `nodes/${textOf(machine, "system_id")}/interfaces/${String(fieldOf(found, "id"))}/`;
      const after = JSON.parse(await callMaas(lab, "PUT", path, [`mtu=${second}`])) as unknown;
      const now = String(fieldOf(after, "effective_mtu"));
      if (now !== second) {
        const state = textOf(machine, "status_name") ?? "unknown";
        throw new Error(
          `${first} of ${host} keeps MTU ${now}: MAAS ignores an MTU on a machine in this state (${state})`,
        );
      }
      return `${first} of ${host} has MTU ${now}`;
    }
    default: {
      const path = `machines/${textOf(await machineOf(lab, host), "system_id")}/?op=${encodeURIComponent(action)}`;
      const after = JSON.parse(await callMaas(lab, "POST", path, rest)) as unknown;
      return `${host}: ${action}; MAAS says ${textOf(after, "status_name")}`;
    }
  }
}

async function machineOf(lab: LabAddresses, host: string): Promise<unknown> {
  const machines = JSON.parse(
    await callMaas(lab, "GET", `machines/?hostname=${encodeURIComponent(host)}`, []),
  ) as unknown;
  const [machine] = listOf(machines);
  if (machine === undefined) throw new Error(`the lab's MAAS has no machine ${host}`);
  return machine;
}

/** Calls that Palette refuses with a project. */
const tenantOnly = /^\/v1\/(dashboard\/)?projects(\/|\?|$)/;

/** One call to Palette's API in the scope of the lab's project, for which nearly every call is. */
async function callPalette(lab: LabAddresses, verb: string, path: string, body?: string): Promise<string> {
  const headers = { apikey: lab.paletteApiKey, "content-type": "application/json" };
  if (tenantOnly.test(path)) return send(`${lab.paletteUrl}${path}`, verb, headers, body);
  const answer = await send(`${lab.paletteUrl}/v1/dashboard/projects/metadata`, "GET", headers);
  const projects = listOf(JSON.parse(answer) as unknown, "items").map((item) => fieldOf(item, "metadata"));
  const project = projects.find((metadata) => textOf(metadata, "name") === lab.paletteProject);
  return send(`${lab.paletteUrl}${path}`, verb, { ...headers, projectuid: textOf(project, "uid") ?? "" }, body);
}

/** One call to MAAS's API (path below /MAAS/api/2.0/), signed with the lab's key. */
function callMaas(lab: LabAddresses, verb: string, path: string, fields: string[]): Promise<string> {
  const [consumer = "", token = "", secret = ""] = lab.maasApiKey.split(":");
  const parameters: Record<string, string> = {
    oauth_version: "1.0",
    oauth_signature_method: "PLAINTEXT",
    oauth_consumer_key: consumer,
    oauth_token: token,
    oauth_signature: `%26${secret}`,
    oauth_nonce: randomBytes(12).toString("hex"),
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
  };
  const authorization = `OAuth ${Object.entries(parameters)
    .map(([name, value]) => `${name}="${value}"`)
    .join(", ")}`;
  const form = new URLSearchParams();
  for (const field of fields) {
    const separator = field.indexOf("=");
    if (separator < 1) throw new UsageError(`"${field}" is not KEY=VALUE`);
    form.append(field.slice(0, separator), field.slice(separator + 1));
  }
  const headers = { authorization, "content-type": "application/x-www-form-urlencoded" };
  return send(`${lab.maasUrl}/api/2.0/${path.replace(/^\//, "")}`, verb, headers, form.toString());
}

/** Answers the body; an answer that is no success ends the command with the server's text. */
async function send(url: string, verb: string, headers: Record<string, string>, body = ""): Promise<string> {
  const method = verb.toUpperCase();
  const { status, content } = await new Promise<{ status: number; content: string }>((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (response) => {
      text(response).then((content) => resolve({ status: response.statusCode ?? 0, content }), reject);
    });
    outgoing.once("error", reject);
    outgoing.end(method === "GET" ? undefined : body);
  });
  if (status < 200 || status > 299) throw new Error(`${method} ${url}: ${status} ${content}`);
  return content;
}

function pretty(content: string): string {
  try {
    return visibleJson(JSON.parse(content), 2);
  } catch {
    return visible(content);
  }
}
