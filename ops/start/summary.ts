import { allHosts, hostGroupOf } from "../../stacks/derived/all-hosts";
import { machinePools } from "../../stacks/derived/machine-pools";
import type { Datacenter } from "../../stacks/description/datacenter";
import type { HostGroup } from "../../stacks/description/hosts";
import { duration } from "./duration";
import { countsByLayer, type StateResource } from "./resource-counts";

/** What is known after the engine has ended well. */
export interface BuiltDatacenter {
  readonly datacenter: Datacenter;
  /** All resources of the stack. */
  readonly resources: readonly StateResource[];
  /** Outputs of the stack; secrets masked. */
  readonly outputs: StackOutputs;
  /** How many resources the last update created, changed and so on, in the engine's words; `same` for untouched ones. */
  readonly changes: Readonly<Record<string, number>>;
  /** Seconds from the command to the end of the engine. */
  readonly seconds: number;
  readonly addresses: { readonly maas: string; readonly palette: string };
  /** What the preflight still warns about, ready to print. */
  readonly warnings: readonly string[];
}

/** The outputs that the summary tells of; see stacks/program/outputs.ts. */
export interface StackOutputs {
  readonly apiEndpoint?: string | null | undefined;
  readonly networks?: readonly string[] | undefined;
  readonly templates?: readonly string[] | undefined;
  readonly pending?: readonly string[] | undefined;
}

/** What `npm start` ends with: what was built, how long it took, where to look, what is left. Pure. */
export function startSummary(built: BuiltDatacenter): string {
  const { datacenter, outputs } = built;
  const pending = (outputs.pending ?? []).map((line) => `pending until repave: ${line}`);
  const left = [...built.warnings, ...pending];
  return [
    "",
    headline(built),
    "",
    ...table(built),
    "",
    "Where to look",
    ...columns([
      ["MAAS", built.addresses.maas],
      ...(datacenter.palette === null
        ? []
        : [["Palette", `${built.addresses.palette}   project ${datacenter.palette.project}`] as const]),
      ...(outputs.apiEndpoint ? [["Kubernetes", `${outputs.apiEndpoint}   npm run lab -- kubeconfig`] as const] : []),
    ]),
    "",
    "What next",
    ...columns([
      ["npm run lab -- status", "the machines, the cluster and its objects in the lab"],
      ["npm run pulumi -- stack output", "inventory, networks, templates"],
      ["npm run pulumi -- preview --diff", "edit Pulumi.dev.yaml, then read what an up would do"],
      ["npm run pulumi -- destroy", "takes all of it down again; machines, disks and NICs stay"],
      ["npm run lab -- stop", "stops the lab; its state stays for the next start"],
    ]),
    "",
    ...(left.length === 0
      ? ["Nothing is left to warn about."]
      : ["Still to be said", ...left.map((line) => `  ${line}`)]),
  ].join("\n");
}

function headline({ datacenter, changes, seconds }: BuiltDatacenter): string {
  const all = Object.entries(changes).reduce(
    (sum, [operation, count]) => (operation === "delete" ? sum : sum + count),
    0,
  );
  const changed = Object.entries(changes).filter(([operation, count]) => operation !== "same" && count > 0);
  const what =
    changed.length === 0
      ? "nothing had to be changed"
      : changed.map(([operation, count]) => `${count} ${pastTense[operation] ?? operation}`).join(", ");
  return `Datacenter ${datacenter.name} stands: ${all} resources, ${what}, ${duration(seconds)}.`;
}

/** The engine's names of what it did, as it prints them after an update. */
const pastTense: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  delete: "deleted",
  replace: "replaced",
};

function table({ datacenter, resources, outputs }: BuiltDatacenter): string[] {
  const counts = countsByLayer(resources);
  const pools = datacenter.cluster === null ? [] : machinePools(datacenter.cluster);
  const rows: (readonly [string, string])[] = [
    ["MAAS", counts.MAAS.join(", ")],
    ["Hosts", `${allHosts(datacenter).length}, by resource pool`],
    ...datacenter.hostGroups.map((group) => ["", hostGroupLine(datacenter, group)] as const),
  ];
  if (datacenter.palette !== null) rows.push(["Palette", counts.Palette.join(", ")]);
  for (const { pool, controlPlane } of pools) {
    rows.push(["", `${pool.name}: ${pool.size} ${controlPlane ? "control plane nodes" : "workers"}`]);
  }
  if (counts.Virtualization.length > 0) rows.push(["Virtualization", counts.Virtualization.join(", ")]);
  if ((outputs.networks ?? []).length > 0) rows.push(["", `networks: ${(outputs.networks ?? []).join(", ")}`]);
  if ((outputs.templates ?? []).length > 0) rows.push(["", `templates: ${(outputs.templates ?? []).join(", ")}`]);
  return columns(rows);
}

/** `worker-pool: 6 in layout four-nic, 5 for nodes and 1 spare` */
function hostGroupLine(datacenter: Datacenter, group: HostGroup): string {
  const layouts = new Map<string, number>();
  for (const { layout } of group.hosts) layouts.set(layout, (layouts.get(layout) ?? 0) + 1);
  const hosts = [...layouts].map(([layout, count]) => `${count} in layout ${layout}`).join(", ");
  const { cluster } = datacenter;
  if (cluster === null) return `${group.resourcePool}: ${hosts}`;
  const nodes = machinePools(cluster)
    .filter(({ pool }) => hostGroupOf(datacenter, pool) === group)
    .reduce((sum, { pool }) => sum + pool.size, 0);
  return `${group.resourcePool}: ${hosts}, ${nodes} for nodes and ${group.hosts.length - nodes} spare`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}
