import type { DiskFacts, InterfaceFacts, MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import type { MaasFacts, SiteFacts } from "../../../stacks/preflight/site-facts";
import type { Settings } from "../descriptions";
import { siteFacts } from "../site-facts";

/** A site that breaks a rule, and what the rule then says. */
export interface BrokenSite {
  readonly facts: SiteFacts;
  readonly changes?: Settings;
  readonly path: string;
  readonly message: RegExp;
}

/** The facts of a proper site with one machine changed. */
function withMachine(hostname: string, changes: Partial<MachineFacts>): SiteFacts {
  return siteFacts((machine) => (machine.hostname === hostname ? { ...machine, ...changes } : machine));
}

/** A proper site where one machine has other interfaces. */
function withInterfaces(
  hostname: string,
  change: (interfaces: readonly InterfaceFacts[]) => readonly InterfaceFacts[],
): SiteFacts {
  return siteFacts((machine) =>
    machine.hostname === hostname ? { ...machine, interfaces: change(machine.interfaces) } : machine,
  );
}

/** A proper site where MAAS as a whole has something else. */
function withMaas(changes: Partial<MaasFacts>): SiteFacts {
  const facts = siteFacts();
  return { ...facts, maas: facts.maas && { ...facts.maas, ...changes } };
}

function disk(gigabytes: number): DiskFacts {
  return {
    id: 1,
    name: "sda",
    idPath: "",
    serial: "S",
    model: "M",
    sizeBytes: gigabytes * 1e9,
    type: "physical",
    tags: [],
    boot: true,
  };
}

/** A site with a zone that this stack made, with worker-1 and a machine of someone else in it. */
function withOldZone(worker: Partial<MachineFacts>): SiteFacts {
  const { maas } = siteFacts((machine) => {
    if (machine.hostname === "worker-1") return { ...machine, zone: "old", description: "[vmo-metal dc1]", ...worker };
    return machine.hostname === "other-1" ? { ...machine, zone: "old" } : machine;
  });
  const old = { id: 9, name: "old", description: "[vmo-metal dc1]" };
  return withMaas({
    ...maas,
    objects: { ...maas!.objects, zones: [old, { ...old, id: 10, name: "theirs", description: "" }] },
  });
}

const workers = "hosts.worker-pool.machines";

/** The smallest changes of a proper site that break each rule, by its code. */
export const brokenSites: Readonly<Record<string, readonly BrokenSite[]>> = {
  SIT001: [
    {
      facts: withMachine("worker-3", { hostname: "worker-03" }),
      path: workers,
      message: /worker-3: MAAS has no machine .*Did you mean worker-03/,
    },
    {
      facts: withMachine("other-1", { tags: ["rack-7"] }),
      changes: listed([{ tag: "rack-8" }]),
      path: `${workers}[1]`,
      message: /tag "rack-8"/,
    },
  ],
  SIT002: [
    {
      facts: siteFacts(),
      changes: listed([{ systemId: "worker3" }]),
      path: `${workers}[1]`,
      message: /worker3 and worker-3 .* are one machine/,
    },
  ],
  SIT003: [
    {
      facts: withMachine("cp-1", { description: "Rack 7 [vmo-metal dc2]" }),
      path: "hosts.control-plane.machines",
      message: /datacenter "dc2"/,
    },
  ],
  SIT004: [
    {
      facts: withMachine("other-1", { pool: "worker-pool" }),
      path: "hosts.worker-pool.resourcePool",
      message: /other-1 \(other1, Ready\) is in the resource pool "worker-pool" but not described/,
    },
  ],
  SIT005: [
    {
      facts: withMachine("cp-4", { status: 0, statusName: "New" }),
      path: "hosts.control-plane.machines",
      message: /cp-4 is New/,
    },
    {
      facts: withMachine("cp-4", { status: 8, statusName: "Broken", statusMessage: "fan" }),
      path: "hosts.control-plane.machines",
      message: /cp-4 is Broken \("fan"\)/,
    },
    {
      facts: withMachine("cp-4", { status: 22, statusName: "Failed testing" }),
      path: "hosts.control-plane.machines",
      message: /cp-4 is Failed testing/,
    },
    {
      facts: withMachine("cp-4", { status: 1, statusName: "Commissioning" }),
      path: "hosts.control-plane.machines",
      message: /cp-4 is Commissioning/,
    },
    {
      facts: withMachine("cp-4", { status: 16, statusName: "Rescue mode" }),
      path: "hosts.control-plane.machines",
      message: /cp-4 is Rescue mode/,
    },
  ],
  SIT050: [
    {
      facts: withMaas({
        machines: siteFacts().maas!.machines.map((machine) => {
          if (machine.hostname === "other-1") return { ...machine, pool: "worker-pool" };
          if (!/worker-[1-5]/.test(machine.hostname)) return machine;
          return { ...machine, status: 6, statusName: "Deployed", pool: "worker-pool" };
        }),
      }),
      path: "hosts.worker-pool.resourcePool",
      message: /other-1 \(other1, Ready\) is in the resource pool "worker-pool" but not described/,
    },
  ],
  SIT051: [
    {
      facts: withMachine("other-1", { description: "[vmo-metal dc1]", status: 6, statusName: "Deployed" }),
      path: "hosts",
      message: /other-1 \(other1, Deployed\) carries the marker of this datacenter, but no host describes it any more/,
    },
    {
      facts: withMachine("other-1", { description: "[vmo-metal dc1]", status: 10, statusName: "Allocated" }),
      path: "hosts",
      message: /other-1 \(other1, Allocated\)/,
    },
  ],
  SIT052: [
    {
      facts: withMachine("worker-6", { pool: "worker-pool" }),
      changes: {
        hosts: { "worker-pool": { machines: ["worker-[1-5]", { hostname: "worker-6", outOfService: true }] } },
        cluster: { workers: [{ size: 4 }] },
      },
      path: "hosts.worker-pool.machines[1]",
      message: /worker-6 \(worker6\) is out of service, but it is Ready in the resource pool "worker-pool"/,
    },
  ],
  SIT053: [
    {
      facts: withOldZone({}),
      path: "zones",
      message: /the zone "old" is still in use by worker-1, other-1, but not described any more/,
    },
    {
      facts: withOldZone({ status: 8, statusName: "Broken" }),
      changes: {
        hosts: { "worker-pool": { machines: [{ hostname: "worker-1", zone: "az1" }, "worker-[2-6]"] } },
      },
      path: "zones",
      message: /still in use by worker-1, other-1/,
    },
    {
      facts: withOldZone({}),
      changes: {
        hosts: { "worker-pool": { machines: [{ hostname: "worker-1", zone: "az1" }, "worker-[2-6]"] } },
      },
      path: "zones",
      message: /still in use by other-1, but/,
    },
  ],
  SIT006: [
    {
      facts: withMachine("worker-2", { status: 6, statusName: "Deployed", pool: "web", owner: "alice" }),
      path: workers,
      message: /worker-2 is Deployed by "alice" in the resource pool "web"/,
    },
  ],
  SIT007: [{ facts: withMachine("worker-2", { locked: true }), path: workers, message: /is locked/ }],
  SIT008: [{ facts: withMachine("worker-2", { architecture: "arm64/generic" }), path: workers, message: /arm64/ }],
  SIT009: [
    {
      facts: withMachine("worker-2", { disks: [{ ...disk(2000), model: "FlashArray" }] }),
      path: `${workers}.storage.disk`,
      message: /worker-2: .* is a LUN of a storage array/,
    },
    {
      facts: withMachine("worker-2", { disks: [] }),
      path: `${workers}.storage.disk`,
      message: /was not found; .* no disks/,
    },
    {
      facts: withMachine("worker-2", { disks: [disk(480), { ...disk(480), id: 2, name: "sdb", boot: false }] }),
      changes: { hosts: { "worker-pool": { storage: { disk: { minimumGigabytes: 400 } } } } },
      path: `${workers}.storage.disk`,
      message: /fits 2 disks/,
    },
  ],
  SIT010: [
    {
      facts: withMachine("worker-2", { cpuCount: 8 }),
      path: workers,
      message: /worker-2 has 8 cores of 16: Palette would never choose it/,
    },
    {
      facts: withMachine("worker-2", { memoryMebibytes: 8192, disks: [disk(32)] }),
      path: workers,
      message: /8192 MiB of memory of 24576, 32 GB of disk of 60/,
    },
  ],
  SIT011: [
    {
      facts: withMachine("cp-2", { memoryMebibytes: 4096 }),
      path: "hosts.control-plane.machines",
      message: /4096 MiB; the RA's table asks for 4 cores and 8192 MiB/,
    },
  ],
  SIT012: [
    {
      facts: siteFacts((machine) =>
        /worker-[56]/.test(machine.hostname) ? { ...machine, status: 1, statusName: "Commissioning" } : machine,
      ),
      path: "cluster.workers[0].size",
      message:
        /5 machines are needed .* 4 of 6 described hosts can be used: worker-5 is Commissioning, worker-6 is Commissioning/,
    },
  ],
  SIT013: [
    {
      facts: withMaas({ images: [] }),
      path: "cluster.versions.operatingSystem",
      message: /ubuntu\/jammy\) is not there/,
    },
    {
      facts: withMaas({ images: [{ name: "ubuntu/jammy", architecture: "amd64", type: "Synced", complete: false }] }),
      path: "cluster.versions.operatingSystem",
      message: /has not arrived completely/,
    },
  ],
  SIT014: [
    {
      facts: siteFacts(),
      changes: { networks: { provisioning: { dhcp: { primaryRack: "rack-1", secondaryRack: "rack-2" } } } },
      path: "networks.provisioning.dhcp.secondaryRack",
      message: /no rack controller "rack-2": MAAS has rack-1/,
    },
  ],
  SIT015: [
    {
      facts: withMaas({
        rackControllers: [{ systemId: "rack01", hostname: "rack-1", vlans: [], deadServices: ["dhcpd"] }],
      }),
      path: "maas.url",
      message: /rack-1 does not run dhcpd/,
    },
  ],
  SIT016: [
    {
      facts: withInterfaces("worker-2", (nics) => nics.slice(0, 3)),
      path: workers,
      message: /worker-2 with the layout four-nic: it has no NIC enp2s1; it has enp1s0, enp2s0, enp1s1/,
    },
    {
      facts: siteFacts(),
      changes: {
        hosts: {
          "worker-pool": {
            machines: ["worker-[1-5]", { hostname: "worker-6", nics: { bond_data: [{ speedMbps: 100_000 }] } }],
          },
        },
      },
      path: `${workers}[1]`,
      message: /worker-6 with the layout four-nic: no NIC has speed 100000 Mbit/,
    },
  ],
  SIT017: [
    {
      facts: withMachine("worker-2", { bootMacAddress: "52:54:00:00:05:02" }),
      path: workers,
      message: /worker-2 boots from enp1s1, but the provisioning network is on enp1s0, enp2s0 \(bond_mgmt\)/,
    },
  ],
  SIT018: [
    {
      facts: withInterfaces("worker-2", (nics) =>
        nics.map((nic) => (nic.name === "enp2s1" ? { ...nic, linkSpeedMbps: 10_000 } : nic)),
      ),
      path: workers,
      message: /bond_data of worker-2 has NICs of different speeds: enp1s1 25000 Mbit\/s, enp2s1 10000/,
    },
  ],
  SIT019: [
    {
      facts: withInterfaces("cp-2", (nics) =>
        nics.map((nic) => (nic.name === "enp2s0" ? { ...nic, linkConnected: false } : nic)),
      ),
      path: "hosts.control-plane.machines",
      message: /enp2s0 of cp-2 had no link/,
    },
  ],
  SIT020: [
    {
      facts: {
        ...siteFacts(),
        palette: { ...siteFacts().palette!, projects: ["vm0", "Default"] },
      },
      path: "palette.project",
      message: /did you mean "vm0"/,
    },
  ],
  SIT021: [
    {
      facts: { ...siteFacts(), palette: { ...siteFacts().palette!, gateways: [] } },
      path: "palette.gateway",
      message: /no private cloud gateway "dc1-gateway"; there are none/,
    },
    {
      facts: {
        ...siteFacts(),
        palette: { ...siteFacts().palette!, gateways: [{ name: "dc1-gateway", running: false, state: "Pending" }] },
      },
      path: "palette.gateway",
      message: /is Pending/,
    },
  ],
  SIT022: [
    {
      facts: { ...siteFacts(), palette: { ...siteFacts().palette!, clusterState: "Deleting" } },
      path: "cluster.name",
      message: /cluster "dc1" is being deleted in Palette/,
    },
  ],
};

/** The workers of the minimal description and one machine more. */
function listed(more: Settings[]): Settings {
  return { hosts: { "worker-pool": { machines: ["worker-[1-6]", ...more] } }, cluster: { workers: [{ size: 5 }] } };
}
