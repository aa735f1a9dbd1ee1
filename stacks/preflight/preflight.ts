import { visibleLine } from "../../text/visible";
import type { Datacenter } from "../description/datacenter";
import { fullPath } from "../description/problem";
import { DESCRIPTION_RULES, SITE_RULES } from "./all-rules";
import type { Hit, Severity } from "./rule";
import { SILENCE_RULES } from "./silence-rules";
import type { SiteFacts } from "./site-facts";

/** One finding. */
export interface Finding extends Hit {
  readonly code: string;
  readonly severity: Severity;
}

/** A warning that the description silences, with its reason. */
export interface SilencedFinding extends Finding {
  readonly reason: string;
}

/** What the preflight found, each list by code and in the order of the description. */
export interface PreflightReport {
  /** Stop everything before anything is touched. */
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly silenced: readonly SilencedFinding[];
}

/** What the preflight is given beside the description. */
export interface PreflightArgs {
  /** Keys of the stack's secrets that are set (without `vmo-metal:`). */
  readonly secrets: Iterable<string>;
  /** Those of them that stand in the stack file unencrypted. */
  readonly plaintextSecrets?: Iterable<string>;
  /** What the look-ups found; absent = only the description is checked. */
  readonly facts?: SiteFacts;
}

/** Checks a datacenter by all rules. Pure: what it needs of the site comes in `facts`. */
export function preflight(datacenter: Datacenter, args: PreflightArgs): PreflightReport {
  const context = { secrets: new Set(args.secrets), plaintextSecrets: new Set(args.plaintextSecrets ?? []) };
  const { facts } = args;
  const found: Finding[] = [
    ...DESCRIPTION_RULES.flatMap((rule) => rule.check(datacenter, context).map((hit) => ({ ...hit, ...head(rule) }))),
    ...(facts === undefined
      ? []
      : SITE_RULES.flatMap((rule) => rule.checkSite(datacenter, facts).map((hit) => ({ ...hit, ...head(rule) })))),
  ];
  const all = [
    ...found,
    ...SILENCE_RULES.flatMap((rule) =>
      rule.checkSilence(datacenter.silence, found, facts !== undefined).map((hit) => ({ ...hit, ...head(rule) })),
    ),
  ];
  const reasonFor = ({ code }: Finding): string | undefined =>
    datacenter.silence.find((silence) => silence.code === code)?.reason;
  const warnings = all.filter(({ severity }) => severity === "warning");
  return {
    errors: all.filter(({ severity }) => severity === "error"),
    warnings: warnings.filter((finding) => reasonFor(finding) === undefined),
    silenced: warnings.flatMap((finding) => {
      const reason = reasonFor(finding);
      return reason === undefined ? [] : [{ ...finding, reason }];
    }),
  };
}

/** Whether a code is that of a rule that looks at the site; the others look at the description alone. */
export function isSiteRule(code: string): boolean {
  return SITE_RULES.some((rule) => rule.code === code);
}

function head({ code, severity }: { code: string; severity: Severity }): { code: string; severity: Severity } {
  return { code, severity };
}

/** A finding as one line: `NET003 vmo-metal:datacenter.networks.data.gateway: ... Fix.` */
export function formatFinding({ code, path, message, fix }: Finding): string {
  return visibleLine(`${code} ${fullPath(path)}: ${message.replace(/\.$/, "")}. ${fix}`);
}
