import { Netmask } from "netmask";
import { MaasError } from "../maas/client";
import { addressesOf, MAAS_STATUS, maasMachinesSchema } from "../maas/machine";
import type { MaasMachine } from "../maas/machine";
import { maasSite } from "../maas/site";
import type { Machine } from "../model/machine-pool";
import { allocate, recoverAllocation } from "./allocation";
import type { Round } from "./round";
import { LIFE_SECONDS } from "./timing";

/** Releases of Ubuntu by version, as MAAS names them. */
const SERIES: Record<string, string> = { "20.04": "focal", "22.04": "jammy", "24.04": "noble" };

/**
 * Moves every machine of a cluster one step on. Machines of one cluster are asked about in one list per look.
 * @throws MaasError when MAAS cannot be asked.
 */
export async function stepMachines(round: Round): Promise<void> {
  const seen = await look(round);
  for (const machine of [...round.cluster.machines]) {
    const step = STEPS[machine.phase];
    await step?.(round, machine, machine.systemId === undefined ? undefined : seen?.get(machine.systemId), seen);
  }
}

type Seen = Map<string, MaasMachine>;
type Step = (
  round: Round,
  machine: Machine,
  found: MaasMachine | undefined,
  seen: Seen | undefined,
) => Promise<void> | void;

const STEPS: Partial<Record<Machine["phase"], Step>> = {
  async waiting(round, machine) {
    const pool = round.cluster.pools.find((each) => each.spec.name === machine.poolName);
    if (pool && round.now >= machine.retryAt) await round.serially(() => allocate(round, machine, pool.spec));
  },
  async allocating(round, machine) {
    const pool = round.cluster.pools.find((each) => each.spec.name === machine.poolName);
    if (pool) await round.serially(() => recoverAllocation(round, machine, pool.spec));
  },
  async allocated(round, machine, found) {
    if (!found) return;
    // After a restart the call may have been made already.
    if (found.status === MAAS_STATUS.allocated) await deploy(round, machine);
    else if (found.status === MAAS_STATUS.ready) giveUp(round, machine, "the machine is no longer allocated");
    else round.move(machine, "deploying");
  },
  async deploying(round, machine, found, seen) {
    if (!found) {
      if (seen) giveUp(round, machine, "the machine is gone from MAAS");
      return;
    }
    if (found.status === MAAS_STATUS.deployed) {
      machine.hostname = found.hostname;
      machine.addresses = await preferred(round, addressesOf(found));
      round.event("MachineDeployed", `Machine ${machine.hostname} was deployed`);
      round.move(machine, "joining");
    } else if (found.status !== MAAS_STATUS.deploying && found.status !== MAAS_STATUS.allocated) {
      const problem = `MAAS reports ${found.hostname} as ${found.status_name ?? found.status}`;
      await round.maas.post(`/machines/${found.system_id}/`, "release");
      giveUp(round, machine, [problem, found.status_message].filter(Boolean).join(": "));
    }
  },
  joining(round, machine) {
    if (!round.palette.clock.passed(machine.phaseSince, LIFE_SECONDS.join)) return;
    round.event("MachineRunning", `Node ${machine.hostname} joined the cluster`);
    round.move(machine, "running");
  },
  running(round, machine) {
    const { maintenance } = machine;
    if (!maintenance || !round.palette.clock.passed(maintenance.since, LIFE_SECONDS.maintenance)) return;
    const next = { Initiated: "InProgress", InProgress: "Completed" }[maintenance.state];
    if (next === undefined) return;
    maintenance.state = next;
    maintenance.since = round.now;
    round.palette.store.save();
  },
  async draining(round, machine) {
    if (machine.systemId === undefined) drop(round, machine);
    else if (round.palette.clock.passed(machine.phaseSince, LIFE_SECONDS.drain)) {
      round.move(machine, "releasing");
      await release(round, machine, machine.systemId);
    }
  },
  async releasing(round, machine, found, seen) {
    if (machine.systemId === undefined) return drop(round, machine);
    if (!machine.released) return release(round, machine, machine.systemId);
    if (!seen) return;
    const free = !found || found.status === MAAS_STATUS.ready || found.status === MAAS_STATUS.new;
    if (free || heldByAnother(round, machine)) {
      round.event("MachineReleased", `Machine ${machine.hostname} was released`);
      drop(round, machine);
    } else if ([MAAS_STATUS.releasingFailed, MAAS_STATUS.failedDiskErasing].some((status) => status === found.status))
      round.event("MachineReleaseFailed", `MAAS reports ${found.hostname} as ${found.status_name ?? ""}`, true);
  },
};

