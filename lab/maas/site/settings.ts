import type { JsonValue } from "../json";
import type { Store } from "../store";
import { SETTINGS, type SettingDefinition } from "./setting-definitions";

/** The definition of a setting; `ntp_server` is an old name of `ntp_servers`. */
export function settingDefinition(name: string): SettingDefinition | undefined {
  const current = name === "ntp_server" ? "ntp_servers" : name;
  return SETTINGS.find((definition) => definition.name === current);
}

/** The value of a setting. */
export function setting(store: Store, name: string): JsonValue {
  const definition = settingDefinition(name);
  if (definition === undefined) throw new Error(`no setting ${name}`);
  return store.site.config[definition.name] ?? definition.default;
}

/** MAAS's words for a setting that does not exist. */
export function unknownSetting(name: string): string {
  const valid = SETTINGS.filter((definition) => definition.unlisted !== true).map((definition) => definition.name);
  return `${name} is not a valid config setting (valid settings are: ${valid.join(", ")}).`;
}
