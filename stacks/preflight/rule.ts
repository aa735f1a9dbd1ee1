import type { Datacenter } from "../description/datacenter";
import type { SiteFacts } from "./site-facts";

/** An error stops everything before anything is touched; a warning can be silenced by code with a reason. */
export type Severity = "error" | "warning";

/** One place where a rule is broken. */
export interface Hit {
  /** Where, below `vmo-metal:datacenter`. */
  readonly path: string;
  /** What is there, and the rule that it breaks. */
  readonly message: string;
  /** What to do. */
  readonly fix: string;
  /** Name of the one host that it is about, for reports by host; absent for everything else. */
  readonly host?: string;
}

/** What a rule knows beside the description. */
export interface RuleContext {
  /** Keys of the stack's secrets that are set (without `vmo-metal:`), the ones from the environment included. */
  readonly secrets: ReadonlySet<string>;
  /** Those of them that stand in the stack file unencrypted. */
  readonly plaintextSecrets: ReadonlySet<string>;
}

interface RuleHead {
  /** Three letters for the family and three digits; never used again for another rule. */
  readonly code: string;
  readonly severity: Severity;
  /** The rule in one sentence, for docs/preflight.md. */
  readonly rule: string;
}

/** A rule over the description alone: it can be checked without any network. */
export interface DescriptionRule extends RuleHead {
  readonly check: (datacenter: Datacenter, context: RuleContext) => readonly Hit[];
}

/** A rule over the description and what was found at the site. It says nothing about what could not be looked up. */
export interface SiteRule extends RuleHead {
  readonly checkSite: (datacenter: Datacenter, facts: SiteFacts) => readonly Hit[];
}