// One list of all machines that are on their way, when it is time for it.
async function look(round: Round): Promise<Seen | undefined> {
  const ids = round.cluster.machines
    .filter((machine) => ["allocated", "deploying", "releasing"].includes(machine.phase))
    .map((machine) => machine.systemId)
    .filter((id) => id !== undefined);
  if (ids.length === 0 || round.now < round.memory.pollAt) return undefined;
  round.memory.pollAt = round.now + round.palette.clock.milliseconds(LIFE_SECONDS.poll);
  const machines = maasMachinesSchema.parse(await round.maas.get("/machines/", { id: ids }));
  return new Map(machines.map((machine) => [machine.system_id, machine]));
}

async function deploy(round: Round, machine: Machine): Promise<void> {
  const path = `/machines/${machine.systemId ?? ""}/`;
  const version = round.cluster.nodeLayers.find((layer) => layer.pack.layer === "os")?.pack.version ?? "";
  try {
    await round.maas.put(path, { swap_size: 0 });
    await round.maas.post(path, "deploy", {
      distro_series: SERIES[version],
      user_data: Buffer.from(`#cloud-config\nhostname: ${machine.hostname}\n`).toString("base64"),
    });
    round.move(machine, "deploying");
    round.event("MachineDeploying", `Machine ${machine.hostname} is being deployed`);
  } catch (error) {
    if (!(error instanceof MaasError) || error.status < 400 || error.status >= 500 || error.status === 401) throw error;
    await round.maas.post(path, "release");
    giveUp(round, machine, error.message);
  }
}

// The slot stays and gets another machine.
function giveUp(round: Round, machine: Machine, problem: string): void {
  machine.problem = `${machine.hostname}: ${problem}`;
  round.event("MachineProvisioningFailed", machine.problem, true);
  machine.systemId = undefined;
  machine.hostname = "";
  machine.zone = "";
  machine.addresses = [];
  machine.retryAt = round.now + round.palette.clock.milliseconds(LIFE_SECONDS.retry);
  round.move(machine, "waiting");
}

// Without an erase option: the site's setting decides.
async function release(round: Round, machine: Machine, systemId: string): Promise<void> {
  try {
    await round.maas.post(`/machines/${systemId}/`, "release");
  } catch (error) {
    if (!(error instanceof MaasError && error.status === 404)) throw error;
  }
  machine.released = true;
  round.palette.store.save();
}

function heldByAnother(round: Round, machine: Machine): boolean {
  return round.palette.state.clusters
    .flatMap((cluster) => cluster.machines)
    .some((other) => other.uid !== machine.uid && other.systemId === machine.systemId);
}

function drop(round: Round, machine: Machine): void {
  if (machine.hostname !== "") (round.cluster.formerMachines ??= []).push(machine);
  round.cluster.machines = round.cluster.machines.filter((each) => each.uid !== machine.uid);
  round.palette.store.save();
}

// The account's preferred subnets first, in their order.
async function preferred(round: Round, addresses: string[]): Promise<string[]> {
  const names = round.account.preferredSubnets;
  if (names.length === 0) return addresses;
  const subnets = await maasSite.subnets(round.maas);
  const networks = names.flatMap((name) => subnets.filter((subnet) => subnet.name === name || subnet.cidr === name));
  const rank = (address: string): number => {
    const index = networks.findIndex((subnet) => contains(subnet.cidr, address));
    return index < 0 ? networks.length : index;
  };
  return [...addresses].sort((one, other) => rank(one) - rank(other));
}

function contains(cidr: string, address: string): boolean {
  return !cidr.includes(":") && !address.includes(":") && new Netmask(cidr).contains(address);
}
