import { z } from "zod";
import { type ProblemOf, shown } from "./checked-text";
import { hostProblem } from "./dns-names";
import { lineProblem } from "./plain-text";

/** Why a text is no `http(s)://host` address without credentials, query and fragment, or undefined when it is one. */
export function webAddressProblem(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text)) return "is not a web address: start it with http:// or https://";
  const problem = urlProblem(text);
  if (problem !== undefined) return problem;
  const url = new URL(text);
  if (url.search !== "" || url.hash !== "" || /[?#]/.test(text)) return "has a query or fragment: leave it out";
  return undefined;
}

/**
 * Why a text is no URL with a host, or has characters that a URL must write as %XX. JavaScript's own reader repairs such texts silently.
 */
export function urlProblem(text: string): string | undefined {
  const characters = urlCharacterProblem(text);
  if (characters !== undefined) return characters;
  const [, host = ""] = /^[a-z-]+:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(text) ?? [];
  if (host === "" || !URL.canParse(text)) return "is not a web address: write http(s)://host:port/path";
  // Underscores and a dot at the end are no part of DNS host names, and resolvers take them.
  const problem = hostProblem(host.replaceAll("_", "-").replace(/(?<=[^.])\.$/, ""));
  return problem === undefined ? undefined : `names the host ${shown(host)}, which ${problem}`;
}

/** A digest behind the name of a container image. */
const digest = /@sha256:[0-9a-f]{64}$/;

/** Why a text is no address of a disk image: on a web server, in a container registry (`docker://`) or in an archive (`oci-archive:`). */
export function imageAddressProblem(text: string): string | undefined {
  if (/^https?:/i.test(text))
    return urlProblem(text) ?? (text.includes("#") ? "has a fragment: leave it out" : undefined);
  if (!/^(docker:\/\/|oci-archive:)[^/:@]/.test(text))
    return "is not an image address: http://, https://, docker:// or oci-archive:, without credentials";
  const problem = urlCharacterProblem(text);
  if (problem !== undefined) return problem;
  return text.replace(digest, "").includes("@")
    ? "has a digest that is none: write @sha256: and 64 hexadecimal digits"
    : undefined;
}

/** Why a text has characters that an address must write as %XX. */
export function urlCharacterProblem(text: string): string | undefined {
  const line = lineProblem(text);
  if (line !== undefined) return line;
  const odd = /[^\x21-\x7e]|["<>\\^`{|}]/u.exec(text)?.[0];
  return odd === undefined
    ? undefined
    : `has ${shown(odd)}, which no web address has: write it as ${encodeURIComponent(odd)}`;
}

/** Whether a text holds, or may hold, credentials: no message may show it. */
export function holdsCredentials(text: string): boolean {
  return /^[^/?#]*:?[/\\]*[^/?#\\]*@/.test(text.replace(digest, ""));
}

/** A web address. One that holds credentials is refused without showing it. */
export function webAddressField(problemOf: ProblemOf, description: string, examples: readonly string[]) {
  return z
    .string()
    .superRefine((text, context) => {
      const problem = holdsCredentials(text)
        ? "the address holds credentials: take them out, keys are stack secrets or environment variables"
        : problemOf(text);
      if (problem !== undefined)
        context.addIssue({ code: "custom", message: holdsCredentials(text) ? problem : `${shown(text)} ${problem}` });
    })
    .meta({ description, examples: [...examples] });
}
