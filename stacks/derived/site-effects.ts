import type { ObjectForecast } from "../../providers/maas/look-ups/site-forecast";
import { shownValue } from "../../providers/maas/ownership/messages";
import type { ReportedEffect } from "../run-report/run-report";
import { recordOf, type RecordedObject } from "./site-knowledge";

/** What a run does with an object of MAAS that exists already. */
export interface SiteEffect {
  /** `recognised`: it bears this datacenter's marker, but the stack's state does not have it. */
  readonly relation: "recognised" | "adopted" | "referenced";
  /** The object as messages name it. */
  readonly object: string;
  /** The other datacenter that owns a referenced object; null = the description states that it is managed elsewhere. */
  readonly owner: string | null;
  /** Fields that change; of a referenced object those that differ. */
  readonly fields: ReportedEffect["fields"];
  /** Whether the stack has managed the object before. */
  readonly known: boolean;
}

/**
 * Returns what a run does with objects that exist: those that it finds for the first time, and those that it has adopted and changes.
 * What the stack created is not among them: the engine shows its changes. Pure.
 */
export function siteEffects(
  forecasts: readonly ObjectForecast[],
  recorded: readonly RecordedObject[] | null,
): SiteEffect[] {
  return forecasts.flatMap(({ kind, name, alias, forecast }): SiteEffect[] => {
    const record = recordOf({ recorded }, kind, name, alias);
    const known = record !== undefined;
    if (!forecast.exists || record?.origin === "created" || (known && forecast.changes.length === 0)) return [];
    return [
      {
        relation: forecast.origin === "created" ? "recognised" : forecast.origin,
        object: forecast.object,
        owner: forecast.owner ?? null,
        fields: forecast.changes.map(({ field, from, to }) => ({
          field,
          actual: shownValue(from),
          desired: shownValue(to),
        })),
        known,
      },
    ];
  });
}

/** Returns the lines of a preview: one for each object with a change, and one for all others of a relation. Pure. */
export function effectLines(effects: readonly SiteEffect[]): string[] {
  const changing = effects.filter(({ fields }) => fields.length > 0).map(changeLine);
  const unchanged = new Map<string, string[]>();
  for (const effect of effects.filter(({ fields }) => fields.length === 0)) {
    const relation = unchangedRelation(effect);
    unchanged.set(relation, [...(unchanged.get(relation) ?? []), effect.object]);
  }
  return [...changing, ...[...unchanged].map(([relation, objects]) => `${relation}: ${objects.join(", ")}`)];
}

/** Returns the effects as the run report states them. Pure. */
export function reportedEffects(effects: readonly SiteEffect[]): ReportedEffect[] {
  return effects.map((effect): ReportedEffect => {
    const kind = effect.relation === "referenced" ? "reference" : effect.known ? "change" : "adopt";
    const text = effect.fields.length > 0 ? changeLine(effect) : `${unchangedRelation(effect)}: ${effect.object}`;
    return { kind, object: effect.object, text, fields: effect.fields, hosts: [] };
  });
}

function changeLine({ relation, object, owner, fields }: SiteEffect): string {
  const changes = fields.map(({ field, actual, desired }) => `${field} ${actual} -> ${desired}`).join(", ");
  return `${object} exists in MAAS, ${changing(relation, owner)}: ${changes}`;
}

function changing(relation: SiteEffect["relation"], owner: string | null): string {
  switch (relation) {
    case "recognised":
      return "bears this datacenter's marker, and changes";
    case "adopted":
      return "is adopted, and changes";
    case "referenced":
      return `is managed ${owner === null ? "elsewhere" : `by datacenter "${owner}"`}, and differs (actual -> described)`;
  }
}

function unchangedRelation({ relation, owner }: SiteEffect): string {
  switch (relation) {
    case "recognised":
      return "Exist in MAAS with this datacenter's marker, recognised without a change";
    case "adopted":
      return "Exist in MAAS, adopted without a change";
    case "referenced":
      return owner === null
        ? "Exist in MAAS, managed elsewhere, compared and never written"
        : `Exist in MAAS, managed by datacenter "${owner}", compared and never written`;
  }
}
