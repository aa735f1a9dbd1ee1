import type { Change, Danger } from "./dangers";
import type { Origin, Ownership } from "./decide";

/** What an update would do with one object, from what MAAS holds now. */
export interface Forecast {
  /** The object: `subnet 10.21.0.0/21`. */
  readonly object: string;
  /** Whether MAAS has it. */
  readonly exists: boolean;
  readonly origin: Origin;
  /** The other datacenter that owns it. */
  readonly owner?: string;
  /** Fields that get another value; of a referenced object those that differ. Empty for an object that would be created. */
  readonly changes: readonly Change[];
  /** Dangerous changes, approved ones included. */
  readonly dangers: readonly Danger[];
  /** Why the update would fail, and what to do; undefined when it would not. */
  readonly refusal?: string;
  /**
   * Whether the object itself says whose it is. False for an existing object of a kind without a field for a marker (fabric, VLAN, DHCP,
   * domain, route, DNS record, setting): this stack may have created or changed it before, and then needs no permission. A refusal
   * is then a warning in a preview.
   */
  readonly certain: boolean;
}

/** Returns the forecast of an object that MAAS does not have. */
export function creationForecast(object: string, refusal: string | undefined): Forecast {
  return {
    object,
    exists: false,
    origin: refusal === undefined ? "created" : "referenced",
    changes: [],
    dangers: [],
    ...(refusal === undefined ? {} : { refusal }),
    certain: true,
  };
}

/** Returns the forecast of an object that MAAS has. */
export function existingForecast(
  object: string,
  { origin, owner, changes, dangers, refusal }: Ownership,
  marked: boolean,
): Forecast {
  return {
    object,
    exists: true,
    origin,
    ...(owner === undefined ? {} : { owner }),
    changes,
    dangers,
    ...(refusal === undefined ? {} : { refusal }),
    certain: marked,
  };
}

/** Returns the forecast of an object of which it is not clear which one it is. */
export function refusedForecast(object: string, refusal: string): Forecast {
  return { object, exists: false, origin: "created", changes: [], dangers: [], refusal, certain: true };
}
