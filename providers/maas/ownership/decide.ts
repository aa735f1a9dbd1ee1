import type { Plain } from "../../dynamic/plain";
import type { Marker } from "../marker";
import { type Change, type Danger, type ObjectKind, type Usage, dangersOf } from "./dangers";
import { adoptRefusal, dangerRefusal, referenceRefusal, shownValue } from "./messages";
import { type Values, sameValue } from "./values";

/**
 * Who owns an object of MAAS. `created`: made by this stack, a destroy deletes it. `adopted`: existed before; only described fields
 * are managed, and a destroy restores their previous values. `referenced`: another datacenter's stack owns it, or the description
 * says `managed: false`; it is compared and never written.
 */
export type Origin = "created" | "adopted" | "referenced";

/** The computed outputs of a kind whose objects may exist already. */
export interface Owned {
  readonly origin: Origin;
  /** Values that the managed fields of an adopted object had before, by input; empty for the other origins. */
  readonly previous: Values;
  /** Values that this stack gave the managed fields of an adopted object, by input: only what still has them is restored. */
  readonly applied: Values;
}

/** Everything that decides what happens to an object that exists. */
export interface OwnershipRequest {
  readonly kind: ObjectKind;
  /** The object in `maas.approve` and in messages: `subnet 10.21.0.0/21`. */
  readonly object: string;
  /** The datacenter of this stack. */
  readonly datacenter: string;
  /** Managed fields as MAAS has them. */
  readonly actual: Values;
  /** Fields that the description states. */
  readonly described: Values;
  /** Values of a created object's fields that are enforced although they are not described. */
  readonly defaults: Values;
  /** Names of fields whose input has another one; several inputs may make up one field (`vlan`). */
  readonly names?: Readonly<Record<string, string>>;
  /** The object's marker. */
  readonly marker?: Marker;
  /** Another datacenter that owns the object although it bears no marker of its own, e.g. by what stands on it. */
  readonly owner?: string;
  /** The description says that the object is managed elsewhere. */
  readonly unmanaged?: boolean;
  /** What an earlier run recorded in the state; absent on creation and in a forecast. */
  readonly recorded?: Owned;
  /** Fields that were described in the last run and no longer are: they get their previous value back. */
  readonly stopped?: readonly string[];
  /** Whether fields of objects that this stack did not create may be changed. */
  readonly adopt: boolean;
  /** Names of fields whose dangerous change is approved. */
  readonly approved: readonly string[];
  readonly usage: Usage;
}

/** What is to be done with an object that exists, and why it must not be. */
export interface Ownership {
  readonly origin: Origin;
  /** The other datacenter that owns it, of a referenced object; absent when the description says that it is managed elsewhere. */
  readonly owner?: string;
  /** Values to write, by input; empty when nothing is to be written. */
  readonly write: Values;
  /** The same for people: fields by name, with old and new value. Of a referenced object the differences. */
  readonly changes: readonly Change[];
  readonly previous: Values;
  readonly applied: Values;
  /** Fields that are no longer described and keep their value, because somebody else changed it since. */
  readonly left: readonly string[];
  /** Dangerous changes, approved ones included. */
  readonly dangers: readonly Danger[];
  /** Why nothing may be written, with what to do about it. */
  readonly refusal?: string;
}

/** Decides who owns an object that exists, what is written, and what is refused. */
export function decideOwnership(request: OwnershipRequest): Ownership {
  const { origin, owner } = originOf(request);
  if (origin === "referenced") return reference(request, owner);
  const target = origin === "created" ? { ...request.defaults, ...request.described } : request.described;
  const before = knownBefore(request, origin);
  const restored = origin === "adopted" ? restoredValues(request, before) : { values: {}, left: [] };
  const write = differing(request.actual, { ...target, ...restored.values });
  const changes = namedChanges(request, write);
  const own = setHere(request.actual, before);
  const dangers = dangersOf(request.kind, {
    created: origin === "created",
    changes,
    // What this stack set is no value of somebody else's.
    own: changes.filter(({ field }) => own.some((key) => (request.names?.[key] ?? key) === field)),
    actual: { ...request.actual, ...only(before.previous, own) },
    usage: request.usage,
  });
  const asked = Object.keys(write).filter((key) => !(key in before.applied));
  const refusal =
    adoptRefusal(request, origin === "created" || request.adopt ? [] : namedChanges(request, only(write, asked))) ??
    dangerRefusal(
      request,
      dangers.filter(({ change }) => !request.approved.includes(change.field)),
    );
  return {
    origin,
    write,
    changes,
    ...(origin === "created" ? { previous: {}, applied: {} } : recordOf(request, before)),
    left: restored.left,
    dangers,
    ...(refusal === undefined ? {} : { refusal }),
  };
}

