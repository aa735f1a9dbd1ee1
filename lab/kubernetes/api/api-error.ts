import { textOf } from "../objects";

/** An answer of an API server that is not 2xx: its `Status` object in one line. */
export class KubernetesApiError extends Error {
  override readonly name = "KubernetesApiError";
  /** The server's reason word, such as `NotFound`, `AlreadyExists`, `Conflict`, `Expired`, `Invalid`. */
  readonly reason: string;

  constructor(
    /** HTTP status. */
    readonly status: number,
    method: string,
    path: string,
    body: unknown,
  ) {
    super(`${method} ${path}: ${status} ${textOf(body, "message") ?? (typeof body === "string" ? body : "")}`.trim());
    this.reason = textOf(body, "reason") ?? "";
  }
}

/** Whether an error is an API answer with this HTTP status. */
export function isApiStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof KubernetesApiError && statuses.includes(error.status);
}
