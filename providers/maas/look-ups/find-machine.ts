/** What a machine can be found by. */
export interface Findable {
  readonly systemId: string;
  readonly hostname: string;
  readonly fqdn: string;
  readonly tags: readonly string[];
  /** Of its physical NICs, lower case. */
  readonly macAddresses: readonly string[];
}

/** How a machine is told from the others; exactly one of them. */
export interface MachineFind {
  /** Hostname, with or without its domain. */
  readonly hostname?: string | undefined;
  readonly systemId?: string | undefined;
  /** MAC address of any of its physical NICs, lower case. */
  readonly macAddress?: string | undefined;
  /** A tag that only this machine has. */
  readonly tag?: string | undefined;
}

/** The machine, or why there is none, with what to do. */
export type FoundMachine<Machine> = { readonly machine: Machine } | { readonly problem: string };

/** How many machines a message names. */
const named = 8;

/** Finds one machine among all. Two that fit are a problem, never a guess. */
export function findMachine<Machine extends Findable>(
  machines: readonly Machine[],
  find: MachineFind,
): FoundMachine<Machine> {
  const fitting = machines.filter((machine) => fits(machine, find));
  const [machine, ...others] = fitting;
  if (machine !== undefined && others.length === 0) return { machine };
  const what = describeFind(find);
  if (machine !== undefined) {
    return {
      problem: `${fitting.length} machines have ${what}: ${names(fitting)}. Use what only one of them has, e.g. its system id.`,
    };
  }
  if (machines.length === 0) return { problem: `MAAS has no machine with ${what}; it has no machines at all.` };
  const near = find.hostname === undefined ? [] : similar(machines, find.hostname);
  const hint = near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : ` It has: ${names(machines)}.`;
  return {
    problem: `MAAS has no machine with ${what}.${hint} Correct the name, or enlist and commission the machine first.`,
  };
}

/** How a machine is looked for, in words: `hostname "worker-1"`. */
export function describeFind(find: MachineFind): string {
  if (find.systemId !== undefined) return `system id "${find.systemId}"`;
  if (find.macAddress !== undefined) return `MAC address ${find.macAddress}`;
  if (find.tag !== undefined) return `tag "${find.tag}"`;
  return `hostname "${find.hostname ?? ""}"`;
}

function fits(machine: Findable, find: MachineFind): boolean {
  if (find.systemId !== undefined) return machine.systemId === find.systemId;
  if (find.macAddress !== undefined) return machine.macAddresses.includes(find.macAddress);
  if (find.tag !== undefined) return machine.tags.includes(find.tag);
  const hostname = find.hostname?.toLowerCase();
  return machine.hostname.toLowerCase() === hostname || machine.fqdn.toLowerCase() === hostname;
}

function names(machines: readonly Findable[]): string {
  const shown = machines.map((machine) => machine.hostname).sort();
  const more = shown.length - named;
  return `${shown.slice(0, named).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Hostnames that equal the wanted one but for case, punctuation or leading zeros. */
function similar(machines: readonly Findable[], wanted: string): string[] {
  const plain = (name: string): string =>
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, "")
      .replaceAll(/0+(?=\d)/g, "");
  return machines.map((machine) => machine.hostname).filter((name) => plain(name) === plain(wanted));
}
