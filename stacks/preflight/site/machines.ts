import { MachineStatus, possibility, wayOut } from "../../../providers/maas/machine-state/status";
import { unmark } from "../../../providers/maas/marker";
import type { Datacenter } from "../../description/datacenter";
import type { Hit, SiteRule } from "../rule";
import type { MaasFacts } from "../site-facts";
import { foundHosts, matchHosts } from "./matched-hosts";

/** A rule over MAAS's machines; says nothing when MAAS could not be asked. */
export function maasRule(
  head: Pick<SiteRule, "code" | "severity" | "rule">,
  check: (datacenter: Datacenter, maas: MaasFacts) => readonly Hit[],
): SiteRule {
  return { ...head, checkSite: (datacenter, { maas }) => (maas === null ? [] : check(datacenter, maas)) };
}

/** Slips in hostnames, and machines that nobody enlisted. */
export const hostsFound = maasRule(
  { code: "SIT001", severity: "error", rule: "Every described host is one machine in MAAS." },
  (datacenter, maas) =>
    matchHosts(datacenter, maas).flatMap((matched): Hit[] =>
      matched.machine !== undefined
        ? []
        : [
            {
              path: matched.host.path,
              message: `${matched.host.name}: ${matched.problem}`,
              fix: "Nothing is changed until every host is found.",
            },
          ],
    ),
);

/** A hostname and a MAC address can mean one machine. */
export const machinesOnce = maasRule(
  { code: "SIT002", severity: "error", rule: "No two described hosts are one machine." },
  (datacenter, maas) => {
    const found = foundHosts(datacenter, maas);
    return found.flatMap(({ host, machine }, index): Hit[] => {
      const earlier = found.slice(0, index).find((other) => other.machine.systemId === machine.systemId);
      return earlier === undefined
        ? []
        : [
            {
              path: host.path,
              message: `${host.name} and ${earlier.host.name} (${earlier.host.path}) are one machine: ${machine.hostname} (${machine.systemId})`,
              fix: "Describe it once.",
            },
          ];
    });
  },
);

/** Two stacks would undo each other's work. */
export const machinesOurs = maasRule(
  { code: "SIT003", severity: "error", rule: "No described host belongs to another datacenter's stack." },
  (datacenter, maas) =>
    foundHosts(datacenter, maas).flatMap(({ host, machine }): Hit[] => {
      const owner = unmark(machine.description).datacenter;
      return owner === undefined || owner === datacenter.name
        ? []
        : [
            {
              path: host.path,
              message: `${host.name} (${machine.systemId}) is described by the stack of datacenter "${owner}": its description in MAAS ends in "[vmo-metal ${owner}]"`,
              fix: `Take it out of the stack of "${owner}" first (which puts it back as it was), or out of this one.`,
            },
          ];
    }),
);

/** Palette takes any machine of a pool that has the hardware and the tags. One that has our marker was described, and leaves with this run. */
export const poolsOurs = maasRule(
  { code: "SIT004", severity: "error", rule: "Every machine in a host group's resource pool is described." },
  (datacenter, maas) => {
    const described = new Set(foundHosts(datacenter, maas).map(({ machine }) => machine.systemId));
    return datacenter.hostGroups.flatMap((group): Hit[] =>
      maas.machines
        .filter(({ pool, tags }) => pool === group.resourcePool && group.tags.every((tag) => tags.includes(tag)))
        .filter(
          ({ systemId, description }) => !described.has(systemId) && unmark(description).datacenter !== datacenter.name,
        )
        .map((machine) => ({
          path: `hosts.${group.name}.resourcePool`,
          message: `${machine.hostname} (${machine.systemId}, ${machine.statusName}) is in the resource pool "${group.resourcePool}" but not described: Palette would take it for the cluster`,
          fix: "Describe it, or move it to another resource pool in MAAS.",
        })),
    );
  },
);

/** Statuses in which a machine cannot be configured and will not get out by itself. */
export const machinesUsable = maasRule(
  {
    code: "SIT005",
    severity: "error",
    rule: "Every described host is in a state from which it can be configured and deployed.",
  },
  (datacenter, maas) =>
    foundHosts(datacenter, maas).flatMap(({ host, machine }): Hit[] => {
      const { status } = machine;
      const broken =
        status === MachineStatus.New || status === MachineStatus.Broken || status === MachineStatus.FailedDeployment;
      if (!broken && possibility(machine, "storage") !== "stuck") return [];
      const told = machine.statusMessage === "" ? "" : ` ("${machine.statusMessage}")`;
      const fix =
        status === MachineStatus.Broken
          ? "Repair it and mark it fixed in MAAS, or take it out of the description."
          : status === MachineStatus.FailedDeployment
            ? "Look at its installation log in MAAS, then release it."
            : wayOut(status);
      return [
        { path: host.path, message: `${host.name} is ${machine.statusName}${told}: it cannot become a node`, fix },
      ];
    }),
);

/** A machine that runs something else must not be configured, nor moved to our pool. */
export const machinesFree = maasRule(
  {
    code: "SIT006",
    severity: "error",
    rule: "No described host is in use for something else (Deployed or Allocated outside its resource pool).",
  },
  (datacenter, maas) =>
    foundHosts(datacenter, maas).flatMap(({ host, machine }): Hit[] => {
      const inUse =
        machine.status === MachineStatus.Deployed ||
        machine.status === MachineStatus.Allocated ||
        machine.status === MachineStatus.Deploying;
      const ours = unmark(machine.description).datacenter === datacenter.name;
      if (!inUse || ours || machine.pool === host.resourcePool) return [];
      const by = machine.owner === "" ? "" : ` by "${machine.owner}"`;
      return [
        {
          path: host.path,
          message: `${host.name} is ${machine.statusName}${by} in the resource pool "${machine.pool}": somebody uses it for something else`,
          fix: "Release it in MAAS first (its data goes with it), or take it out of the description.",
        },
      ];
    }),
);

/** MAAS refuses every change of a locked machine with an empty answer. */
export const machinesUnlocked = maasRule(
  { code: "SIT007", severity: "warning", rule: "No described host is locked." },
  (datacenter, maas) =>
    foundHosts(datacenter, maas)
      .filter(({ machine }) => machine.locked)
      .map(({ host, machine }) => ({
        path: host.path,
        message: `${host.name} (${machine.systemId}) is locked in MAAS: nothing of it can be changed, and Palette cannot release it`,
        fix: "Unlock it in MAAS when changes are wanted.",
      })),
);

/** The profiles' packs are built for amd64. */
export const machinesAmd64 = maasRule(
  { code: "SIT008", severity: "error", rule: "Every described host is an amd64 machine." },
  (datacenter, maas) =>
    foundHosts(datacenter, maas)
      .filter(({ machine }) => !machine.architecture.startsWith("amd64/"))
      .map(({ host, machine }) => ({
        path: host.path,
        message: `${host.name} has the architecture ${machine.architecture}; the RA's workers are Intel or AMD x64`,
        fix: "Take it out of the description.",
      })),
);
