import type { MachineFacts, ObservedMachine } from "../../../providers/maas/look-ups/machine-facts";
import type { SiteFacts } from "../../../stacks/preflight/site-facts";
import { siteFacts } from "../site-facts";
import type { BrokenSite } from "./broken-sites";

type Nic = ObservedMachine["interface_set"][number];
type Disk = ObservedMachine["blockdevice_set"][number];

/** A proper site where the boot NICs of machines are otherwise, by hostname. */
export function withBootNic(hostnames: readonly string[], change: (nic: Nic) => Nic): SiteFacts {
  return siteFacts((machine) =>
    hostnames.includes(machine.hostname)
      ? {
          ...machine,
          observed: {
            ...machine.observed,
            interface_set: machine.observed.interface_set.map((nic) => (nic.id === 1 ? change(nic) : nic)),
          },
        }
      : machine,
  );
}

/** A NIC on another VLAN, with a discovered address in a subnet or without one. */
export function onVlan(nic: Nic, fabric: string, vid: number, cidr?: string): Nic {
  const discovered = cidr === undefined ? null : [{ ip_address: "10.52.0.9", subnet: { cidr } }];
  return { ...nic, vlan: nic.vlan && { ...nic.vlan, id: 5099, fabric, vid }, links: [], discovered };
}

/** A proper site where the root file system of one machine is on an NVMe disk that it does not boot from. */
export function rootElsewhere(hostname: string, changes: Partial<MachineFacts> = {}): SiteFacts {
  return siteFacts((machine) => {
    const [sda] = machine.observed.blockdevice_set;
    const [fact] = machine.disks;
    if (machine.hostname !== hostname || sda === undefined || fact === undefined) return machine;
    const unused: Disk = { ...sda, partitions: [], used_for: "Unused" };
    const nvme: Disk = { ...sda, id: 2, name: "nvme0n1", model: "P5520", serial: "N1", size: 3840e9 };
    const nvmeFact = { ...fact, id: 2, name: "nvme0n1", model: "P5520", serial: "N1", sizeBytes: 3840e9, boot: false };
    return {
      ...machine,
      disks: [fact, nvmeFact],
      observed: { ...machine.observed, blockdevice_set: [unused, nvme] },
      ...changes,
    };
  });
}

/** Sites whose hosts break a rule, by its code. */
export const brokenHosts: Readonly<Record<string, readonly BrokenSite[]>> = {
  MCH001: [
    {
      facts: withBootNic(["worker-2", "worker-3", "worker-4"], (nic) => onVlan(nic, "fabric-2", 0, "10.52.0.0/24")),
      path: "hosts.worker-pool.machines",
      message:
        /^worker-\[2-4\] boot from enp1s0 on fabric-2\/untagged, in 10\.52\.0\.0\/24, but .* is fabric-0\/untagged, 192\.168\.0\.0\/22/,
    },
    {
      facts: withBootNic(["worker-2"], (nic) => onVlan(nic, "fabric-0", 107, "10.21.0.0/21")),
      path: "hosts.worker-pool.machines",
      message: /^worker-2 boots from enp1s0 on fabric-0\/107, in 10\.21\.0\.0\/21/,
    },
  ],
  MCH002: [
    {
      facts: withBootNic(["worker-2"], (nic) => onVlan(nic, "fabric-7", 0)),
      path: "hosts.worker-pool.machines",
      message: /^worker-2 boots from enp1s0, which got no address during commissioning/,
    },
    {
      facts: withBootNic(["worker-2"], (nic) => ({ ...nic, vlan: null, links: [], discovered: null })),
      path: "hosts.worker-pool.machines",
      message: /is in the provisioning network, fabric-0\/untagged, 192\.168\.0\.0\/22, is not known/,
    },
  ],
  MCH003: [
    {
      facts: rootElsewhere("worker-2"),
      path: "hosts.worker-pool.machines.storage.disk",
      message:
        /^the root file system of worker-2 is on nvme0n1 \(P5520, serial N1, 3840 GB\), and would move to sda \(SSD, serial S1, 480 GB\)/,
    },
  ],
};
