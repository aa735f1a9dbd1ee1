import { authorizationHeader, parseMaasKey } from "./oauth";

/** MAAS refused a request, or could not be reached (`status` 0). */
export class MaasError extends Error {
  override readonly name = "MaasError";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Form fields; a list is sent as a repeated field. */
export type Form = Record<string, string | number | readonly string[] | undefined>;

/** How long one answer of MAAS is waited for; milliseconds. */
const TIMEOUT = 30_000;

/** A client of one MAAS region, for what the cluster controller and the look-ups need. */
export class MaasClient {
  private readonly base: string;

  /**
   * @param endpoint MAAS URL, e.g. `http://maas:5240/MAAS`.
   * @param apiKey consumer:token:secret.
   */
  constructor(
    endpoint: string,
    private readonly apiKey: string,
  ) {
    this.base = `${endpoint.replace(/\/+$/, "")}/api/2.0`;
  }

  /** @throws MaasError */
  get(path: string, query: Form = {}): Promise<unknown> {
    const text = encode(query).toString();
    return this.send("GET", text === "" ? path : `${path}?${text}`);
  }

  /** @throws MaasError */
  post(path: string, operation: string | undefined, form: Form = {}): Promise<unknown> {
    return this.send("POST", operation === undefined ? path : `${path}?op=${operation}`, form);
  }

  /** @throws MaasError */
  put(path: string, form: Form): Promise<unknown> {
    return this.send("PUT", path, form);
  }

  /** @throws MaasError */
  async delete(path: string): Promise<void> {
    await this.send("DELETE", path);
  }

  private async send(method: string, path: string, form?: Form): Promise<unknown> {
    const key = parseMaasKey(this.apiKey);
    if (!key) throw new MaasError(0, "the MAAS API key is not of the form consumer:token:secret");
    const { status, text } = await this.exchange(method, `${this.base}${path}`, authorizationHeader(key), form);
    if (status >= 200 && status < 300) return text === "" ? undefined : parseJson(text);
    // The text of a 401 can hold the token secret.
    if (status === 401) throw new MaasError(401, "MAAS does not accept the API key (401 Unauthorized)");
    throw new MaasError(status, `MAAS answered ${status}: ${text.trim() || "no text"}`);
  }

  private async exchange(
    method: string,
    url: string,
    authorization: string,
    form: Form | undefined,
  ): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(url, {
        method,
        headers: { authorization, accept: "application/json", "user-agent": "palette-lab-controller" },
        ...(form && { body: encode(form) }),
        signal: AbortSignal.timeout(TIMEOUT),
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw new MaasError(
        0,
        `MAAS at ${this.base} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`,
      );
    }
  }
}

function encode(form: Form): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    if (value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) fields.append(name, String(each));
  }
  return fields;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
