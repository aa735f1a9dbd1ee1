import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ownedKinds } from "../../providers/maas/ownership-table";
import { dangerRules, type ObjectKind } from "../../providers/maas/ownership/dangers";
import type { AnyFieldTable } from "../../providers/maas/ownership/values";

/** A kind of site object as the tables show it. */
interface OwnedFields {
  readonly objectKind: ObjectKind;
  readonly fields: AnyFieldTable;
  readonly markerText: string | undefined;
}

const kinds: readonly OwnedFields[] = ownedKinds;

/** Returns the table of fields: what is written and restored on an object by who owns it. */
export function fieldsTable(): string {
  const rows = kinds.flatMap(({ objectKind, fields, markerText }) =>
    Object.entries(fields).map(([key, field]) => {
      const marker = key === markerText ? ", with the marker behind it" : "";
      const created =
        field.always === true
          ? "described value"
          : `described value, else ${field.byDefault === undefined ? "what MAAS gives it, not enforced" : defaultText(field.byDefault)}`;
      const adopted = field.always === true ? "described value" : "described value, else not written";
      return `| ${objectKind} | \`${key}\` | ${created}${marker} | ${adopted} | compared, never written |`;
    }),
  );
  const head = "| object | field | created: written | adopted: written, and restored on destroy | referenced |";
  return [head, "|---|---|---|---|---|", ...rows].join("\n");
}

/** Returns the table of the changes that need an entry in `maas.approve`. */
export function dangersTable(): string {
  const rows = dangerRules.map(({ code, object, fields, condition, why }) => {
    const names = fields.map((field) => `\`${field}\``).join(", ");
    return `| ${code} | ${object} | ${names} | ${condition} | ${why} |`;
  });
  return ["| code | object | field | dangerous when | why |", "|---|---|---|---|---|", ...rows].join("\n");
}

/** Returns docs/safety.md with both tables in their places. */
export function safetyPage(project: string): string {
  const page = readFileSync(join(project, "docs", "safety.md"), "utf8");
  return withPart(withPart(page, "fields", fieldsTable()), "dangers", dangersTable());
}

function withPart(page: string, part: string, table: string): string {
  const begin = `<!-- ${part}: written by npm run schema -->`;
  const [from, to] = [page.indexOf(begin), page.indexOf(`<!-- end of ${part} -->`)];
  if (from < 0 || to < from) throw new Error(`docs/safety.md has lost the lines that mark the place of its ${part}`);
  return `${page.slice(0, from)}${begin}\n\n${table}\n\n${page.slice(to)}`;
}

/** A default that follows from other inputs, such as a subnet's name, has no value of its own to show. */
function defaultText(byDefault: unknown): string {
  const value: unknown = typeof byDefault === "function" ? (byDefault as (inputs: object) => unknown)({}) : byDefault;
  if (value === undefined) return "a default that follows from the others";
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return "none";
  return `\`${JSON.stringify(value)}\``;
}
