import type { Silence } from "../description/datacenter";
import { DESCRIPTION_RULES, SITE_RULES } from "./all-rules";
import type { Hit, Severity } from "./rule";

/** A rule over what the description silences. */
export interface SilenceRule {
  readonly code: string;
  readonly severity: Severity;
  readonly rule: string;
  /** `found`: codes of what was found; `siteChecked`: whether the site's rules were checked at all. */
  readonly checkSilence: (
    silence: readonly Silence[],
    found: readonly { code: string }[],
    siteChecked: boolean,
  ) => readonly Hit[];
}

/** Warnings of earlier versions: a description that silences one is told to take it out, and runs. */
const RETIRED_CODES: Readonly<Record<string, string>> = {
  NET005: "a gateway on another network than the data network keeps its router's address from being handed out",
};

const warningCodes = (): string[] =>
  [...DESCRIPTION_RULES, ...SITE_RULES].filter(({ severity }) => severity === "warning").map(({ code }) => code);

/** A mistyped code would silence nothing; an error must not be silenced. */
const silencesWarnings: SilenceRule = {
  code: "CFG002",
  severity: "error",
  rule: "Only warnings that exist are silenced.",
  checkSilence: (silence) =>
    silence.flatMap(({ code }, index): Hit[] => {
      const rule = [...DESCRIPTION_RULES, ...SITE_RULES].find((candidate) => candidate.code === code);
      if (rule?.severity === "warning" || RETIRED_CODES[code] !== undefined) return [];
      const message =
        rule === undefined ? `there is no rule ${code}` : `${code} is an error: ${rule.rule} It cannot be silenced`;
      return [{ path: `silence[${index}].code`, message, fix: `Warnings are ${warningCodes().join(", ")}.` }];
    }),
};

/** A silence that outlived its warning would hide the next one. */
const silencesSomething: SilenceRule = {
  code: "CFG003",
  severity: "warning",
  rule: "What is silenced is there to be silenced.",
  checkSilence: (silence, found, siteChecked) =>
    silence.flatMap(({ code }, index): Hit[] => {
      const retired = RETIRED_CODES[code];
      if (retired !== undefined) {
        const message = `${code} is not a warning any more: ${retired}`;
        return [{ path: `silence[${index}]`, message, fix: "Take the entry out." }];
      }
      const rule =
        DESCRIPTION_RULES.find((candidate) => candidate.code === code) ??
        (siteChecked ? SITE_RULES.find((candidate) => candidate.code === code) : undefined);
      if (rule === undefined || found.some((finding) => finding.code === code)) return [];
      return [
        {
          path: `silence[${index}]`,
          message: `${code} is silenced but not found any more`,
          fix: "Take the entry out.",
        },
      ];
    }),
};

/** All of them, by code. */
export const SILENCE_RULES: readonly SilenceRule[] = [silencesWarnings, silencesSomething];
