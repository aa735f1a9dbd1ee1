/** Something that was done to the real region between two lines of a recording and is not in it. */
export interface Hint {
  /** It is done before the line with this number. */
  before: number;
  /** A machine's status set outside the API. */
  status?: { systemId: string; status: string };
  /** A request that was left out, in the ids of the recording. */
  request?: { method: "POST" | "PUT" | "DELETE"; path: string; form?: [string, string][] };
}

/** Hints by file name of the recording. */
export const HINTS: Readonly<Record<string, readonly Hint[]>> = {
  "maas-transcript.ndjson": [],
};
