import { ApiError } from "../dynamic/errors";

/** The error of an update whose object vanished since the last refresh. */
export function gone(what: string, id: string): ApiError {
  return new ApiError({
    api: "MAAS",
    method: "GET",
    endpoint: `${what} (id ${id})`,
    status: 404,
    detail: "it is not there any more.",
    advice: "Run the command again with --refresh, so that it is made anew.",
  });
}

/** Whether MAAS refused a creation because the name or number is taken. */
export function isDuplicate(failure: unknown): boolean {
  return (
    failure instanceof ApiError && failure.status === 400 && /already exists|must be unique/i.test(failure.message)
  );
}
