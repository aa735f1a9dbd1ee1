import type { VlanAnswer, VlanMatrix } from "../../stacks/derived/vlan-matrix";
import { escape } from "./escape";

/**
 * Which VLANs virtual machines can use as an HTML table: a row for neighbouring VLANs with the same answers, a column for each layout that workers have
 * or could have, with the reason in words. Pure.
 */
export function vlanTable({ layouts, rows }: VlanMatrix): string {
  const head = layouts.map(
    ({ layout, inUse }) =>
      `<th>${escape(layout)} <span class="badge ${inUse ? "good" : "none"}">${inUse ? "the workers' layout" : "not used here"}</span></th>`,
  );
  const lines = rows.map(({ vlans, answers }) => `<tr><th>${escape(vlans)}</th>${answers.map(cell).join("")}</tr>`);
  return `<div class="over"><table class="vlans"><tr><th>VLAN</th>${head.join("")}</tr>${lines.join("")}</table></div>`;
}

function cell({ usable, reason }: VlanAnswer): string {
  return `<td><b class="${usable ? "good" : "bad"}">${usable ? "yes" : "no"}</b><br>${escape(reason)}</td>`;
}
