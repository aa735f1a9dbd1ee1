import { escape } from "../report/escape";
import { style } from "../report/style";
import type { CountedFinding, Drifted, DriftReport, Unread } from "./document";
import { causeText, findingText, healingCommand, unreadText } from "./text";

/** Which colour a state has. */
const tone: Readonly<Record<Drifted["state"], "wait" | "bad" | "none">> = {
  differs: "bad",
  gone: "bad",
  "no longer described": "bad",
  "not made yet": "none",
  "pending until repave": "wait",
};

const ownStyle = `
.drifted { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 14px 16px; margin: 0 0 14px; }
.drifted header { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; }
.drifted h3 { margin: 0; font-size: 16px; }
.drifted table { margin-top: 10px; font-size: 14px; width: 100%; }
.drifted td { vertical-align: top; } .drifted td.value { font-family: ui-monospace, Consolas, monospace; font-size: 13px; white-space: pre-wrap; overflow-wrap: anywhere; }
.found { color: var(--bad); } .described { color: var(--good); }
.calm { background: var(--card); border: 1px solid var(--good); border-radius: 10px; padding: 14px 16px; margin: 24px 0 0; }
.calm.attention { border-color: var(--bad); }
`;

/** What stands at the top of a page of a check without drift. */
const calm: Readonly<Record<DriftReport["outcome"], string>> = {
  clean: "Everything that was read is as described.",
  drift: "No resource drifted; the findings below need attention.",
  failed: "The comparison did not come to its end, so that drift is not known.",
  unreachable: "The site was not reached completely. What was read is as described.",
  refused: "A key was refused. What was read is as described.",
};

/** A drift report as one HTML page that needs nothing else: findings, what is not as described, field by field, and what an `up` would do. Pure. */
export function driftPage(report: DriftReport): string {
  const title = `Drift of datacenter ${report.stack}`;
  const when = `${report.time.slice(0, 16).replace("T", " ")} UTC`;
  const systems = [...new Set(report.drifted.map(({ system }) => system))];
  return [
    "<!doctype html>",
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${style}${ownStyle}</style></head><body><main>`,
    `<h1>${escape(title)}</h1><p class="soft">${escape(when)}. Nothing was changed.</p>`,
    figures(report),
    report.drifted.length === 0
      ? `<p class="calm ${report.outcome === "clean" ? "" : "attention"}">${calm[report.outcome]}</p>`
      : "",
    list("Not completed", report.error === null ? [] : [report.error]),
    list(
      "Not available",
      report.unavailable.map(({ api, cause, reason }) => `${api} ${cause}: ${reason}`),
    ),
    findingsTable(report.findings),
    ...systems.map(
      (system) =>
        `<h2>${escape(system)}</h2>${report.drifted
          .filter((one) => one.system === system)
          .map(card)
          .join("")}`,
    ),
    report.drifted.length === 0
      ? ""
      : `<p class="soft">This sets all of it as described; its preview shows what it would do: <code>${escape(healingCommand(report.stack))}</code></p>`,
    unreadTable(report.unread),
    list("Pending until repave", report.pending),
    list(
      "Silenced",
      report.findings.flatMap((one) => (one.silenced === null ? [] : [`${findingText(one)} (${one.silenced})`])),
    ),
    list(
      "Effects of an up on what exists",
      report.effects.map(({ text }) => text),
    ),
    list(
      "Messages",
      report.messages.map(({ severity, text }) => `${severity}: ${text}`),
    ),
    "</main></body></html>",
    "",
  ].join("\n");
}

function findingsTable(findings: readonly CountedFinding[]): string {
  const rows = findings
    .filter(({ silenced }) => silenced === null)
    .map(({ code, severity, path, message, fix }) => [
      `<span class="badge ${severity === "error" ? "bad" : "wait"}">${escape(code)}</span>`,
      ...[path, message, fix].map(escape),
    ]);
  return table("Findings", ["rule", "where", "what", "what to do"], rows);
}

function unreadTable(unread: readonly Unread[]): string {
  const rows = unread.map((one) => [one.system, one.kind, one.name, unreadText(one), one.reason].map(escape));
  return table("Not read", ["system", "kind", "name", "what failed", "why"], rows);
}

/** A titled table of cells that are HTML already; nothing where there is no row. */
function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const head = heads.map((one) => `<th>${one}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("");
  return `<h2>${title}</h2><section class="drifted"><div class="over"><table><tr>${head}</tr>${body}</table></div></section>`;
}

function figures({ read, drifted, findings, unread, pending }: DriftReport): string {
  const counted = findings.filter((finding) => finding.counts).length;
  const states = [...new Set(drifted.map(({ state }) => state))];
  const shown: [number, string, string][] = [
    [read, "resources read", ""],
    ...states.map((state): [number, string, string] => [
      drifted.filter((one) => one.state === state).length,
      state,
      tone[state],
    ]),
    ...(counted === 0 ? [] : [[counted, "findings", "bad"] as [number, string, string]]),
    ...(unread.length === 0 ? [] : [[unread.length, "not read", "wait"] as [number, string, string]]),
    ...(pending.length === 0 ? [] : [[pending.length, "pending until repave", "wait"] as [number, string, string]]),
  ];
  return `<div class="figures">${shown.map(([number, name, kind]) => `<div class="figure ${kind}"><b>${number}</b>${escape(name)}</div>`).join("")}</div>`;
}

function card({ kind, name, state, up, fields }: Drifted): string {
  const rows = fields.map(
    ({ path, found, described, cause }) =>
      `<tr><td>${escape(path)}</td><td class="value found">${escape(found)}</td><td class="value described">${escape(described)}</td><td>${escape(causeText(cause))}</td></tr>`,
  );
  const table =
    rows.length === 0
      ? ""
      : `<div class="over"><table><tr><th>field</th><th>found</th><th>described</th><th>why</th></tr>${rows.join("")}</table></div>`;
  return (
    `<section class="drifted"><header><h3>${escape(name)}</h3><span class="soft">${escape(kind)}</span>` +
    `<span class="badge ${tone[state]}">${escape(state)}</span><span class="soft">an up ${escape(up)}</span></header>${table}</section>`
  );
}

function list(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  return `<h2>${escape(title)}</h2><ul>${lines.map((line) => `<li>${escape(line)}</li>`).join("")}</ul>`;
}
