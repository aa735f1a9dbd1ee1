import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** How long a login lasts; milliseconds. */
const LIFETIME = 15 * 60 * 1000;

/** Keys and logins: who may call the API. */
export class Sessions {
  private readonly tokens = new Map<string, number>();

  constructor(
    private readonly apiKey: string,
    private readonly password: string | undefined,
    private readonly now: () => number,
  ) {}

  /** Whether the headers carry the API key (`ApiKey`) or a token of a login (`Authorization`, no scheme). */
  admits(headers: { apikey?: string | undefined; authorization?: string | undefined }): boolean {
    if (headers.apikey !== undefined) return equal(headers.apikey, this.apiKey);
    const until = headers.authorization === undefined ? undefined : this.tokens.get(headers.authorization);
    return until !== undefined && until > this.now();
  }

  /** A token for 15 minutes, or undefined for a wrong user or password. */
  login(user: string, emailId: string, password: string): string | undefined {
    if (this.password === undefined || user !== emailId || !equal(password, this.password)) return undefined;
    const token = randomBytes(32).toString("base64url");
    this.tokens.set(token, this.now() + LIFETIME);
    return token;
  }
}

/** Whether two secrets are the same, without telling by the time it takes. */
export function equal(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
