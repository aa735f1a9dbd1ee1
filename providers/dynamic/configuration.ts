import { InputError } from "./errors";

/** Reads one string of the stack's configuration, by key with or without namespace; objects arrive as JSON text. */
export interface ConfigurationReader {
  get(key: string): string | undefined;
}

/** The two APIs that need a key. */
export type KeyedApi = "maas" | "palette";

/**
 * The environment variable that may hold a datacenter's API key, e.g. `VMO_METAL_DC1_MAAS_API_KEY`. It carries the datacenter's
 * name so that one datacenter's key never acts on another.
 */
export function keyVariable(datacenterName: string, api: KeyedApi): string {
  const name = datacenterName.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
  return `VMO_METAL_${name}_${api.toUpperCase()}_API_KEY`;
}

/** The stack secret that holds an API's key when the environment does not. */
export function keySecret(api: KeyedApi): string {
  return `vmo-metal:${api}ApiKey`;
}

/**
 * The API key of a datacenter: from its environment variable first (so that a rotated key is used by every command, also those
 * that replay the configuration kept in state), else from the stack secret.
 *
 * @returns undefined when neither is set: only a call that needs it fails then, see {@link missingKey}.
 */
export function apiKey(
  configuration: ConfigurationReader,
  datacenterName: string,
  api: KeyedApi,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const fromEnvironment = environment[keyVariable(datacenterName, api)]?.trim();
  if (fromEnvironment !== undefined && fromEnvironment !== "") return fromEnvironment;
  const fromStack = configuration.get(keySecret(api))?.trim();
  return fromStack === "" ? undefined : fromStack;
}

/**
 * Where a key came from, for messages: the environment variable that holds it, else the stack secret. An operator who has set the secret anew
 * learns so that an old variable still wins.
 */
export function keyOrigin(api: KeyedApi, key: string, environment: NodeJS.ProcessEnv = process.env): string {
  const named = new RegExp(`^VMO_METAL_.+_${api.toUpperCase()}_API_KEY$`);
  const variable = Object.keys(environment).find((name) => named.test(name) && environment[name]?.trim() === key);
  return variable === undefined
    ? keySecret(api)
    : `the environment variable ${variable}, which wins over ${keySecret(api)}`;
}

/** The error for a call that needs a key which nobody set. */
export function missingKey(datacenterName: string, api: KeyedApi): InputError {
  const secret = keySecret(api);
  return new InputError(
    `No ${api === "maas" ? "MAAS" : "Palette"} API key for datacenter "${datacenterName}". ` +
      `Set the environment variable ${keyVariable(datacenterName, api)}, or run: pulumi config set --secret ${secret}`,
    secret,
  );
}

/** Those parts of the `vmo-metal:datacenter` object that a connection is made of. */
export interface ConnectionConfiguration {
  name: string;
  maas?: { url?: string; formerUrls?: string[]; caCertificate?: string; parallel?: number };
  palette?: { url?: string; project?: string; formerUrls?: string[]; caCertificate?: string };
  existingCluster?: { kubeconfigFile?: string; context?: string };
}

/**
 * Reads the connection part of the datacenter description as the engine hands it to a provider (JSON text). The description as a
 * whole is validated by the program; here only what a connection needs is looked at.
 *
 * @throws InputError when the key is missing or is no JSON object.
 */
export function connectionConfiguration(configuration: ConfigurationReader): ConnectionConfiguration {
  const text = configuration.get("vmo-metal:datacenter");
  if (text === undefined) {
    throw new InputError(
      'The stack has no "vmo-metal:datacenter". Describe the datacenter in the stack file; stacks/examples/ has complete ones.',
      "vmo-metal:datacenter",
    );
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError('"vmo-metal:datacenter" must be an object.', "vmo-metal:datacenter");
  }
  return value as ConnectionConfiguration;
}
