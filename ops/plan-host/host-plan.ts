import type { MachineAnswer } from "../../providers/maas/client/machine-types";
import type { Call } from "../../providers/maas/host-network/call";
import { describePresent } from "../../providers/maas/host-network/describe-present";
import { diffHostInterfaces } from "../../providers/maas/host-network/diff-host-interfaces";
import { planHostNetwork } from "../../providers/maas/host-network/plan-host-network";
import { printPlan } from "../../providers/maas/host-network/print-plan";
import { readHostNetwork } from "../../providers/maas/host-network/read-host-network";
import { findableOf, machineFacts } from "../../providers/maas/look-ups/machine-facts";
import { findMachine } from "../../providers/maas/look-ups/find-machine";
import { changesOf, formatChanges } from "../../providers/maas/machine-state/changes";
import { formatPending } from "../../providers/maas/machine-state/pending-change";
import { allHosts } from "../../stacks/derived/all-hosts";
import type { Datacenter } from "../../stacks/description/datacenter";
import type { Host } from "../../stacks/description/hosts";
import { withFabricTakenOver } from "../stack/taken-over-fabric";
import { wantedNetwork } from "../stack/wanted-network";

/** What `pulumi up` would do to the network of one host. */
export interface HostPlan {
  readonly host: string;
  readonly systemId: string;
  readonly layout: string;
  /** `Ready` */
  readonly status: string;
  /** When it would be done, e.g. `applied at once`. */
  readonly when: string;
  /** What differs from the description, one line each. */
  readonly differences: readonly string[];
  readonly calls: readonly Call[];
  /** The plan in words, with what MAAS does along with each call. */
  readonly lines: readonly string[];
}

/**
 * Plans the network of one host as `pulumi up` would. Pure.
 *
 * @param name what the host is called in the description
 * @throws Error when the description has no such host, or MAAS no such machine
 */
export function hostPlan(datacenter: Datacenter, name: string, machines: readonly MachineAnswer[]): HostPlan {
  const host = hostNamed(datacenter, name);
  const machine = machineOf(host, withFabricTakenOver(datacenter, machines));
  const wanted = wantedNetwork(datacenter, host, machine);
  const present = readHostNetwork(machine);
  const calls = planHostNetwork(present, wanted);
  return {
    host: host.name,
    systemId: machine.system_id,
    layout: host.layout,
    status: machine.status_name,
    when: formatChanges(changesOf(machineFacts(machine), "network")),
    differences: diffHostInterfaces(describePresent(present, wanted), wanted).map(formatPending),
    calls,
    lines: printPlan(calls, present),
  };
}

/** The plan for people. Pure. */
export function planText({ host, systemId, layout, status, when, differences, calls, lines }: HostPlan): string {
  const head = `${host} (${systemId}), ${status}, layout ${layout}`;
  if (calls.length === 0) return `${head}\n${lines.join("\n")}`;
  return [
    head,
    `${differences.length} ${differences.length === 1 ? "difference" : "differences"} from the description:`,
    ...differences.map((line) => `  ${line}`),
    `${calls.length} ${calls.length === 1 ? "call" : "calls"} to MAAS, ${when}:`,
    ...lines,
  ].join("\n");
}

function hostNamed(datacenter: Datacenter, name: string): Host {
  const hosts = allHosts(datacenter);
  const host = hosts.find((candidate) => candidate.name === name);
  if (host !== undefined) return host;
  const names = hosts.map((candidate) => candidate.name);
  throw new Error(`Datacenter ${datacenter.name} describes no host "${name}". It has: ${names.join(", ")}.`);
}

function machineOf(host: Host, machines: readonly MachineAnswer[]): MachineAnswer {
  const found = findMachine(machines.map(findableOf), host.find);
  if ("problem" in found) throw new Error(found.problem);
  const machine = machines.find(({ system_id }) => system_id === found.machine.systemId);
  if (machine === undefined) throw new Error(`${host.name} was found and then was not there`);
  return machine;
}
