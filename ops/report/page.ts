import { escape } from "./escape";
import { hostDrawing } from "./host-drawing";
import { style } from "./style";
import type { HostState, Topology, TopologyHost } from "./topology";
import { vlanTable } from "./vlan-table";

/** Which colour a state has. */
const tone: Readonly<Record<HostState, "good" | "wait" | "bad" | "none">> = {
  "as described": "good",
  "pending until repave": "wait",
  differs: "wait",
  "not in MAAS": "bad",
  unknown: "none",
};

/**
 * The topology of a datacenter as one HTML page that needs nothing else. Pure.
 *
 * @param source where the inventory came from, and when, in words
 */
export function topologyPage(site: Topology, source: string): string {
  const hosts = site.pools.flatMap((pool) => pool.hosts);
  const title = `Datacenter ${site.datacenter}`;
  return [
    "<!doctype html>",
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${style}</style></head><body><main>`,
    `<h1>${escape(title)}</h1><p class="soft">${escape(source)}</p>`,
    figures(site, hosts),
    "<h2>Networks</h2>",
    networks(site),
    ...(site.vlans === null
      ? []
      : ["<h2>VLANs that virtual machines can use, by layout of the workers</h2>", vlanTable(site.vlans)]),
    "<h2>Hosts by resource pool and zone</h2>",
    map(site),
    `<p class="soft">${legend(hosts)}</p>`,
    ...site.pools.map(
      (pool) =>
        `<h2>${escape(pool.name)}</h2><div class="hosts">${pool.hosts.map((host) => card(host, site)).join("")}</div>`,
    ),
    "</main></body></html>",
    "",
  ].join("\n");
}

function figures(site: Topology, hosts: readonly TopologyHost[]): string {
  const count = (state: HostState): number => hosts.filter((host) => host.state === state).length;
  const status = new Map<string, number>();
  for (const { facts } of hosts)
    if (facts !== undefined) status.set(facts.statusName, (status.get(facts.statusName) ?? 0) + 1);
  const shown: [number, string, string][] = [
    [hosts.length, hosts.length === 1 ? "host" : "hosts", ""],
    [site.pools.length, site.pools.length === 1 ? "resource pool" : "resource pools", ""],
    [site.zones.length, site.zones.length === 1 ? "zone" : "zones", ""],
    ...[...status].map(([name, number]): [number, string, string] => [number, name, ""]),
    ...(["as described", "pending until repave", "differs", "not in MAAS"] as const)
      .filter((state) => count(state) > 0)
      .map((state): [number, string, string] => [count(state), state, tone[state]]),
  ];
  return `<div class="figures">${shown.map(([number, name, kind]) => `<div class="figure ${kind}"><b>${number}</b>${escape(name)}</div>`).join("")}</div>`;
}

function networks({ networks: all, virtualMachineVlans }: Topology): string {
  const rows = all.map(
    ({ role, name, cidr, vlan, mtu, gateway }) =>
      `<tr><td>${swatch(role)}${escape(name)}</td><td>${vlan === 0 ? "untagged" : vlan}</td><td>${escape(cidr)}</td><td>${escape(gateway ?? "none")}</td><td>${mtu}</td></tr>`,
  );
  return (
    '<div class="over"><table><tr><th>network</th><th>VLAN</th><th>subnet</th><th>gateway</th><th>MTU</th></tr>' +
    `${rows.join("")}<tr><td>${swatch("bridge")}virtual machines</td><td>${escape(virtualMachineVlans)}</td><td></td><td></td><td></td></tr></table></div>`
  );
}

function swatch(role: string): string {
  return `<span class="swatch" style="background:var(--${role})"></span>`;
}

function map({ zones, pools }: Topology): string {
  const head = zones.map((zone) => `<th>${escape(zone)}</th>`).join("");
  const rows = pools.map(({ name, hosts }) => {
    const cells = zones.map(
      (zone) =>
        `<td>${hosts
          .filter((host) => host.zone === zone)
          .map(chip)
          .join("")}</td>`,
    );
    return `<tr><th>${escape(name)}</th>${cells.join("")}</tr>`;
  });
  return `<div class="over"><table class="map"><tr><th></th>${head}</tr>${rows.join("")}</table></div>`;
}

/** What the colours below mean that no word stands beside. */
function legend(hosts: readonly TopologyHost[]): string {
  const known = hosts.some(({ state }) => state !== "unknown");
  const plain = known
    ? "A host without a word is as described."
    : "How the hosts stand is not known: MAAS was not asked.";
  return `${plain} The frame of an interface has the colour of the network that it has an address in, that of a bridge the colour of virtual machines; a dashed red one has no link.`;
}

/** A host in the table: its state as a colour, and as a word when there is something to see. */
function chip({ name, state }: TopologyHost): string {
  const word = state === "as described" || state === "unknown" ? "" : ` <span class="soft">${escape(state)}</span>`;
  return `<a class="${tone[state]}" href="#${escape(name)}">${escape(name)}${word}</a>`;
}

function card(host: TopologyHost, site: Topology): string {
  const { name, zone, layout, state, remarks, facts } = host;
  const hardware =
    facts === undefined
      ? ""
      : `${facts.systemId}, ${facts.cpuCount} cores, ${Math.round(facts.memoryMebibytes / 1024)} GiB, ${facts.disks.map(diskText).join(" + ")}`;
  return (
    `<section class="host" id="${escape(name)}"><header><h3>${escape(name)}</h3>` +
    (facts === undefined
      ? ""
      : `<span class="badge none">${escape(facts.locked ? `${facts.statusName}, locked` : facts.statusName)}</span>`) +
    `<span class="badge ${tone[state]}">${escape(state)}</span>` +
    `<span class="soft">${escape(`${layout}, ${zone}`)}</span></header>` +
    (hardware === "" ? "" : `<p class="soft">${escape(hardware)}</p>`) +
    hostDrawing(host, site) +
    (remarks.length === 0 ? "" : `<ul>${remarks.map((remark) => `<li>${escape(remark)}</li>`).join("")}</ul>`) +
    "</section>"
  );
}

function diskText({ name, sizeBytes, boot }: { name: string; sizeBytes: number; boot: boolean }): string {
  return `${name} ${Math.round(sizeBytes / 1e9)} GB${boot ? " (boot)" : ""}`;
}
