import type { ObjectForecast } from "../../../providers/maas/look-ups/site-forecast";
import { approvalEntry, type Danger } from "../../../providers/maas/ownership/dangers";
import { shownChanges, shownValue } from "../../../providers/maas/ownership/messages";
import { recordOf, type RecordedObject } from "../../derived/site-knowledge";
import type { Hit, SiteRule } from "../rule";
import type { SiteFacts } from "../site-facts";

/** An object that the run would find in MAAS: not one that the stack records as created by itself. */
interface Finding extends ObjectForecast {
  readonly record: RecordedObject | undefined;
}

function foundObjects({ maas, recorded }: SiteFacts): Finding[] {
  return (maas?.forecasts ?? [])
    .map((forecast) => ({
      ...forecast,
      record: recordOf({ recorded: recorded ?? null }, forecast.kind, forecast.name, forecast.alias),
    }))
    .filter(
      ({ record, forecast }) => record?.origin !== "created" || (forecast.certain && forecast.origin === "created"),
    );
}

/** Dangerous changes without an entry in `maas.approve`. */
function unapproved({ forecast, approved }: ObjectForecast): readonly Danger[] {
  return forecast.dangers.filter(({ change }) => !approved.includes(change.field));
}

/** A change of what somebody else made takes a word of the operator. */
export const changesPermitted: SiteRule = {
  code: "OBJ013",
  severity: "error",
  rule: "An object that exists and that this datacenter did not create is changed only with maas.adopt.",
  checkSite: (_datacenter, facts) =>
    foundObjects(facts)
      .filter(
        (found) => found.forecast.exists && found.forecast.origin === "adopted" && found.forecast.changes.length > 0,
      )
      .filter((found) => found.forecast.refusal !== undefined && !found.adopt)
      .map(({ path, forecast }): Hit => ({
        path,
        message: `the ${forecast.object} exists already and was not created by this datacenter; the description changes ${shownChanges(forecast.changes)}`,
        fix: "Leave these fields out to keep their values, or set maas.adopt: true (or adopt: true of the network) to change them; a destroy restores them.",
      })),
};

/** Changes that cut hosts off or hand out an address twice are approved one by one. */
export const dangersApproved: SiteRule = {
  code: "OBJ014",
  severity: "error",
  rule: "A dangerous change of an existing object (OWN codes in docs/safety.md) is approved in maas.approve.",
  checkSite: (_datacenter, facts) =>
    foundObjects(facts)
      .filter(({ forecast }) => forecast.refusal !== undefined)
      .flatMap((found) =>
        unapproved(found).map(({ code, change, why, machines }): Hit => {
          const { object } = found.forecast;
          const users = machines.length === 0 ? "" : ` Machines in use on it: ${machines.slice(0, 10).join(", ")}.`;
          return {
            path: found.path,
            message: `${code}: the ${object} exists already, and the description changes ${shownChanges([change])}. ${why}${users}`,
            fix: `Correct the description, or approve the change: maas.approve: [${approvalEntry(object, change.field)}].`,
          };
        }),
      ),
};

/** One owner for each object: who does not own it describes it as it is. */
export const referencesAgree: SiteRule = {
  code: "OBJ015",
  severity: "error",
  rule: "An object of another datacenter's stack, or of a network that is not managed here, exists and is as described.",
  checkSite: (datacenter, facts) =>
    foundObjects(facts)
      .filter(({ forecast }) => forecast.origin === "referenced" && forecast.refusal !== undefined)
      .map(({ path, forecast: { object, owner, exists, changes } }): Hit => {
        if (!exists)
          return {
            path,
            message: `MAAS has no ${object}, and the description states that it is managed elsewhere (managed: false)`,
            fix: "Have it created by its owner, or correct the description.",
          };
        const differences = changes.map(
          ({ field, from, to }) => `${field} is ${shownValue(from)}, described is ${shownValue(to)}`,
        );
        return {
          path,
          message:
            owner === undefined
              ? `the ${object} is not managed here (managed: false) and has other values in MAAS: ${differences.join("; ")}`
              : `the ${object} is managed by the stack of datacenter "${owner}", and datacenter "${datacenter.name}" describes other values: ${differences.join("; ")}`,
          fix: "Describe the values that it has, or have its owner change them.",
        };
      }),
};

/** What a kind refuses for another reason: which object is meant is not clear, or MAAS would misread a value. */
export const objectsClear: SiteRule = {
  code: "OBJ016",
  severity: "error",
  rule: "Every described object of MAAS can be created or found.",
  checkSite: (_datacenter, facts) =>
    foundObjects(facts)
      .filter(({ forecast }) => !forecast.exists && forecast.origin === "created")
      .flatMap(({ path, forecast }): Hit[] =>
        forecast.refusal === undefined
          ? []
          : [{ path, message: forecast.refusal, fix: "Correct the description, or the object in MAAS." }],
      ),
};
