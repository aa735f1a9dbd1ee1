import busboy from "busboy";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { refusal } from "./refusal";
import type { JsonValue } from "../json";
import { fromJson, fromQuery, TextParameters } from "./text-parameters";

async function multipart(request: IncomingMessage): Promise<TextParameters> {
  const pairs: [string, string][] = [];
  await new Promise<void>((resolve, reject) => {
    const parser = busboy({ headers: request.headers });
    parser.on("field", (name, value) => pairs.push([name, value]));
    // The API's own clients send every parameter as a file part without a file name's meaning: its text is the value.
    parser.on("file", (name, stream) => {
      text(stream).then((value) => pairs.push([name, value]), reject);
    });
    parser.on("error", reject);
    parser.on("close", resolve);
    request.pipe(parser);
  });
  return new TextParameters(pairs);
}

function json(body: string): TextParameters {
  try {
    return fromJson(JSON.parse(body) as JsonValue);
  } catch {
    throw refusal(400, "Bad Request");
  }
}

/** Reads a request's body as parameters: urlencoded, multipart or JSON; any other content type counts as none. */
export async function readBody(request: IncomingMessage): Promise<TextParameters> {
  const type = (request.headers["content-type"] ?? "").toLowerCase();
  if (type.startsWith("multipart/form-data")) return multipart(request);
  const body = await text(request);
  if (type.startsWith("application/json")) return body === "" ? new TextParameters() : json(body);
  return type.startsWith("application/x-www-form-urlencoded") ? fromQuery(body) : new TextParameters();
}
