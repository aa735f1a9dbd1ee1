import type { Parameters } from "../../server/route";
import { findSubnets } from "../../site/find-subnet";
import type { Store } from "../../store";
import { FormErrors } from "../forms/form-errors";
import { usableArchitectures } from "../images";
import type { MachineRecord } from "../model";
import { STATUS } from "../status";

type Test = (machine: MachineRecord) => boolean;

/** One constraint: how its values are read and which machines fit. */
interface Constraint {
  field: string;
  /** Faults of the values, and the values as a message about constraints names them. */
  read: (context: Reading, values: string[]) => { test: Test; shown: string };
}

interface Reading {
  store: Store;
  errors: FormErrors;
  field: string;
}

const MAC = /^([0-9a-fA-F]{1,2}[:-]){5}[0-9a-fA-F]{1,2}$|^([0-9a-fA-F]{3,4}\.){2}[0-9a-fA-F]{3,4}$/;
const STATUS_NUMBERS = new Map(Object.entries(STATUS).map(([name, number]) => [name.toLowerCase(), number as number]));
const POWER_STATES = ["on", "off", "unknown", "error"];

function anyOf(value: (machine: MachineRecord) => string): Constraint["read"] {
  return (_, values) => ({ test: (machine) => values.includes(value(machine)), shown: values.join(",") });
}

/** Names of records that must exist. */
function named(
  what: string,
  records: (store: Store) => readonly { id: number; name: string }[],
  idOf: (machine: MachineRecord) => number,
): Constraint["read"] {
  return ({ store, errors, field }, values) => {
    const missing = [...new Set(values)].filter((name) => !records(store).some((each) => each.name === name)).sort();
    if (missing.length > 0) errors.add(field, `No such ${what}(s): ${missing.join(", ")}.`);
    const ids = new Set(records(store).flatMap((each) => (values.includes(each.name) ? [each.id] : [])));
    return { test: (machine) => ids.has(idOf(machine)), shown: values.join(",") };
  };
}

/** A least amount; of several the smallest counts. */
function atLeast(message: string, value: (machine: MachineRecord) => number): Constraint["read"] {
  return ({ errors, field }, values) => {
    const numbers = values.map(Number);
    if (values.some((each) => each.trim() === "") || numbers.some(Number.isNaN)) errors.add(field, message);
    const least = Math.min(...numbers);
    const shown = numbers.map((each) => (Number.isInteger(each) ? `${each}.0` : String(each))).join(",");
    return { test: (machine) => value(machine) >= least, shown };
  };
}

/** One of MAAS's own words, with or without a `=` before it. */
function word(choices: readonly string[], value: (machine: MachineRecord) => string): Constraint["read"] {
  return ({ errors, field }, values) => {
    const words = values.map((each) => each.replace(/^=/, ""));
    const bad = words.find((each) => !choices.includes(each));
    if (bad !== undefined) errors.add(field, `Select a valid choice. ${bad} is not one of the available choices.`);
    return { test: (machine) => words.includes(value(machine)), shown: words.join(",") };
  };
}

function tagNames(values: readonly string[]): string[] {
  return [...new Set(values.flatMap((value) => value.match(/[^\s,]+/g) ?? []))];
}

const readTags: Constraint["read"] = ({ store, errors, field }, values) => {
  const names = tagNames(values);
  const missing = names.filter((name) => !store.site.tags.some((tag) => tag.name === name));
  if (missing.length > 0) errors.add(field, `No such tag(s): ${missing.map((name) => `'${name}'`).join(", ")}.`);
  return {
    test: (machine) => names.every((name) => machine.tagNames.includes(name)),
    shown: [...names].sort().join(","),
  };
};

const readArchitecture: Constraint["read"] = ({ store, errors, field }, values) => {
  const usable = usableArchitectures(store);
  const wanted = values.flatMap((value) => usable.filter((each) => each === value || each.split("/")[0] === value));
  const unknown = values.some((value) => !usable.some((each) => each === value || each.split("/")[0] === value));
  if (unknown) errors.add(field, "Architecture not recognised.");
  return { test: (machine) => wanted.includes(machine.architecture), shown: wanted.join(",") };
};

const readMac: Constraint["read"] = ({ errors, field }, values) => {
  const bad = values.find((value) => !MAC.test(value));
  if (bad !== undefined) errors.add(field, `'${bad}' is not a valid MAC address.`);
  return {
    test: (machine) => machine.interfaces.some((each) => each.macAddress !== null && values.includes(each.macAddress)),
    shown: values.join(","),
  };
};

const readSubnets: Constraint["read"] = ({ store, errors, field }, values) => {
  const ids = [...new Set(values.flatMap((value) => findSubnets(store, value).map((subnet) => subnet.id)))];
  if (ids.length === 0) errors.add(field, "No matching Subnets found.");
  const linked = (machine: MachineRecord): (number | null)[] =>
    machine.interfaces.flatMap((each) => each.addresses.map((address) => address.subnetId));
  const every = field === "subnets";
  return {
    test: (machine) =>
      every ? ids.every((id) => linked(machine).includes(id)) : ids.some((id) => linked(machine).includes(id)),
    shown: ids.sort((a, b) => a - b).join(","),
  };
};

