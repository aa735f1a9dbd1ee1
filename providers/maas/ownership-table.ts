import { defaultDomainKind } from "./default-domain";
import { dnsRecordKind } from "./dns-record";
import { domainKind } from "./domain";
import { fabricKind } from "./fabric";
import { ipRangeKind } from "./ip-range";
import type { OwnedKind } from "./owned-kind-options";
import { type ObjectKind, dangerRules } from "./ownership/dangers";
import { shownValue } from "./ownership/messages";
import { type AnyFieldTable, defaultValues } from "./ownership/values";
import { resourcePoolKind } from "./resource-pool";
import { settingKind } from "./setting";
import { spaceKind } from "./space";
import { staticRouteKind } from "./static-route";
import { subnetKind } from "./subnet";
import { tagKind } from "./tag";
import { vlanDhcpKind } from "./vlan-dhcp";
import { vlanKind } from "./vlan";
import { zoneKind } from "./zone";

/** What is written and restored of one field, for each origin of its object. */
export interface OwnershipRow {
  readonly object: ObjectKind;
  /** Name of the field in messages and in `maas.approve`. */
  readonly field: string;
  /** What a created object gets; deleted with it. */
  readonly created: string;
  /** What an adopted object gets, and what a destroy does. */
  readonly adopted: string;
  readonly referenced: string;
  /** Where the previous value survives a run that could not record it. */
  readonly previous: string;
  /** Codes of the rules about dangerous changes. */
  readonly dangers: readonly string[];
}

/** The parts of a kind that the table is made of. */
type TabledKind = Pick<OwnedKind<object>, "objectKind" | "fields" | "markerText">;

/** Every kind whose objects may exist already, in the order of the tables. */
export const ownedKinds = [
  resourcePoolKind,
  zoneKind,
  tagKind,
  domainKind,
  defaultDomainKind,
  dnsRecordKind,
  fabricKind,
  vlanKind,
  vlanDhcpKind,
  subnetKind,
  ipRangeKind,
  staticRouteKind,
  spaceKind,
  settingKind,
] as const;

const kinds: readonly TabledKind[] = ownedKinds;

/** Objects that every MAAS has, so that this program never creates them. */
const alwaysFound: readonly ObjectKind[] = ["default domain", "dhcp", "setting"];

/** Returns one row for each field of each kind of site object, derived from the field tables that the providers act by. */
export function ownershipRows(): OwnershipRow[] {
  return kinds.flatMap(({ objectKind, fields, markerText }) =>
    Object.entries(fields).map(([key, field]): OwnershipRow => {
      const name = field.name ?? key;
      return {
        object: objectKind,
        field: name,
        created: alwaysFound.includes(objectKind) ? "never created" : createdText(fields, key),
        adopted: `${field.always === true ? "written if it differs" : "written if described"}; restored if still ours`,
        referenced: field.always === true ? "compared" : "compared if described",
        previous: markerText === undefined ? "state" : field.unmarked === true ? "state" : "state and marker",
        dangers: dangerRules
          .filter(({ object, fields: named }) => object === objectKind && named.includes(name))
          .map(({ code }) => code),
      };
    }),
  );
}

function createdText(fields: AnyFieldTable, key: string): string {
  if (fields[key]?.always === true) return "enforced as described";
  const table = fields as Parameters<typeof defaultValues<object>>[0];
  if (table[key]?.byDefault === undefined) return "enforced if described";
  const byDefault = defaultValues<object>({ [key]: table[key] }, {})[key];
  return `enforced; default ${byDefault === undefined ? "derived from the other inputs" : shownValue(byDefault)}`;
}

/** Returns the table of fields in Markdown. */
export function ownershipTable(): string {
  const rows = ownershipRows().map(({ object, field, created, adopted, referenced, previous, dangers }) =>
    [object, field, created, adopted, referenced, previous, dangers.join(", ")].join(" | "),
  );
  return [
    "| object | field | created | adopted | referenced | previous value in | dangerous |",
    "|---|---|---|---|---|---|---|",
    ...new Set(rows.map((row) => `| ${row} |`)),
  ].join("\n");
}

/** Returns the table of dangerous changes in Markdown. */
export function dangerTable(): string {
  const rows = dangerRules.map(
    ({ code, object, fields, condition, why }) =>
      `| ${code} | ${object} | ${fields.map((field) => `\`${field}\``).join(", ")} | ${condition} | ${why} |`,
  );
  return ["| rule | object | fields | dangerous when | because |", "|---|---|---|---|---|", ...rows].join("\n");
}
