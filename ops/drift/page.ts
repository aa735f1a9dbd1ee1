import { escape } from "../report/escape";
import { style } from "../report/style";
import type { Drifted, DriftReport, DriftState } from "./drift";
import { causeText, healingCommand } from "./text";

/** Which colour a state has. */
const tone: Readonly<Record<DriftState, "wait" | "bad" | "none">> = {
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
`;

/**
 * A drift report as one HTML page that needs nothing else: what is not as described, field by field, and what an `up` would do. Pure.
 *
 * @param when the time of the check, in words
 */
export function driftPage(report: DriftReport, when: string): string {
  const title = `Drift of datacenter ${report.stack}`;
  const systems = [...new Set(report.drifted.map(({ system }) => system))];
  return [
    "<!doctype html>",
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${style}${ownStyle}</style></head><body><main>`,
    `<h1>${escape(title)}</h1><p class="soft">${escape(when)}. Nothing was changed.</p>`,
    figures(report),
    report.drifted.length === 0 ? `<p class="calm">Everything that was read is as described.</p>` : "",
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
    list("Pending until repave", report.pending),
    list(
      "Messages",
      report.messages.map(({ severity, text }) => `${severity}: ${text}`),
    ),
    "</main></body></html>",
    "",
  ].join("\n");
}

function figures({ read, drifted, pending }: DriftReport): string {
  const states = [...new Set(drifted.map(({ state }) => state))];
  const shown: [number, string, string][] = [
    [read, "resources read", ""],
    ...states.map((state): [number, string, string] => [
      drifted.filter((one) => one.state === state).length,
      state,
      tone[state],
    ]),
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