function not(read: Constraint["read"]): Constraint["read"] {
  return (reading, values) => {
    const { test, shown } = read(reading, values);
    return { test: (machine) => !test(machine), shown };
  };
}

const zone = named(
  "zone",
  (store) => store.site.zones,
  (machine) => machine.zoneId,
);
const pool = named(
  "pool",
  (store) => store.site.pools,
  (machine) => machine.poolId,
);
const status = word([...STATUS_NUMBERS.keys()], ({ status: number }) => {
  const entry = [...STATUS_NUMBERS].find(([, each]) => each === number);
  return entry?.[0] ?? "";
});
const powerState = word(POWER_STATES, (machine) => machine.powerState);
const systemId = anyOf((machine) => machine.systemId);
const hostname = anyOf((machine) => machine.hostname);
const agentName = anyOf((machine) => machine.agentName);
const owner = anyOf((machine) => machine.owner ?? "");

function domain(): Constraint["read"] {
  return ({ store }, values) => {
    const ids = new Set(store.site.domains.flatMap((each) => (values.includes(each.name) ? [each.id] : [])));
    return { test: (machine) => ids.has(machine.domainId), shown: values.join(",") };
  };
}

const anyTag: Constraint["read"] = (_, values) => ({
  test: (machine) => machine.tagNames.some((name) => values.includes(name)),
  shown: values.join(","),
});

const fullName: Constraint["read"] = ({ store }, values) => ({
  test: (machine) =>
    values.some((value) => {
      const [host = "", ...rest] = value.split(".");
      const theirs = store.site.domains.find((each) => each.id === machine.domainId)?.name;
      return machine.hostname === host && (rest.length === 0 || theirs === rest.join("."));
    }),
  shown: values.join(","),
});

const COMMON: Constraint[] = [
  { field: "arch", read: readArchitecture },
  { field: "not_arch", read: not(anyOf((machine) => machine.architecture)) },
  { field: "tags", read: readTags },
  { field: "not_tags", read: not(anyTag) },
  { field: "zone", read: zone },
  { field: "not_in_zone", read: not(zone) },
  { field: "pool", read: pool },
  { field: "not_in_pool", read: not(pool) },
  { field: "system_id", read: systemId },
  { field: "subnets", read: readSubnets },
  { field: "not_subnets", read: not(readSubnets) },
  { field: "cpu_count", read: atLeast("Invalid CPU count: number required.", (machine) => machine.cpuCount) },
  { field: "cpu_speed", read: atLeast("Invalid CPU speed: number required.", (machine) => machine.cpuSpeed) },
  { field: "mem", read: atLeast("Invalid memory: number of MiB required.", (machine) => machine.memory) },
  { field: "owner", read: owner },
  { field: "not_owner", read: not(owner) },
  { field: "power_state", read: powerState },
  { field: "not_power_state", read: not(powerState) },
];

const LISTING: Constraint[] = [
  ...COMMON,
  { field: "id", read: systemId },
  { field: "not_id", read: not(systemId) },
  { field: "hostname", read: hostname },
  { field: "not_hostname", read: not(hostname) },
  { field: "mac_address", read: readMac },
  { field: "domain", read: domain() },
  { field: "not_domain", read: not(domain()) },
  { field: "agent_name", read: agentName },
  { field: "not_agent_name", read: not(agentName) },
  { field: "status", read: status },
  { field: "not_status", read: not(status) },
];

const ALLOCATING: Constraint[] = [...COMMON, { field: "name", read: fullName }];

/** Parameters that are no constraints. */
const IGNORED: ReadonlySet<string> = new Set([
  "comment",
  "bridge_all",
  "bridge_type",
  "bridge_stp",
  "bridge_fd",
  "dry_run",
  "verbose",
  "op",
  "agent_name",
]);

/** Machines that fit what was asked for. */
export interface MachineFilter {
  matches: Test;
  /** What was asked for, as MAAS's message names it: `cpu_count=4.0 pool=workers`. */
  description: string;
}

/**
 * Reads the constraints of a listing or an allocation.
 *
 * @throws MaasRefusal 400 with the faults by field: an unknown pool, zone or tag, and constraints that MAAS (or this
 * simulator) does not know.
 */
export function readMachineFilter(store: Store, parameters: Parameters, purpose: "list" | "allocate"): MachineFilter {
  const constraints = purpose === "list" ? LISTING : ALLOCATING;
  const errors = new FormErrors();
  const names = [...new Set(parameters.entries().map(([name]) => name))];
  const tests: Test[] = [];
  const shown: string[] = [];
  for (const name of names.sort()) {
    const constraint = constraints.find((each) => each.field === name);
    if (constraint === undefined) {
      if (!IGNORED.has(name)) errors.add(name, "No such constraint.");
      continue;
    }
    const read = constraint.read({ store, errors, field: name }, parameters.getAll(name));
    tests.push(read.test);
    if (read.shown !== "") shown.push(`${name}=${read.shown}`);
  }
  if (!errors.empty) throw errors.refusal();
  return { matches: (machine) => tests.every((test) => test(machine)), description: shown.join(" ") };
}