/** What this stack recorded stays; else the marker decides, then what stands on the object. */
function originOf(request: OwnershipRequest): { origin: Origin; owner?: string } {
  const { recorded, marker, datacenter } = request;
  if (recorded !== undefined && recorded.origin !== "referenced") return { origin: recorded.origin };
  if (marker?.datacenter === datacenter) return { origin: marker.origin };
  const owner = marker?.datacenter ?? request.owner;
  if (owner !== undefined && owner !== datacenter) return { origin: "referenced", owner };
  return { origin: request.unmanaged === true ? "referenced" : "adopted" };
}

function reference(request: OwnershipRequest, owner: string | undefined): Ownership {
  const changes = namedChanges(request, differing(request.actual, request.described));
  const refusal = referenceRefusal(request, owner, changes);
  return {
    origin: "referenced",
    ...(owner === undefined ? {} : { owner }),
    write: {},
    changes,
    previous: {},
    applied: {},
    left: [],
    dangers: [],
    ...(refusal === undefined ? {} : { refusal }),
  };
}

/** Previous and applied values as the state has them, else as the marker of a run that could not record them. */
function knownBefore(request: OwnershipRequest, origin: Origin): Pick<Owned, "previous" | "applied"> {
  if (origin === "created") return { previous: {}, applied: {} };
  const recorded = request.recorded?.origin === "adopted" ? request.recorded : { previous: {}, applied: {} };
  return withMarked(recorded, request.actual, request.marker, request.datacenter);
}

/**
 * Returns recorded values together with those that only the marker of this datacenter holds, because a run could not record them. What
 * that run set is what MAAS has: it wrote the marker in the same request.
 */
export function withMarked(
  recorded: Pick<Owned, "previous" | "applied">,
  actual: Values,
  marker: Marker | undefined,
  datacenter: string,
): Pick<Owned, "previous" | "applied"> {
  const marked = marker?.datacenter === datacenter && marker.origin === "adopted" ? marker.previous : {};
  return {
    previous: { ...marked, ...recorded.previous },
    applied: { ...only(actual, Object.keys(marked)), ...recorded.applied },
  };
}

/** Fields that have the value that this stack gave them, in the place of another one. */
function setHere(actual: Values, { previous, applied }: Pick<Owned, "previous" | "applied">): string[] {
  return Object.keys(applied).filter(
    (key) => key in previous && sameValue(actual[key], applied[key]) && !sameValue(previous[key], applied[key]),
  );
}

/** Previous values of fields that are no longer described, as far as nobody else changed them since. */
function restoredValues(
  request: OwnershipRequest,
  { previous, applied }: Pick<Owned, "previous" | "applied">,
): { values: Values; left: string[] } {
  const stopped = (request.stopped ?? []).filter((key) => key in previous && !(key in request.described));
  const ours = stopped.filter((key) => sameValue(request.actual[key], applied[key]));
  return { values: only(previous, ours), left: stopped.filter((key) => !ours.includes(key)) };
}

/** The previous value is what a field had when it was described first; later changes by others do not replace it. */
function recordOf(
  request: OwnershipRequest,
  before: Pick<Owned, "previous" | "applied">,
): Pick<Owned, "previous" | "applied"> {
  const { actual, described, stopped = [] } = request;
  const managed = Object.keys(described).filter((key) => key in actual);
  const kept = Object.keys(before.previous).filter((key) => !stopped.includes(key) || key in described);
  return {
    previous: { ...only(actual, managed), ...only(before.previous, kept) },
    applied: { ...only(before.applied, kept), ...only(described, managed) },
  };
}

/** The wanted values that differ; a field that the object does not have is left out. */
function differing(actual: Values, wanted: Values): Values {
  return only(
    wanted,
    Object.keys(wanted).filter((key) => key in actual && !sameValue(actual[key], wanted[key])),
  );
}

/** Changes by field name; inputs of one name are shown together: `fabric-0/107`. */
function namedChanges({ actual, names = {} }: OwnershipRequest, write: Values): Change[] {
  const nameOf = (key: string): string => names[key] ?? key;
  const changed = [...new Set(Object.keys(write).map(nameOf))];
  return changed.map((field) => {
    const keys = Object.keys(actual).filter((key) => nameOf(key) === field);
    const shown = (values: Values): Plain =>
      keys.length === 1
        ? (values[keys[0] ?? ""] ?? null)
        : keys.map((key) => shownValue(values[key] ?? null)).join("/");
    return { field, from: shown(actual), to: shown({ ...actual, ...write }) };
  });
}

function only(values: Values, keys: readonly string[]): Values {
  return Object.fromEntries(keys.flatMap((key) => (key in values ? [[key, values[key] ?? null]] : [])));
}
