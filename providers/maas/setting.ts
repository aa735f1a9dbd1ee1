import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { InputError } from "../dynamic/errors";
import { optional, text } from "../dynamic/fields";
import { ServedResource } from "../dynamic/resource";
import type { SettingValue } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { ownedKind } from "./owned-kind";
import type { OwnershipInputs } from "./owned-kind-options";
import type { Origin, Owned } from "./ownership/decide";
import { settingObject } from "./ownership/object-names";
import type { Values } from "./ownership/values";

/** Inputs of a {@link Setting}. */
export interface SettingArgs {
  /** Name of the setting as the API has it, e.g. `enable_disk_erasing_on_release`. */
  name: pulumi.Input<string>;
  /** Its value; `null` clears it. */
  value: pulumi.Input<boolean | number | string | null>;
  /** Whether fields of an object that exists already may be changed. Default: false; one that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

interface SettingFields {
  name: string;
  value: SettingValue;
}

type SettingInputs = SettingFields & OwnershipInputs;

/** A setting with its value. */
type SettingAnswer = SettingFields;

/** The setting that makes MAAS erase the disks of every machine that is released. */
export const diskErasingSetting = "enable_disk_erasing_on_release";

/** The kind behind {@link Setting}. Settings always exist: they are adopted, and get their previous value back on destroy. */
export const settingKind = ownedKind<SettingFields, object, SettingAnswer>({
  kind: "maas:Setting",
  objectKind: "setting",
  fields: {
    name: { type: text("the name of a MAAS setting"), always: true, read: (answer) => answer.name },
    value: {
      type: optional(
        z.union([z.boolean(), z.number(), z.string()], { error: "must be true, false, a number, a text or null" }),
      ) as z.ZodType<NonNullable<SettingValue>>,
      always: true,
      read: (answer, { value }) => (value !== undefined && sameSetting(answer.value, value) ? value : answer.value),
    },
  },
  legacyPrevious: (former) => ({ value: former }),
  replaceOn: ["name"],
  object: ({ name }) => settingObject(name),
  isIt: () => true,
  async list(link, { name, value }) {
    const present = await link.client.settings.get(name);
    refuseMisread({ name, value }, present);
    return [{ name, value: present }];
  },
  idOf: (answer) => answer.name,
  byId: async (link, id) => ({ name: id, value: await link.client.settings.get(id) }),
  // MAAS needs both at once, and reads the name from the request's own field.
  form: (_link, { value }) => ({ value }),
  create: async (_link, _fields, { name, value }) => ({ name, value }),
  async send(link, answer, { value }) {
    const wanted = value as SettingValue;
    refuseMisread({ name: answer.name, value: wanted }, answer.value);
    await link.client.settings.set(answer.name, wanted);
  },
  restorable(link, answer, values) {
    if (answer.name !== diskErasingSetting || values["value"] !== true) return values;
    link.log.of("maas:Setting", answer.name).info("disk erasing stays off: a destroy never switches it on");
    return {};
  },
  // The value was set to what it had before; the setting itself stays.
  remove: () => Promise.resolve(),
});

/**
 * Refuses what MAAS would misread: of a setting that is true or false it takes every text but `false` for true, `off` and `no` too.
 *
 * @throws InputError
 */
function refuseMisread(inputs: SettingFields, present: SettingValue): void {
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
 * A setting of MAAS (API: maas/?op=set_config). On destroy the previous value is restored, but disk erasing is never switched
 * on: the disks of machines that are released later would be wiped.
 */
export class Setting extends ServedResource<SettingInputs, Owned, MaasConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly value: pulumi.Output<boolean | number | string | null>;
  declare public readonly adopt: pulumi.Output<boolean>;
  declare public readonly approve: pulumi.Output<string[]>;
  declare public readonly reference: pulumi.Output<boolean>;
  /** Whether it was created here, adopted, or is only referenced. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** Values that managed fields of an adopted object had before. */
  declare public readonly previous: pulumi.Output<Values>;
  /** Values that this stack gave the managed fields of an adopted object. */
  declare public readonly applied: pulumi.Output<Values>;

  constructor(name: string, args: SettingArgs, options?: pulumi.CustomResourceOptions) {
    super(settingKind, name, args, options);
  }

  /** A setting that is managed elsewhere; its id is its name. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Setting {
    return new Setting(name, {} as SettingArgs, { ...options, id });
  }
}
