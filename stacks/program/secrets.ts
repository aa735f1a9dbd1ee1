import * as pulumi from "@pulumi/pulumi";
import { apiKey } from "../../providers/dynamic/configuration";

/** The stack's secrets by key, in clear: they go nowhere but into secret inputs. */
export interface StackSecrets {
  /** A secret of the stack; undefined when it is not set. */
  get(key: string): string | undefined;
  /** Keys that are set, the two API keys from the environment included. */
  keys: string[];
  maasApiKey: string | undefined;
  paletteApiKey: string | undefined;
}

/** Keys that a stack may have besides the datacenter itself; tokens of further FlashArrays come on top. */
const known = [
  "flashArrayApiToken",
  "grafanaAdminPassword",
  "windowsAdministratorPassword",
  "guestPassword",
  "portworxSaasKey",
  "powerFlexConfig",
  "kubeconfig",
];

/** Reads the stack's secrets. @param more keys of further secrets that the description names */
export function stackSecrets(datacenterName: string, more: readonly string[]): StackSecrets {
  const config = new pulumi.Config("vmo-metal");
  const reader = { get: (key: string) => config.get(key.replace(/^vmo-metal:/, "")) };
  const maasApiKey = apiKey(reader, datacenterName, "maas");
  const paletteApiKey = apiKey(reader, datacenterName, "palette");
  const get = (key: string): string | undefined => {
    const value = config.get(key);
    return value === "" ? undefined : value;
  };
  const keys = [...new Set([...known, ...more])].filter((key) => get(key) !== undefined);
  return {
    get,
    keys: [
      ...keys,
      ...(maasApiKey === undefined ? [] : ["maasApiKey"]),
      ...(paletteApiKey === undefined ? [] : ["paletteApiKey"]),
    ],
    maasApiKey,
    paletteApiKey,
  };
}
