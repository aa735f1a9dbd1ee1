import { refusal } from "../../server/refusal";
import type { Parameters } from "../../server/route";
import type { Store } from "../../store";
import { hostnameFault } from "../hostname-rules";
import { defaultKernel, usableArchitectures } from "../images";
import type { MachineRecord } from "../model";
import { integerField, invalidChoice, NO_SUCH_CHOICE } from "./fields";
import type { FormErrors } from "./form-errors";
import { readPower, type PowerFields } from "./power-fields";

/** What a machine's form has read; null: keep as it is. */
export interface MachineFields {
  hostname: string | null;
  domainId: number | null;
  description: string | null;
  zoneId: number | null;
  poolId: number | null;
  architecture: string;
  cpuCount: number | null;
  memory: number | null;
  swapSize: number | null;
  minHweKernel: string;
  power: PowerFields;
}

const SWAP_UNITS: Record<string, number> = { K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

function reference(
  errors: FormErrors,
  field: string,
  raw: string | undefined,
  records: readonly { id: number; name: string }[],
): number | null {
  if (raw === undefined || raw === "") return null;
  const found = records.find((record) => record.name === raw);
  if (found === undefined) errors.add(field, NO_SUCH_CHOICE);
  return found?.id ?? null;
}

function domainField(store: Store, errors: FormErrors, raw: string | undefined): number | null {
  const text = (raw ?? "").trim();
  if (text === "") return null;
  const { domains } = store.site;
  if (/^[+-]?\d+$/.test(text)) {
    const byId = domains.find((domain) => domain.id === Number(text));
    if (byId === undefined) throw refusal(500, "Domain matching query does not exist.");
    return byId.id;
  }
  const byName = domains.find((domain) => domain.name === text);
  if (byName === undefined) errors.add("domain", `Unable to find domain ${text}`);
  return byName?.id ?? null;
}

function swapField(errors: FormErrors, raw: string | undefined): number | null {
  const text = (raw ?? "").trim();
  if (text === "") return null;
  const [, digits, unit] = /^([+-]?\d+)([KMGT])?$/.exec(text) ?? [];
  if (digits !== undefined) return Number(digits) * (unit === undefined ? 1 : (SWAP_UNITS[unit] ?? 1));
  errors.add("swap_size", `Invalid size for swap: ${text}`);
  return null;
}

function architectureField(store: Store, errors: FormErrors, raw: string, required: boolean): string {
  const choices = usableArchitectures(store);
  if (raw === "") {
    if (required) errors.add("architecture", "This field is required.");
    return raw;
  }
  if (!choices.includes(raw)) {
    errors.add("architecture", invalidChoice(raw, "architecture", choices.length === 0 ? [""] : choices));
  }
  return raw;
}

function kernelField(errors: FormErrors, raw: string): string {
  if (raw === "" || /^(hwe|ga)-\d\d\.\d\d/.test(raw)) return raw;
  errors.add("min_hwe_kernel", `No kernel matches ">=${raw}" requirement.`);
  return "";
}

/**
 * Reads the form of a machine that is changed or made. Every form, whatever it changes, wants the machine's architecture
 * among those of the synced images.
 *
 * @param machine The machine as it is; absent when one is to be made.
 */
export function readMachineForm(
  store: Store,
  errors: FormErrors,
  form: Parameters,
  architecture: string | undefined,
  machine?: MachineRecord,
): MachineFields {
  const { zones, pools } = store.site;
  const sent = (field: string, present: string | number | null | undefined): string | undefined =>
    form.has(field) ? form.get(field) : present === null || present === undefined ? undefined : String(present);
  const power = readPower(errors, form, machine);
  return {
    hostname: form.has("hostname") ? (form.get("hostname") ?? "").trim() : null,
    domainId: domainField(store, errors, form.get("domain")),
    description: form.has("description") ? (form.get("description") ?? "").trim() : null,
    zoneId: reference(errors, "zone", form.get("zone"), zones),
    poolId: reference(errors, "pool", form.get("pool"), pools),
    architecture: architectureField(
      store,
      errors,
      architecture ?? machine?.architecture ?? "",
      form.get("power_type") !== "ipmi",
    ),
    cpuCount: integerField(errors, "cpu_count", sent("cpu_count", machine?.cpuCount)),
    memory: integerField(errors, "memory", sent("memory", machine?.memory)),
    swapSize: swapField(errors, sent("swap_size", machine?.swapSize)),
    minHweKernel: kernelField(errors, sent("min_hwe_kernel", machine?.minHweKernel) ?? ""),
    power,
  };
}

/** Checks a host name and settles the domain that it may carry: `node1.example.com` is node1 in example.com. */
function checkHostname(store: Store, errors: FormErrors, fields: MachineFields, machine: MachineRecord): void {
  if (fields.hostname === null || fields.hostname === "") return;
  const fault = hostnameFault(fields.hostname);
  if (fault !== undefined) {
    errors.add("hostname", fault);
    return;
  }
  const [host = "", ...rest] = fields.hostname.split(".");
  if (rest.length > 0) {
    const domain = store.site.domains.find((each) => each.name === rest.join("."));
    if (domain === undefined) {
      errors.add("hostname", "Nonexistant domain.");
      return;
    }
    fields.domainId = domain.id;
  }
  fields.hostname = host;
  const taken =
    store.machines.some((each) => each !== machine && each.hostname === host) ||
    store.site.rackControllers.some((rack) => rack.hostname === host);
  if (taken) errors.add("hostname", "Node with this Hostname already exists.");
}

/**
 * Checks what was read as a whole and writes it to the machine.
 *
 * @throws MaasRefusal 400 with the faults by field.
 */
export function applyMachineForm(
  store: Store,
  errors: FormErrors,
  fields: MachineFields,
  machine: MachineRecord,
): void {
  checkHostname(store, errors, fields, machine);
  if (!errors.empty) throw errors.refusal();
  const { power } = fields;
  machine.hostname = fields.hostname ?? machine.hostname;
  machine.domainId = fields.domainId ?? machine.domainId;
  machine.description = fields.description ?? machine.description;
  machine.zoneId = fields.zoneId ?? machine.zoneId;
  machine.poolId = fields.poolId ?? machine.poolId;
  machine.architecture = fields.architecture;
  machine.cpuCount = fields.cpuCount ?? machine.cpuCount;
  machine.memory = fields.memory ?? machine.memory;
  machine.swapSize = fields.swapSize;
  machine.minHweKernel = fields.minHweKernel;
  const { osystem, distroSeries } = machine;
  if ((machine.hweKernel ?? "") === "" && osystem !== "" && distroSeries !== "") {
    machine.hweKernel = defaultKernel(osystem, distroSeries);
  }
  machine.powerType = power.type;
  machine.powerParameters = power.parameters;
}
