import type { ConfigurationReader } from "../dynamic/configuration";
import type { MachineAnswer } from "../maas/client/machine-types";
import { connectMaas } from "../maas/connection";
import { inUse } from "../maas/machine-state/status";
import type { MetalView } from "../palette/cluster/metal-view";
import { type AllocatableMachine, shortPoolFindings } from "./short-pools";

/** What MAAS's list of machines tells about those of a cluster. Reads only. */
export function maasMetalView(configuration: ConfigurationReader): MetalView {
  const list = () => connectMaas(configuration).client.machines.list(0);
  return {
    async diagnose(pools) {
      const requests = pools.map(({ pool, missing }) => ({ ...pool, missing }));
      return shortPoolFindings(requests, (await list()).map(allocatable));
    },
    async inUse(hostnames) {
      return (await list())
        .filter((machine) => hostnames.includes(machine.hostname) && inUse(machine))
        .map(({ hostname, system_id, status_name }) => `${hostname} (${system_id}, ${status_name})`)
        .sort();
    },
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
