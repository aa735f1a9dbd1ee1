import { formatVlan } from "../../providers/maas/host-network/host-interface";
import type { DiskFacts } from "../../providers/maas/look-ups/machine-facts";
import { formatPending, type RecordedChange } from "../../providers/maas/machine-state/pending-change";
import type { ReportedEffect } from "../run-report/run-report";
import type { HostForecast, OsDiskForecast, VlanForecast } from "./forecast-host";
import { formatHosts, naturally } from "./host-list";

/** One effect on one host, before equal ones are put together. */
interface HostEffect {
  readonly host: string;
  readonly kind: "change" | "pending";
  /** What hosts with an equal effect have in common. */
  readonly text: string;
  /** What each host has of its own, e.g. the serial of its disk; in the order of `own` in `text`. */
  readonly own: string;
  readonly fields: ReportedEffect["fields"];
}

/** As many pending changes of one host are listed in a line of a preview; the stack's output `pending` lists all. */
const listed = 5;

/** Stands in a text for what each host has of its own. */
const OWN = "\u0000";

/**
 * The effects of an update on hosts: equal ones over several hosts as one, in a stable order (by kind of effect, then by host). Nothing
 * for hosts that are as described. Pure.
 */
export function hostEffects(forecasts: readonly HostForecast[]): ReportedEffect[] {
  const families = [osDiskEffects, vlanEffects, removalEffects, addressEffects, mtuEffects, pendingEffects];
  return families.flatMap((family) => together(forecasts.flatMap(family)));
}

/** An effect as one line: `worker-[1-6]: operating system to sda (...)`. */
export function formatEffect({ hosts, text }: Pick<ReportedEffect, "hosts" | "text">): string {
  return `${formatHosts(hosts)}: ${text}`;
}

function together(effects: readonly HostEffect[]): ReportedEffect[] {
  const groups = new Map<string, HostEffect[]>();
  for (const effect of effects) {
    const key = JSON.stringify([effect.kind, effect.text]);
    groups.set(key, [...(groups.get(key) ?? []), effect]);
  }
  return [...groups.values()]
    .map((group) => group.sort((one, other) => naturally(one.host, other.host)))
    .sort(([one], [other]) => naturally(one?.host ?? "", other?.host ?? ""))
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const hosts = group.map(({ host }) => host);
      const own = group.map((effect) => effect.own).join(", ");
      const text = first.text.replace(OWN, group.length > 1 ? `serials ${own}` : `serial ${own}`);
      const object = hosts.length > 1 ? `hosts ${formatHosts(hosts)}` : `host ${first.host}`;
      return [{ kind: first.kind, object, text, fields: first.fields, hosts }];
    });
}

function osDiskEffects({ host, osDisk }: HostForecast): HostEffect[] {
  if (osDisk === undefined) return [];
  const { target, current } = osDisk;
  const desired = describeDisk(target, target.serial);
  const actual = current.length === 0 ? null : current.map((disk) => describeDisk(disk, disk.serial)).join(", ");
  return [
    {
      host,
      kind: "change",
      text: `operating system ${osDisk.moves ? "to" : "on"} ${describeDisk(target, OWN, "")}${now(osDisk)}`,
      own: target.serial === "" ? "not known" : target.serial,
      fields: [{ field: "osDisk", actual, desired }],
    },
  ];
}

/** What is on the disks now, where that is not the described layout's root on the same disk. */
function now({ target, current, layout, moves }: OsDiskForecast): string {
  const others = current.filter(({ id }) => id !== target.id);
  if (moves) return `; now on ${current.map((disk) => describeDisk(disk, disk.serial)).join(", ")}`;
  if (others.length > 0) return `; now on ${current.map(({ name }) => name).join(", ")} (${layout} layout)`;
  return "";
}

/** A disk in words: `sda (DELL PERC H755, serial X, 480 GB)`. */
export function describeDisk({ name, model, sizeBytes }: DiskFacts, serial: string, label = "serial "): string {
  const parts = [model, serial === "" ? "" : `${label}${serial}`, `${Math.round(sizeBytes / 1e9)} GB`];
  return `${name} (${parts.filter((part) => part !== "").join(", ")})`;
}

function vlanEffects({ host, vlans }: HostForecast): HostEffect[] {
  const moves = new Map<string, string[]>();
  for (const move of vlans) {
    const way = `from ${fromOf(move)} to ${formatVlan(move.to)}`;
    moves.set(way, [...(moves.get(way) ?? []), move.interface]);
  }
  const fields = vlans.map((move) => ({
    field: `${move.interface}.vlan`,
    actual: formatVlan(move.from),
    desired: formatVlan(move.to),
  }));
  const text = [...moves].map(([way, names]) => `${names.join(", ")} ${way}`).join("; ");
  return vlans.length === 0 ? [] : [{ host, kind: "change", text: `interfaces change VLAN: ${text}`, own: "", fields }];
}

function fromOf({ from, alone }: VlanForecast): string {
  if (from === undefined) return "no VLAN";
  return alone ? "a fabric of its own" : formatVlan(from);
}

function removalEffects({ host, removed }: HostForecast): HostEffect[] {
  if (removed.length === 0) return [];
  const names = removed.map((item) => `${item.interface} (${kindName(item.type)} on ${item.parents.join(", ")})`);
  const fields = removed.map((item) => ({ field: item.interface, actual: item.type, desired: null }));
  return [{ host, kind: "change", text: `removed, because not described: ${names.join(", ")}`, own: "", fields }];
}

function kindName(type: string): string {
  return type === "vlan" ? "VLAN interface" : type;
}

function addressEffects({ host, addresses }: HostForecast): HostEffect[] {
  if (addresses.length === 0) return [];
  const names = addresses.map((item) => `${item.mode} ${item.address} of ${item.interface}`);
  const fields = addresses.map((item) => ({
    field: `${item.interface}.links`,
    actual: `${item.mode} ${item.address}`,
    desired: null,
  }));
  return [{ host, kind: "change", text: `addresses given up: ${names.join(", ")}`, own: "", fields }];
}

function mtuEffects({ host, mtus }: HostForecast): HostEffect[] {
  if (mtus.length === 0) return [];
  const ways = new Map<string, string[]>();
  for (const item of mtus) {
    const way = `${item.from} -> ${item.to}`;
    ways.set(way, [...(ways.get(way) ?? []), item.interface]);
  }
  const text = [...ways].map(([way, names]) => `${names.join(", ")} ${way}`).join("; ");
  const fields = mtus.map((item) => ({
    field: `${item.interface}.mtu`,
    actual: String(item.from),
    desired: String(item.to),
  }));
  return [{ host, kind: "change", text: `MTU: ${text}`, own: "", fields }];
}

function pendingEffects({ host, state, pending }: HostForecast): HostEffect[] {
  if (pending.length === 0) return [];
  const fields = pending.map(({ subject, field, actual, desired }) => ({
    field: `${subject}.${field}`,
    actual,
    desired,
  }));
  const text = `${formatPendings(pending)} (${state})`;
  return [{ host, kind: "pending", text, own: "", fields }];
}

/** Pending changes of a host as one line: `pending until repave: bond_mgmt: mtu is 1500, wanted 9000`. */
export function formatPendings(pending: readonly RecordedChange[]): string {
  const lines = pending.map(formatPending);
  const more = lines.length > listed ? [`and ${lines.length - listed} more, see the stack's output "pending"`] : [];
  return `pending until repave: ${[...lines.slice(0, listed), ...more].join("; ")}`;
}
