import { InputError } from "../dynamic/errors";

/** Bounds of one request. */
export interface RequestLimits {
  /** Milliseconds from the first byte sent to the last byte received, however steadily the bytes arrive. */
  readonly deadline: number;
  /** Bytes of a body after decompression. */
  readonly maxBytes: number;
}

/** Environment variable that overrides the deadline of every request, in seconds. */
export const deadlineVariable = "VMO_METAL_REQUEST_SECONDS";

/** Environment variable that overrides the size limit of every answer, in mebibytes. */
export const sizeVariable = "VMO_METAL_ANSWER_MEBIBYTES";

/** A list of 2000 machines at 31 KB each. */
export const defaultMaxBytes = 64 * 1024 * 1024;

/**
 * The limits of an API's requests: those of the environment, else the defaults.
 *
 * @throws InputError when a variable is not a positive number
 */
export function requestLimits(defaults: RequestLimits, environment: NodeJS.ProcessEnv = process.env): RequestLimits {
  const seconds = positive(deadlineVariable, environment);
  const mebibytes = positive(sizeVariable, environment);
  return {
    deadline: seconds === undefined ? defaults.deadline : seconds * 1000,
    maxBytes: mebibytes === undefined ? defaults.maxBytes : Math.ceil(mebibytes * 1024 * 1024),
  };
}

function positive(variable: string, environment: NodeJS.ProcessEnv): number | undefined {
  const text = environment[variable]?.trim();
  if (text === undefined || text === "") return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InputError(`${variable} is "${text}", but must be a number above 0. Correct it or unset it.`, variable);
}
