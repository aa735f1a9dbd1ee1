import { InputError, PartialFailure } from "../dynamic/errors";
import { samePlain } from "../dynamic/plain";
import type { Fields } from "./client/form";
import type { MachineAnswer } from "./client/machine-types";
import type { MaasConnection } from "./connection";
import type { MachineInputs, MachineOutputs } from "./machine-inputs";
import { MachineStatus } from "./machine-state/status";
import { stuckError, waitForMachine } from "./machine-state/wait";

/** Enlists the machine of the inputs, without commissioning it. */
export async function enlist(link: MaasConnection, inputs: MachineInputs): Promise<MachineAnswer> {
  const { enlist: wanted } = inputs;
  if (wanted === null) throw new InputError("There is no machine to take over and none to enlist.", "enlist");
  const { macAddresses } = wanted;
  return link.client.machines.enlist(
    {
      hostname: wanted.hostname,
      architecture: wanted.architecture ?? "amd64/generic",
      mac_addresses: macAddresses,
      commission: false,
      ...powerFields(inputs),
    },
    (machine) => machine.interface_set.some((item) => macAddresses.includes((item.mac_address ?? "").toLowerCase())),
  );
}

/** The power driver and what it needs, as fields of a machine. */
export function powerFields(inputs: Pick<MachineInputs, "enlist" | "powerParameters">): Fields {
  const parameters = Object.entries(inputs.powerParameters ?? {}).map(([key, value]) => [
    key.startsWith("power_parameters_") ? key : `power_parameters_${key}`,
    value,
  ]);
  return { power_type: inputs.enlist?.powerType ?? "manual", ...(Object.fromEntries(parameters) as Fields) };
}

/**
 * The power driver that a machine has, as the inputs say it. Of its parameters only those are looked at that the inputs name: drivers have
 * more, with defaults of their own.
 */
export async function presentPower(
  link: MaasConnection,
  machine: MachineAnswer,
  inputs: Pick<MachineInputs, "enlist" | "powerParameters">,
): Promise<Pick<MachineInputs, "enlist" | "powerParameters">> {
  const { enlist: wanted, powerParameters } = inputs;
  if (wanted === null) return inputs;
  const driver = { ...wanted, powerType: machine.power_type };
  if (powerParameters === null) return { enlist: driver, powerParameters };
  const present = await link.client.machines.powerParameters(machine.system_id);
  const asNamed = Object.keys(powerParameters).map((key) => {
    const found = present[key.replace(/^power_parameters_/, "")] ?? "";
    return [key, typeof found === "string" ? found : JSON.stringify(found)];
  });
  return { enlist: driver, powerParameters: Object.fromEntries(asNamed) as Record<string, string> };
}

/** Makes the power driver of a machine that MAAS has as the inputs say it; writes nothing when it is. */
export async function keepPower(link: MaasConnection, machine: MachineAnswer, inputs: MachineInputs): Promise<void> {
  const { enlist: wanted, powerParameters } = await presentPower(link, machine, inputs);
  const same = samePlain(
    { wanted, powerParameters },
    { wanted: inputs.enlist, powerParameters: inputs.powerParameters },
  );
  if (!same) await link.client.machines.update(machine.system_id, powerFields(inputs));
}

/** Statuses in which commissioning goes on. */
const commissioning: readonly number[] = [MachineStatus.Commissioning, MachineStatus.Testing];

/** Statuses in which it has failed. */
const failed: readonly number[] = [MachineStatus.FailedCommissioning, MachineStatus.FailedTesting];

/**
 * Commissions a New machine when the inputs say so, and waits until MAAS is done with it.
 *
 * @throws PartialFailure when it takes longer or fails: the machine stays on record, and the next `up` goes on.
 */
export async function commissionIfWanted(
  link: MaasConnection,
  machine: MachineAnswer,
  inputs: MachineInputs,
  outputs: MachineOutputs,
): Promise<MachineAnswer> {
  if (!inputs.commission) return machine;
  const started =
    machine.status === MachineStatus.New
      ? await link.client.machines.operate(machine.system_id, "commission", {})
      : machine;
  if (!commissioning.includes(started.status) && !failed.includes(started.status)) return started;
  const {
    machine: last,
    inTime,
    when,
  } = await waitForMachine(
    link.client,
    started,
    (seen) => !commissioning.includes(seen.status),
    { minutes: inputs.waitMinutes },
    link.log.of("maas:Machine", machine.hostname, machine.system_id),
  );
  if (inTime && !failed.includes(last.status)) return last;
  const message = inTime
    ? (await stuckError(link.client, last, "The network and storage")).message
    : `Machine ${last.hostname} (${last.system_id}) is still ${last.status_name} ${when}. ` +
      "Run the command again to go on waiting; look at the machine's commissioning in MAAS if it never ends.";
  throw new PartialFailure(machine.system_id, { ...inputs, ...outputs }, message);
}
