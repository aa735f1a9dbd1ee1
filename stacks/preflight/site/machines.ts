import { MachineStatus, inUse } from "../../../providers/maas/machine-state/status";
import { unmark } from "../../../providers/maas/marker";
import { holdCodes, hostStates } from "../../derived/host-holds";
import { removedMachines } from "../../derived/removed-machines";
import type { Datacenter } from "../../description/datacenter";
import type { Hit, SiteRule } from "../rule";
import type { MaasFacts } from "../site-facts";
import { foundHosts, locatedHosts } from "./matched-hosts";

/** A rule over MAAS's machines; says nothing when MAAS could not be asked. */
export function maasRule(
  head: Pick<SiteRule, "code" | "severity" | "rule">,
  check: (datacenter: Datacenter, maas: MaasFacts) => readonly Hit[],
): SiteRule {
  return { ...head, checkSite: (datacenter, { maas }) => (maas === null ? [] : check(datacenter, maas)) };
}

/** The findings of one reason why hosts are left out of the run. */
function heldBy(code: string, datacenter: Datacenter, maas: MaasFacts, what: string): Hit[] {
  return hostStates(datacenter, maas.machines).flatMap(({ host, hold }): Hit[] =>
    hold?.code !== code ? [] : [{ path: host.path, host: host.name, message: `${hold.reason}${what}`, fix: hold.fix }],
  );
}

/** Slips in hostnames, machines that nobody enlisted, and machines that were removed from MAAS. */
export const hostsFound = maasRule(
  {
    code: holdCodes.missing,
    severity: "warning",
    rule: "Every described host is one machine in MAAS; one that is not is left out of the run.",
  },
  (datacenter, maas) => heldBy(holdCodes.missing, datacenter, maas, " It is left out of this run."),
);

/** A hostname and a MAC address can mean one machine. */
export const machinesOnce = maasRule(
  { code: "SIT002", severity: "error", rule: "No two described hosts are one machine." },
  (datacenter, maas) => {
    const found = locatedHosts(datacenter, maas);
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
    locatedHosts(datacenter, maas).flatMap(({ host, machine }): Hit[] => {
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

/** Statuses in which a machine cannot be configured and which only an operator ends. */
export const machinesUsable = maasRule(
  {
    code: holdCodes.unusable,
    severity: "warning",
    rule: "Every described host is in a state from which it can be configured and deployed; one that is not is left out of the run.",
  },
  (datacenter, maas) => heldBy(holdCodes.unusable, datacenter, maas, ": it is left out of this run"),
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
      const deployed =
        machine.status === MachineStatus.Deployed ||
        machine.status === MachineStatus.Allocated ||
        machine.status === MachineStatus.Deploying;
      const ours = unmark(machine.description).datacenter === datacenter.name;
      if (!deployed || ours || machine.pool === host.resourcePool) return [];
      const by = machine.owner === "" ? "" : ` by "${machine.owner}"`;
      return [
        {
          path: host.path,
          message: `${host.name} is ${machine.statusName}${by} in the resource pool "${machine.pool}": somebody uses it for something else`,
          fix: "Release it in MAAS first (its data goes with it), take it out of the description, or set outOfService: true to leave it out until then.",
        },
      ];
    }),
);

/** MAAS refuses every change of a locked machine with an empty answer. */
export const machinesUnlocked = maasRule(
  {
    code: holdCodes.locked,
    severity: "warning",
    rule: "No described host is locked; one that is locked is left out of the run.",
  },
  (datacenter, maas) => heldBy(holdCodes.locked, datacenter, maas, ""),
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

/** The deletion of its membership would be refused half-way through an up. */
export const removedHostsFree = maasRule(
  {
    code: "SIT051",
    severity: "error",
    rule: "No host is removed from the description while its machine is in use.",
  },
  (datacenter, maas) =>
    removedMachines(datacenter, maas.machines)
      .filter(inUse)
      .map((machine) => ({
        path: "hosts",
        host: machine.hostname,
        message:
          `${machine.hostname} (${machine.systemId}, ${machine.locked ? "locked, " : ""}${machine.statusName}) carries the marker of this datacenter, ` +
          "but no host describes it any more, and it is in use",
        fix:
          "Describe it again. Then scale its machine pool down or replace the node in Palette, wait until MAAS shows the machine Ready, and only then " +
          "remove it from the description (docs/host-life.md). If it was renamed in MAAS, describe it by its system id or rename it back.",
      })),
);

/** Palette allocates by pool, hardware and tags; it knows nothing of the description. */
export const outOfServiceSafe = maasRule(
  { code: "SIT052", severity: "warning", rule: "No host that is out of service can be allocated." },
  (datacenter, maas) =>
    locatedHosts(datacenter, maas).flatMap(({ host, machine }): Hit[] => {
      const allocatable =
        machine.status === MachineStatus.Ready && machine.pool === host.resourcePool && !machine.locked;
      if (!host.outOfService || !allocatable) return [];
      return [
        {
          path: host.path,
          host: host.name,
          message: `${host.name} (${machine.systemId}) is out of service, but it is Ready in the resource pool "${machine.pool}": Palette may take it for a node`,
          fix: "Mark it broken in MAAS while it is out of service.",
        },
      ];
    }),
);
