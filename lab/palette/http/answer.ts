import type { Json } from "../json";

/** What a handler answers. */
export interface Answer {
  status: number;
  /** JSON body. */
  json?: Json;
  /** A file to download, sent as application/octet-stream with a Content-Disposition. */
  file?: { name: string; content: string };
}

/** 200 with a JSON body. */
export function ok(json: Json): Answer {
  return { status: 200, json };
}

/** 201 `{"uid": …}`. */
export function created(uid: string): Answer {
  return { status: 201, json: { uid } };
}

/** 202 without body: taken, and done later. */
export const ACCEPTED: Answer = { status: 202 };

/** 204 without body. */
export const NO_CONTENT: Answer = { status: 204 };

/** 200 with a file. */
export function download(name: string, content: string): Answer {
  return { status: 200, file: { name, content } };
}
