import busboy from "busboy";
import type { IncomingHttpHeaders } from "node:http";

/** A file part of a multipart form. */
export interface FormFile {
  fileName: string;
  content: string;
}

/** The fields and files of a multipart form by name. Throws on a body that is none. */
export function readForm(headers: IncomingHttpHeaders, body: Buffer): Promise<Record<string, string | FormFile>> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string | FormFile> = {};
    const parser = busboy({ headers });
    parser.on("field", (name, value) => {
      fields[name] = value;
    });
    parser.on("file", (name, stream, info) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        fields[name] = { fileName: info.filename ?? "", content: Buffer.concat(chunks).toString("utf8") };
      });
    });
    parser.on("error", reject);
    parser.on("close", () => {
      resolve(fields);
    });
    parser.end(body);
  });
}
