import { z } from "zod";

const BEGIN = "-----BEGIN CERTIFICATE-----";
const END = "-----END CERTIFICATE-----";

/** Why a text is no PEM certificate, or several one after the other: lines of base64 between the lines BEGIN and END CERTIFICATE. Shows none of it. */
export function certificateProblem(text: string): string | undefined {
  if (/PRIVATE KEY/.test(text)) return "holds a private key, which belongs nowhere here: give certificates only";
  const lines = text.trim().split(/\r?\n/);
  if (lines[0] !== BEGIN) return `is not a PEM certificate: it starts with ${BEGIN}`;
  let body: string[] | undefined;
  for (const line of lines) {
    if (line === BEGIN && body === undefined) body = [];
    else if (line === END && body !== undefined && isBase64(body.join(""))) body = undefined;
    else if (body !== undefined && /^[A-Za-z0-9+/=]+$/.test(line)) body.push(line);
    else if (body !== undefined || line !== "")
      return `is not a PEM certificate: between ${BEGIN} and ${END}, each on a line of its own, are lines of base64 only`;
  }
  return body === undefined ? undefined : `is not a whole PEM certificate: it ends with ${END}`;
}

function isBase64(text: string): boolean {
  return text !== "" && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

/** Certificates as PEM text. */
export const certificateText = z.string().superRefine((text, context) => {
  const problem = certificateProblem(text);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});
