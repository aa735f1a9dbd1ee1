import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Described, type Member, describedIn } from "./interface-tables";

/** The shapes of nested arguments, in the order in which they are told. */
const shapes = [
  "MachineFind",
  "Enlistment",
  "DiskRule",
  "VlanPlace",
  "VlanReference",
  "PhysicalInterface",
  "BondInterface",
  "BondParameters",
  "BridgeInterface",
  "BridgeParameters",
  "VlanInterface",
  "HostLink",
];

/** What the schema of a host's interfaces fills in. */
const interfaceDefaults =
  "Of an interface only `type`, `parents` (of what is not physical) and `vlan` (of a NIC and of a VLAN interface; a bond or bridge has that of what is " +
  "below it) have to be written. Defaults: MTU 1500; no links; bond 802.3ad, miimon 100, updelay and downdelay 0, LACP rate fast, hash policy layer3+4, 1 " +
  "gratuitous ARP; bridge standard, no STP, forward delay 15; NICs enabled; tags of bonds, bridges and VLAN interfaces none, those of NICs left alone.";

/** Text between which and the end mark the page is written. */
const begin = "<!-- resources: written by npm run schema -->";
const end = "<!-- end of resources -->";

/** One resource class of the MAAS layer with its arguments. */
export interface ResourceReference {
  readonly resource: Described;
  /** Its constructor's arguments. */
  readonly args: readonly Member[];
  /** What it has besides the arguments. */
  readonly outputs: readonly Member[];
  /** File below providers/maas/, without its ending. */
  readonly file: string;
}

/** All resource classes of the MAAS layer, by name. */
export function maasResources(project: string): ResourceReference[] {
  const folder = join(project, "providers", "maas");
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return files
    .flatMap((name): ResourceReference[] => {
      const found = describedIn(readFileSync(join(folder, name), "utf8"), name);
      const resource = found.find(({ base }) => base === "ServedResource");
      const args = found.find((each) => each.name === `${resource?.name}Args`)?.members;
      if (resource === undefined || args === undefined) return [];
      const outputs = resource.members.filter((member) => !args.some((each) => each.name === member.name));
      return [{ resource, args, outputs, file: name.replace(/\.ts$/, "") }];
    })
    .sort((left, right) => left.resource.name.localeCompare(right.resource.name));
}

/** The page docs/maas-resources.md as it should be. */
export function maasResourcesPage(project: string): string {
  const page = readFileSync(join(project, "docs", "maas-resources.md"), "utf8");
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error("docs/maas-resources.md has lost the lines that mark the place of its resources");
  const sections = maasResources(project).map(section);
  const nested = nestedShapes(project).map(
    (shape) => `### ${shape.name}\n\n${shape.meaning}\n\n${table("member", shape.members)}`,
  );
  const text = [...sections, "## Shapes", interfaceDefaults, ...nested].join("\n\n");
  return `${page.slice(0, from)}${begin}\n\n${text}\n\n${page.slice(to)}`;
}

function section({ resource, args, outputs, file }: ResourceReference): string {
  const rows = outputs.map(({ name, meaning, type }) => `| \`${name}\` | ${code(type)} | ${cell(meaning)} |`);
  return [
    `## ${resource.name}`,
    cell(resource.meaning),
    `\`import { ${resource.name} } from "./providers/maas/${file}";\``,
    table("argument", args),
    ...(rows.length === 0 ? [] : [["| output | type | what |", "|---|---|---|", ...rows].join("\n")]),
  ].join("\n\n");
}

function nestedShapes(project: string): Described[] {
  const maas = join(project, "providers", "maas");
  const files = [
    ...readdirSync(maas, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts")),
  ].map((name) => join(maas, name));
  const all = files.flatMap((path) => describedIn(readFileSync(path, "utf8"), path));
  const common = all.find(({ name }) => name === "CommonParts")?.members ?? [];
  return shapes.map((name) => {
    const found = all.find((each) => each.name === name);
    if (found === undefined) throw new Error(`providers/maas has no interface ${name} any more`);
    return found.base === "CommonParts" ? { ...found, members: [...found.members, ...common] } : found;
  });
}

function table(what: string, members: readonly Member[]): string {
  const rows = members.map(({ name, type, optional, meaning, byDefault }) => {
    const missing = byDefault ?? (optional ? "none" : "*needed*");
    return `| \`${name}\` | ${code(type)} | ${cell(missing)} | ${cell(meaning)} |`;
  });
  return [`| ${what} | type | default | what |`, "|---|---|---|---|", ...rows].join("\n");
}

function code(type: string): string {
  return `\`${type.replaceAll("|", "\\|")}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
