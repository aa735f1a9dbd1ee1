import { isObject } from "../json";

/** Stands for a text that is not shown. */
export const MASK = "********";

/** Members that hold, or may hold, a credential wherever they stand. */
const SECRET_MEMBERS = new Set([
  "apiKey",
  "key",
  "password",
  "token",
  "Authorization",
  "kubeconfig",
  "defaultValue",
  "values",
  "content",
  "secret",
]);

/**
 * The value with everything masked that may be a credential: keys, passwords, kubeconfigs, and the texts that users put
 * them into (pack values, manifest contents, values of variables and patches). A masked text stays a text, so that
 * the result can still be held to a schema. The `key` of a taint stays: it stands beside an `effect`.
 */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isSecret(name, value) && !Array.isArray(member) ? masked(member) : withoutSecrets(member),
    ]),
  );
}

// Texts, and maps of texts such as a cluster's values of variables.
function masked(value: unknown): unknown {
  if (typeof value === "string") return value === "" ? value : MASK;
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, masked(member)]))
    : value;
}

function isSecret(name: string, owner: Record<string, unknown>): boolean {
  if (name === "key") return !("effect" in owner);
  if (name === "value") return "name" in owner || "op" in owner;
  return SECRET_MEMBERS.has(name);
}
