import type { JsonObject } from "../json";
import type { Store, TimerHandler } from "../store";
import { finishCommissioning } from "./lifecycle/commission";
import { finishDeployment, installedSystemBoots, installerRuns } from "./lifecycle/deploy";
import { poweredOn } from "./lifecycle/power";
import { disksErased, poweredOff } from "./lifecycle/release";
import { enterRescue, leaveRescue } from "./lifecycle/rescue";
import { finishTesting } from "./lifecycle/testing";
import { ALLOCATION_TYPE_NUMBERS } from "./model";
import { deleteAddress } from "./network/addresses";
import { deleteInterface } from "./network/delete-interface";
import { networkContext } from "./network/network-context";
import { openInterface } from "./network/open-interface";
import { saveInterface } from "./network/save-interface";
import { renderInterface } from "./render/render-interface";
import { renderMachine } from "./render/render-machine";

export { createSeedMachine } from "./create-seed-machine";
export { importMachine } from "./import-machine";
export { setMachineStatus } from "./set-machine-status";

/** What runs when a machine's timer is due. */
export const timerHandlers: Record<string, TimerHandler> = {
  "power-on": poweredOn,
  "power-off": poweredOff,
  "deploy-installer": installerRuns,
  "deploy-reboot": installedSystemBoots,
  "deploy-end": finishDeployment,
  "disks-erased": disksErased,
  commissioned: finishCommissioning,
  tested: finishTesting,
  rescue: enterRescue,
  "rescue-left": leaveRescue,
};

/** A VLAN is deleted: VLAN interfaces on it vanish, other interfaces move to another VLAN and lose their links. */
export function onVlanDeleted(store: Store, vlanId: number, replacementVlanId: number): void {
  for (const machine of store.machines) {
    const context = networkContext(store, machine);
    for (const { id, type, vlanId: theirs } of [...machine.interfaces]) {
      if (theirs !== vlanId || !machine.interfaces.some((each) => each.id === id)) continue;
      if (type === "vlan") {
        deleteInterface(context, id);
        continue;
      }
      const open = openInterface(context, id);
      open.columns.vlanId = replacementVlanId;
      saveInterface(context, open);
    }
  }
}

/** A subnet is deleted: every link and address in it vanishes. */
export function onSubnetDeleted(store: Store, subnetId: number): void {
  for (const machine of store.machines) {
    const context = networkContext(store, machine);
    for (const { id, addresses } of machine.interfaces) {
      for (const address of addresses.filter((each) => each.subnetId === subnetId)) {
        deleteAddress(context, id, address.id);
      }
    }
  }
}

/** A zone is deleted: its machines are in the default one. */
export function onZoneDeleted(store: Store, zoneId: number, defaultZoneId: number): void {
  for (const machine of store.machines) if (machine.zoneId === zoneId) machine.zoneId = defaultZoneId;
}

/** System ids of a pool's machines. */
export function machinesInPool(store: Store, poolId: number): string[] {
  return store.machines.filter((machine) => machine.poolId === poolId).map((machine) => machine.systemId);
}

/** The machines of a domain. */
export function machinesInDomain(store: Store, domainId: number): { systemId: string; hostname: string }[] {
  return store.machines
    .filter((machine) => machine.domainId === domainId)
    .map(({ systemId, hostname }) => ({ systemId, hostname }));
}

/** The interfaces on a VLAN, as MAAS lists them: `enp1s0 (physical) on node001`. */
export function vlanInUse(store: Store, vlanId: number): string[] {
  return store.machines.flatMap((machine) =>
    machine.interfaces
      .filter((each) => each.vlanId === vlanId)
      .map((each) => `${each.name} (${each.type}) on ${machine.hostname}`),
  );
}

/** An address that an interface holds. */
export interface HeldAddress {
  linkId: number;
  ip: string;
  /** `alloc_type` of answers. */
  allocType: number;
  created: string;
  updated: string;
  user: string | null;
  /** The machine's owner. */
  owner: string | null;
  systemId: string;
  hostname: string;
  domainId: number;
  interfaceName: string;
  subnetId: number | null;
}

/** Addresses that machines hold, discovered ones included; those of one subnet, or all. */
export function addressesInUse(store: Store, subnetId?: number): HeldAddress[] {
  return store.machines.flatMap((machine) =>
    machine.interfaces.flatMap((each) =>
      each.addresses.flatMap((address) => {
        if (address.ip === null || (subnetId !== undefined && address.subnetId !== subnetId)) return [];
        return [
          {
            linkId: address.id,
            ip: address.ip,
            allocType: ALLOCATION_TYPE_NUMBERS[address.allocationType],
            created: address.created,
            updated: address.updated,
            user: null,
            owner: machine.owner,
            systemId: machine.systemId,
            hostname: machine.hostname,
            domainId: machine.domainId,
            interfaceName: each.name,
            subnetId: address.subnetId,
          },
        ];
      }),
    ),
  );
}

/** Gives machines a tag and takes it from others; unknown system ids do not count, machines that have it already do. */
export function updateTagMembers(
  store: Store,
  tagName: string,
  add: string[],
  remove: string[],
): { added: number; removed: number } {
  const known = (ids: string[]): typeof store.machines =>
    store.machines.filter((machine) => ids.includes(machine.systemId));
  const added = known(add);
  const removed = known(remove);
  for (const machine of added) if (!machine.tagNames.includes(tagName)) machine.tagNames.push(tagName);
  for (const machine of removed) machine.tagNames = machine.tagNames.filter((name) => name !== tagName);
  return { added: added.length, removed: removed.length };
}

/** System ids of the machines that have a tag. */
export function machinesWithTag(store: Store, tagName: string): string[] {
  return store.machines.filter((machine) => machine.tagNames.includes(tagName)).map((machine) => machine.systemId);
}

/** A tag is renamed. */
export function onTagRenamed(store: Store, from: string, to: string): void {
  for (const machine of store.machines) machine.tagNames = machine.tagNames.map((name) => (name === from ? to : name));
}

/** A tag is deleted. */
export function onTagDeleted(store: Store, name: string): void {
  for (const machine of store.machines) machine.tagNames = machine.tagNames.filter((each) => each !== name);
}

/** Whole answers of machines, in the order of their numbers. */
export function renderMachines(store: Store, systemIds: string[]): JsonObject[] {
  return store.machines
    .filter((machine) => systemIds.includes(machine.systemId))
    .sort((a, b) => a.id - b.id)
    .map((machine) => renderMachine(store, machine));
}

/** A machine's interface as `nodes/<system id>/interfaces/` answers it; undefined when no machine has it. */
export function renderHolder(store: Store, systemId: string, interfaceName: string): JsonObject | undefined {
  const machine = store.machines.find((each) => each.systemId === systemId);
  const record = machine?.interfaces.find((each) => each.name === interfaceName);
  return machine === undefined || record === undefined ? undefined : renderInterface(store, machine, record);
}
