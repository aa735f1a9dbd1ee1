import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { yamlText } from "../../profiles/render/yaml-text";
import { InputError } from "../dynamic/errors";

/** How one cluster is reached; certificates and keys as PEM text. */
export interface KubernetesAccess {
  server: string;
  certificateAuthority?: string;
  clientCertificate?: string;
  clientKey?: string;
  token?: string;
}

interface Named {
  name?: string;
  [part: string]: unknown;
}

/**
 * Access as the current context of a kubeconfig gives it: by token or client certificate.
 *
 * @throws InputError when the kubeconfig has no usable context, or needs a program to log in
 */
export function kubeconfigAccess(kubeconfig: string): KubernetesAccess {
  const config = parsed(kubeconfig);
  const context = member(config, "contexts", "context", text(config["current-context"]));
  const cluster = member(config, "clusters", "cluster", text(context["cluster"]));
  const user = member(config, "users", "user", text(context["user"]));
  const server = text(cluster["server"]);
  if (server === undefined) throw new InputError("The kubeconfig's current context names no cluster with a server.");
  if (user["exec"] !== undefined || user["auth-provider"] !== undefined)
    throw new InputError(
      "The kubeconfig logs in through a program. Use one with a token or a client certificate, such as Palette's admin kubeconfig.",
    );
  return {
    server: server.replace(/\/$/, ""),
    ...given("certificateAuthority", pem(cluster, "certificate-authority")),
    ...given("clientCertificate", pem(user, "client-certificate")),
    ...given("clientKey", pem(user, "client-key")),
    ...given("token", text(user["token"])),
  };
}

/**
 * A kubeconfig whose current context is the given one.
 *
 * @throws InputError when it has no such context
 */
export function withContext(kubeconfig: string, context: string): string {
  const config = parsed(kubeconfig);
  const contexts = Array.isArray(config["contexts"]) ? (config["contexts"] as Named[]) : [];
  if (!contexts.some(({ name }) => name === context)) {
    const known = contexts.map(({ name }) => name).join(", ") || "none";
    throw new InputError(`The kubeconfig has no context "${context}": there are ${known}.`);
  }
  return yamlText({ ...config, "current-context": context }, 80);
}

function parsed(kubeconfig: string): Record<string, unknown> {
  const config: unknown = parse(kubeconfig);
  if (typeof config === "object" && config !== null) return config as Record<string, unknown>;
  throw new InputError("The kubeconfig is empty or no YAML object.");
}

function member(
  config: Record<string, unknown>,
  list: string,
  part: string,
  name: string | undefined,
): Record<string, unknown> {
  const entries = Array.isArray(config[list]) ? (config[list] as Named[]) : [];
  const found = entries.find((entry) => entry.name === name)?.[part];
  return typeof found === "object" && found !== null ? (found as Record<string, unknown>) : {};
}

/** Embedded as base64, or in a file. */
function pem(part: Record<string, unknown>, field: string): string | undefined {
  const data = text(part[`${field}-data`]);
  if (data !== undefined) return Buffer.from(data, "base64").toString("utf8");
  const file = text(part[field]);
  return file === undefined ? undefined : readFileSync(file, "utf8");
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function given<Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<Key, string>>);
}
