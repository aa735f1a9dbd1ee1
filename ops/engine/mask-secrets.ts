import { Transform } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** What stands in place of a secret; the engine's own word for it. */
const mask = "[secret]";

/** Shorter ones would mask half of the text, and are no secrets. */
const shortest = 6;

/** A kubeconfig's credentials, which are not known before the cluster is: in YAML or JSON, also as text within text. */
const kubeconfigSecrets = /\b(token|client-key-data)((?:\\*["'])?\s*:\s*(?:\\*["'])?)[A-Za-z0-9_\-+/=.]{12,}/g;

/**
 * Answers a function that replaces secrets in a text: as they are, as JSON and Go write them within quotes, in base64, and any kubeconfig's
 * credentials.
 */
export function secretsMask(secrets: readonly string[]): (text: string) => string {
  const forms = [...new Set(secrets.filter((secret) => secret.length >= shortest).flatMap(formsOf))];
  // A longer form goes first: a shorter one may be a part of it.
  forms.sort((one, other) => other.length - one.length);
  return (text) =>
    forms.reduce((result, form) => result.replaceAll(form, mask), text).replace(kubeconfigSecrets, `$1$2${mask}`);
}

/** The end of a base64 text depends on what follows, so its last group is left out. */
function formsOf(secret: string): string[] {
  const quoted = JSON.stringify(secret).slice(1, -1);
  const base64 = Buffer.from(secret).toString("base64").slice(0, -4);
  return [secret, quoted, JSON.stringify(quoted).slice(1, -1), ...(base64.length >= shortest ? [base64] : [])];
}

/** Masks secrets in what flows through it, line by line, so that none is missed that comes in two pieces. */
export function maskingStream(secrets: readonly string[]): Transform {
  const masked = secretsMask(secrets);
  const decoder = new StringDecoder("utf8");
  let rest = "";
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = rest + decoder.write(chunk);
      const end = text.lastIndexOf("\n") + 1;
      rest = text.slice(end);
      done(null, masked(text.slice(0, end)));
    },
    flush(done) {
      done(null, masked(rest + decoder.end()));
    },
  });
}
