import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { InputError } from "../dynamic/errors";
import { optional, text } from "../dynamic/fields";
import type { ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import type { SettingValue } from "./client/site-types";
import { type MaasConnection, connectMaas } from "./connection";

/** Inputs of a {@link Setting}. */
export interface SettingArgs {
  /** Name of the setting as the API has it, e.g. `enable_disk_erasing_on_release`. */
  name: pulumi.Input<string>;
  /** Its value; `null` clears it. */
  value: pulumi.Input<boolean | number | string | null>;
}

interface SettingInputs {
  name: string;
  value: SettingValue;
}

interface SettingOutputs {
  former: SettingValue;
}

/** The setting that makes MAAS erase the disks of every machine that is released. */
export const diskErasingSetting = "enable_disk_erasing_on_release";

/** The kind behind {@link Setting}. Settings always exist: they are taken over, and get their former value back on destroy. */
export const settingKind: ResourceKind<SettingInputs, SettingOutputs, MaasConnection> = {
  kind: "maas:Setting",
  schema: {
    name: text("the name of a MAAS setting"),
    value: optional(
      z.union([z.boolean(), z.number(), z.string()], { error: "must be true, false, a number, a text or null" }),
    ),
  },
  outputs: ["former"],
  replaceOn: ["name"],
  connect: connectMaas,

  async create(link, inputs) {
    await link.client.ready();
    const former = await link.client.settings.get(inputs.name);
    refuseMisread(inputs, former);
    if (!sameSetting(former, inputs.value)) await link.client.settings.set(inputs.name, inputs.value);
    return { id: inputs.name, outputs: { former } };
  },

  async read(link, id, state) {
    await link.client.ready();
    const present = await link.client.settings.get(id);
    const wanted = state.value;
    const value = wanted !== undefined && sameSetting(present, wanted) ? wanted : present;
    return { id, inputs: { name: id, value }, outputs: { former: state.former ?? null } };
  },

  async update(link, id, olds, news) {
    await link.client.ready();
    refuseMisread(news, await link.client.settings.get(id));
    await link.client.settings.set(id, news.value);
    return { outputs: { former: olds.former } };
  },

  async delete(link, id, state) {
    await link.client.ready();
    if (id === diskErasingSetting && state.former === true) {
      link.log.of("maas:Setting", id).info("disk erasing stays off: a destroy never turns it on again");
      return;
    }
    const present = await link.client.settings.get(id);
    if (!sameSetting(present, state.former)) await link.client.settings.set(id, state.former);
  },
};

/**
 * Refuses what MAAS would misread: of a setting that is true or false it takes every text but `false` for true, `off` and `no` too.
 *
 * @throws InputError
 */
function refuseMisread(inputs: SettingInputs, present: SettingValue): void {
  if (typeof present !== "boolean" || typeof inputs.value === "boolean") return;
  throw new InputError(
    `MAAS setting "${inputs.name}" is true or false, but ${JSON.stringify(inputs.value)} is described; MAAS would read most texts as true. ` +
      "Write true or false, without quotes.",
    "value",
  );
}

/** MAAS keeps numbers and texts as it likes, and an empty text as null. */
function sameSetting(left: SettingValue, right: SettingValue): boolean {
  if (typeof left === "boolean" || typeof right === "boolean") return left === right;
  return String(left ?? "") === String(right ?? "");
}

/**
 * A setting of MAAS (API: maas/?op=set_config). On destroy the former value is put back, but disk erasing is never turned on
 * again: the disks of machines that are released later would be wiped.
 */
export class Setting extends ServedResource<SettingInputs, SettingOutputs, MaasConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly value: pulumi.Output<boolean | number | string | null>;
  /** The value before. */
  declare public readonly former: pulumi.Output<boolean | number | string | null>;

  constructor(name: string, args: SettingArgs, options?: pulumi.CustomResourceOptions) {
    super(settingKind, name, args, options);
  }

  /** A setting that is managed elsewhere; its id is its name. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Setting {
    return new Setting(name, {} as SettingArgs, { ...options, id });
  }
}
