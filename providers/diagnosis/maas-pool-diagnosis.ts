import type { ConfigurationReader } from "../dynamic/configuration";
import type { MachineAnswer } from "../maas/client/machine-types";
import { connectMaas } from "../maas/connection";
import type { PoolDiagnosis } from "../palette/cluster/pool-diagnosis";
import { type AllocatableMachine, shortPoolFindings } from "./short-pools";

/** Says from MAAS's list of machines why the machine pools of a cluster do not fill up. Reads only. */
export function maasPoolDiagnosis(configuration: ConfigurationReader): PoolDiagnosis {
  return async (pools) => {
    const machines = await connectMaas(configuration).client.machines.list(0);
    const requests = pools.map(({ pool, missing }) => ({ ...pool, missing }));
    return shortPoolFindings(requests, machines.map(allocatable));
  };
}

function allocatable(machine: MachineAnswer): AllocatableMachine {
  return {
    hostname: machine.hostname,
    status: machine.status_name,
    resourcePool: machine.pool.name,
    zone: machine.zone.name,
    cpuCores: machine.cpu_count,
    memoryMebibytes: machine.memory,
    tags: machine.tag_names,
    locked: machine.locked,
  };
}
