import { DESCRIPTION_RULES, SITE_RULES } from "./all-rules";
import { SILENCE_RULES } from "./silence-rules";

/** Every rule as a row of docs/preflight.md, by code; those that need the site are marked by their code (SIT). */
export function rulesTable(): string {
  const rules = [...DESCRIPTION_RULES, ...SITE_RULES, ...SILENCE_RULES].sort((a, b) => a.code.localeCompare(b.code));
  const rows = rules.map(({ code, severity, rule }) => `| ${code} | ${severity} | ${rule} |`);
  return ["| code | severity | rule |", "|---|---|---|", ...rows].join("\n");
}
