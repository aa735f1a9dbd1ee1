import type { MachineAnswer } from "./client/machine-types";
import { decisionAge } from "./client/machines";
import type { SubnetAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { inUse } from "./machine-state/status";
import { unmark } from "./marker";
import type { Usage } from "./ownership/dangers";

/** What can stand on an object and carry a marker. */
export interface Carriers {
  readonly machines?: (machine: MachineAnswer) => boolean;
  readonly subnets?: (subnet: SubnetAnswer) => boolean;
}

/** The markers of other datacenters on what stands on an object: datacenter and who bears it, in words. */
async function foreignMarkers(
  link: MaasConnection,
  { machines = () => false, subnets = () => false }: Carriers,
  age?: number,
): Promise<{ owner: string; bearer: string }[]> {
  const marked = [
    ...(await link.client.subnets.list(age))
      .filter(subnets)
      .map(({ cidr, description }) => ({ bearer: `subnet ${cidr}`, description })),
    ...(await link.client.machines.list(age))
      .filter(machines)
      .map(({ hostname, description }) => ({ bearer: `machine ${hostname}`, description })),
  ];
  return marked.flatMap(({ bearer, description }) => {
    const owner = unmark(description).datacenter;
    return owner === undefined || owner === link.datacenter ? [] : [{ owner, bearer }];
  });
}

/**
 * Returns the other datacenter that owns an object whose kind has no field for a marker: the first, by name, of those whose marked
 * machines or subnets stand on it. Undefined when there is none.
 */
export async function ownerBy(link: MaasConnection, carriers: Carriers): Promise<string | undefined> {
  const [first] = (await foreignMarkers(link, carriers)).map(({ owner }) => owner).sort();
  return first;
}

/** Returns what other datacenters have on an object, in words: `machine worker-1 of datacenter "dc2"`. */
export async function foreignUsers(link: MaasConnection, carriers: Carriers): Promise<string[]> {
  const markers = await foreignMarkers(link, carriers, decisionAge);
  return markers.map(({ owner, bearer }) => `${bearer} of datacenter "${owner}"`);
}

/** Returns the machines in use that use an object. */
export async function usageBy(link: MaasConnection, uses: (machine: MachineAnswer) => boolean): Promise<Usage> {
  const users = (await link.client.machines.list(decisionAge)).filter((machine) => inUse(machine) && uses(machine));
  return {
    machines: users.map(({ hostname }) => hostname).sort(),
    foreign: users
      .filter(({ description }) => unmark(description).datacenter !== link.datacenter)
      .map(({ hostname }) => hostname)
      .sort(),
  };
}

/** Whether a machine has an interface on one of some VLANs. */
export function isOnVlan(machine: MachineAnswer, isIt: (vlan: { id: number; fabric_id: number }) => boolean): boolean {
  return machine.interface_set.some(({ vlan }) => vlan !== null && isIt(vlan));
}

/** Whether a machine has an address in a subnet, or asks for one. */
export function isInSubnet(machine: MachineAnswer, cidr: string): boolean {
  return machine.interface_set.some(({ links }) =>
    links.some(({ subnet, mode }) => subnet?.cidr === cidr && mode !== "link_up"),
  );
}
