import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import type { ClusterAccess } from "../control-plane/kubeconfig";
import { KubernetesApiError } from "./api-error";

/** One call to an API server. */
export interface ApiCall {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path with query, e.g. `/api/v1/namespaces`. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  text?: string;
  /** Default `application/json`; the patch kinds name themselves here. */
  contentType?: string;
  /** Default `application/json`. */
  accept?: string;
}

/** How often a server that is busy with itself is asked again. */
const BUSY_RETRIES = 10;

/** A small HTTPS client for one API server: JSON in and out, bearer token, the cluster's own certificate. */
export class ApiClient {
  private readonly agent: Agent;

  constructor(private readonly access: ClusterAccess) {
    this.agent = new Agent({ keepAlive: true, ca: access.certificateAuthority });
  }

  /**
   * Answers the parsed body. A server that is busy with itself (429 just after a CRD came, 503 just after
   * its start) is asked again.
   * @throws KubernetesApiError for an answer that is not 2xx; the socket's own error when there is none.
   */
  async call(call: ApiCall): Promise<unknown> {
    const body = call.body === undefined ? call.text : JSON.stringify(call.body);
    return this.read(call, await this.patiently(() => this.send(call, body)));
  }

  /** Opens a stream of lines (a watch); `signal` ends it. Errors as `call`. */
  async open(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    const call: ApiCall = { method: "GET", path };
    const response = await this.patiently(() => this.send(call, undefined, signal));
    if (response.statusCode !== 200) await this.read(call, response);
    return response;
  }

  /** Whether the server says that it is ready; false also when nothing answers. */
  async isReady(): Promise<boolean> {
    try {
      const response = await this.send({ method: "GET", path: "/readyz" }, undefined);
      response.resume();
      return response.statusCode === 200;
    } catch {
      return false;
    }
  }

  /** Closes the kept connections. */
  close(): void {
    this.agent.destroy();
  }

  private async patiently(send: () => Promise<IncomingMessage>): Promise<IncomingMessage> {
    for (let left = BUSY_RETRIES; ; left -= 1) {
      const response = await send();
      if ((response.statusCode !== 429 && response.statusCode !== 503) || left === 0) return response;
      response.resume();
      await pause(1000 * Number(response.headers["retry-after"] ?? 1));
    }
  }

  private send(call: ApiCall, body: string | undefined, signal?: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        `${this.access.server}${call.path}`,
        {
          method: call.method,
          agent: this.agent,
          ...(signal === undefined ? {} : { signal }),
          headers: {
            authorization: `Bearer ${this.access.token}`,
            accept: call.accept ?? "application/json",
            ...(body === undefined
              ? {}
              : { "content-type": call.contentType ?? "application/json", "content-length": Buffer.byteLength(body) }),
          },
        },
        resolve,
      );
      outgoing.once("error", (error: NodeJS.ErrnoException) => {
        // A kept connection that the server closed meanwhile: the call never arrived, and a fresh one will.
        if (outgoing.reusedSocket && error.code === "ECONNRESET") resolve(this.send(call, body, signal));
        else reject(error);
      });
      outgoing.end(body);
    });
  }

  private async read(call: ApiCall, response: IncomingMessage): Promise<unknown> {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const json = (response.headers["content-type"] ?? "").startsWith("application/json");
    const body: unknown = json && text !== "" ? JSON.parse(text) : text;
    const status = response.statusCode ?? 0;
    if (status < 200 || status > 299) throw new KubernetesApiError(status, call.method, call.path, body);
    return body;
  }
}
