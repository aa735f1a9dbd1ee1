import type { Exchange } from "./exchange";
import type { RequestLimits } from "./limits";
import { deadlineVariable, sizeVariable } from "./limits";
import { deadlineExceeded, neverSent, tooLarge } from "./retry";

/** What an error message says about a failed request. */
export interface Explanation {
  /** What happened. */
  readonly detail: string;
  /** What the operator can do next. */
  readonly advice?: string;
  /** The API's own error code. */
  readonly code?: string;
  /** The API itself states that the object does not exist. */
  readonly absent?: boolean;
}

/** What explanations of one API's failures need to know. */
export interface ServerFacts {
  /** `MAAS` or `Palette`. */
  readonly api: string;
  /** Where the server is set in the datacenter description: `maas` for `maas.url` and `maas.caCertificate`. */
  readonly setting: string;
  /** Base address. */
  readonly url: string;
  /** Whether a certificate authority is set. */
  readonly hasCaCertificate: boolean;
  readonly limits: RequestLimits;
  /** The proxy of the environment that requests go through. */
  readonly proxy?: { readonly variable: string; readonly proxy: string } | undefined;
}

/** Certificates that no known authority signed. */
const untrusted =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY)|CERT_UNTRUSTED|CERT_CHAIN)/;

/** Explains a request that got no answer. `tries` is how often it was sent. */
export function explainNetwork(exchange: Exchange, server: ServerFacts, tries: number): Explanation {
  const code = "code" in exchange.outcome ? exchange.outcome.code : "";
  const tried = tries > 1 ? ` (tried ${tries} times)` : "";
  const { api, setting, limits } = server;
  if (code === deadlineExceeded) {
    const seconds = limits.deadline / 1000;
    return {
      detail: `the answer was not complete within the limit of ${seconds} s${tried}.`,
      advice: `Check that ${api} is healthy and the network is not congested, then run the command again. If ${api} needs longer, set ${deadlineVariable} above ${seconds}.`,
    };
  }
  if (code === tooLarge) {
    const mebibytes = limits.maxBytes / 1024 / 1024;
    return {
      detail: `the answer is larger than the limit of ${mebibytes} MiB, so reading stopped.`,
      advice: `Check ${setting}.url in vmo-metal:datacenter: something else than ${api} seems to answer there. If ${api} really holds that much, set ${sizeVariable} above ${mebibytes}.`,
    };
  }
  const detail = firstLine(exchange.text);
  return {
    detail,
    advice: `${adviceByCode(code, server)}${proxyAdvice(server)}${tried === "" ? "" : ` The request was${tried.replace(/[()]/g, "")}.`}`,
  };
}

function adviceByCode(code: string, server: ServerFacts): string {
  const { api, setting, url } = server;
  const authority = `${setting}.caCertificate in vmo-metal:datacenter`;
  const address = `${setting}.url in vmo-metal:datacenter`;
  const { host, protocol, port } = new URL(url);
  if (untrusted.test(code)) {
    const isSet = server.hasCaCertificate ? " The one set there now did not sign this certificate." : "";
    return (
      `No known authority signed the certificate of ${host}: put the PEM of the certificate authority that signed it into ${authority} ` +
      `(for a self-signed certificate the certificate itself).${isSet}`
    );
  }
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    return (
      `The certificate of ${host}, or of its authority, is outside its period of validity: renew it on the server, or correct this machine's clock. ` +
      `If another authority signs the new certificate, put its PEM into ${authority}.`
    );
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH") {
    return (
      `The certificate is for other names than ${host}: use one of its names in ${address}, or install a certificate for this name ` +
      `(and put its authority's PEM into ${authority}, unless it is publicly trusted).`
    );
  }
  if (/^(EPROTO|ERR_SSL|ERR_OSSL|ERR_TLS)/.test(code) && protocol === "https:") {
    return (
      `Port ${port || "443"} of ${host.replace(/:\d+$/, "")} does not speak TLS as expected: check scheme and port of ${address} ` +
      `(http:// for a plain port). A TLS port needs a certificate that ${authority} or a public authority signed.`
    );
  }
  if (code.startsWith("HPE_")) {
    return `What listens at ${host} does not answer in HTTP: check host, port and scheme of ${address}${protocol === "http:" ? "; if the port speaks TLS, write https://" : ""}.`;
  }
  if (neverSent({ code })) return `Check ${address}, and that this machine reaches ${api} at ${host}.`;
  return `The connection broke before the answer was complete; run the command again.${protocol === "http:" ? ` If that happens every time, the port may speak TLS: write https:// in ${address}.` : ""}`;
}

function proxyAdvice({ proxy, url, api }: ServerFacts): string {
  if (proxy === undefined) return "";
  const { hostname } = new URL(url);
  return ` Requests to ${api} go through the proxy ${proxy.proxy} (environment variable ${proxy.variable}): check it, or add ${hostname} to NO_PROXY.`;
}

/** Explains statuses that no API answers by itself, but something between it and us; undefined for all others. */
export function explainIntermediary(exchange: Exchange, server: ServerFacts, tries: number): Explanation | undefined {
  if ("code" in exchange.outcome) return undefined;
  const { status } = exchange.outcome;
  const { api, setting } = server;
  const address = `${setting}.url in vmo-metal:datacenter`;
  if (status >= 300 && status < 400) {
    const to = redirectTarget(exchange.location, server.url);
    return {
      detail: to === undefined ? "a redirect." : `a redirect to ${to}.`,
      advice: `Redirects are not followed: check ${address}${to === undefined ? " (http or https, host, path)" : `, which must name the address that ${api} itself has`}.`,
    };
  }
  if (status === 407) {
    return {
      detail: "the proxy asks for a login.",
      advice: `Put the login into the proxy's address.${proxyAdvice(server)}`,
    };
  }
  if (
    status === 400 &&
    /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server/i.test(exchange.text)
  ) {
    return { detail: "the port speaks TLS.", advice: `Write https:// in ${address}.` };
  }
  if (status === 429 || status === 502 || status === 503 || status === 504) {
    const tried = tries > 1 ? ` (tried ${tries} times)` : "";
    return {
      detail: describeBody(exchange, api),
      advice: `${api}, or a proxy before it, is overloaded or down${tried}; run the command again later.${proxyAdvice(server)}`,
    };
  }
  return undefined;
}

/** A body as a message shows it: one line of printable text. */
export function describeBody(exchange: Pick<Exchange, "text" | "contentType">, api: string): string {
  if (isHtml(exchange)) return `an HTML page, so not an answer of the ${api} API.`;
  const text = firstLine(exchange.text);
  return text === "" ? "no explanation (empty body)." : text;
}

/** Whether a body is an HTML page. */
export function isHtml({ text, contentType }: Pick<Exchange, "text" | "contentType">): boolean {
  return contentType === "text/html" || /^\s*<(!doctype|html)/i.test(text.slice(0, 500));
}

/** At most 500 characters of a text on one line, control characters escaped. */
export function firstLine(text: string): string {
  return text
    .slice(0, 2000)
    .trim()
    .replaceAll(/\s+/g, " ")
    .replaceAll(
      /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    )
    .slice(0, 500);
}

function redirectTarget(location: string | undefined, base: string): string | undefined {
  if (location === undefined || !URL.canParse(location, base)) return undefined;
  const { origin, pathname } = new URL(location, base);
  return firstLine(`${origin}${pathname}`);
}
