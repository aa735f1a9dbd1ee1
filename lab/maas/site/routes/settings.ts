import { missingParameter, saveErrors } from "../../server/refusal";
import type { MaasAnswer, MaasRequest, Route } from "../../server/route";
import { readSetting } from "../read-setting";
import { setting, settingDefinition, unknownSetting } from "../settings";

function get({ query, store }: MaasRequest): MaasAnswer {
  const name = query.get("name");
  if (name === undefined) throw missingParameter("name");
  if (settingDefinition(name) === undefined) throw saveErrors({ [name]: [unknownSetting(name)] });
  return { status: 200, json: setting(store, name), headers: { "Content-Type": "application/json" } };
}

function set({ form, store }: MaasRequest): MaasAnswer {
  const name = form.get("name");
  if (name === undefined) throw missingParameter("name");
  const value = form.get("value");
  if (value === undefined) throw missingParameter("value");
  const definition = settingDefinition(name);
  if (definition === undefined) throw saveErrors({ [name]: [unknownSetting(name)] });
  store.site.config[definition.name] = readSetting(store, definition, value);
  store.changed();
  return { status: 200, text: "OK" };
}

/** `maas/?op=get_config` answers a bare JSON value, `set_config` the text OK. */
export const settingRoutes: Route[] = [
  { method: "GET", path: "/maas/", operation: "get_config", handle: get },
  { method: "POST", path: "/maas/", operation: "set_config", handle: set },
];
