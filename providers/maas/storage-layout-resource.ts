import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { InputError, PartialFailure } from "../dynamic/errors";
import { optional, text } from "../dynamic/fields";
import type { ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import type { Fields } from "./client/form";
import type { BlockDeviceAnswer, MachineAnswer } from "./client/machine-types";
import { type MaasConnection, connectMaas } from "./connection";
import { canApply } from "./machine-state/changes";
import { possibility } from "./machine-state/status";
import { stuckError, vanished, waitForMachine } from "./machine-state/wait";
import { type DiskRule, osDisk } from "./storage-layout/os-disk";
import { presentLayout } from "./storage-layout/present-layout";

/** Inputs of a {@link StorageLayout}. */
export interface StorageLayoutArgs {
  /** System id of the machine: the id of its `Machine`. */
  machine: pulumi.Input<string>;
  /** `flat`, `lvm`, or `blank` (nothing at all). Default: `flat` (RA, "Canonical MAAS configuration"). */
  layout?: pulumi.Input<"flat" | "lvm" | "blank">;
  /** Which disk gets the operating system. Default: the one that MAAS boots from. */
  disk?: pulumi.Input<DiskRule | null>;
  /** Allow a LUN of a storage array as the disk of the operating system. Default: false. */
  sanBoot?: pulumi.Input<boolean>;
  /** Size of the root file system, e.g. `100G` (10^9 based). Default: the rest of the disk. Not read back: MAAS does not tell it. */
  rootSize?: pulumi.Input<string | null>;
  /** Size of a separate /boot, e.g. `1G`. Default: none. Not read back. */
  bootSize?: pulumi.Input<string | null>;
  /** lvm: name of the volume group. Default: MAAS's. Not read back. */
  volumeGroup?: pulumi.Input<string | null>;
  /** lvm: name of the logical volume. Default: MAAS's. Not read back. */
  logicalVolume?: pulumi.Input<string | null>;
  /** lvm: size of the logical volume. Default: all of the group. Not read back. */
  logicalVolumeSize?: pulumi.Input<string | null>;
  /** When a change is made, in words, for the reader of a preview: `changesText(machine, "storage")`. Default: none. */
  changes?: pulumi.Input<string | null>;
  /** How long MAAS may be busy with the machine, in minutes. Default: 60. */
  waitMinutes?: pulumi.Input<number>;
}

interface StorageLayoutInputs {
  machine: string;
  layout: string;
  disk: DiskRule | null;
  sanBoot: boolean;
  /** Disks besides that of the operating system which are in the layout; there must be none. */
  otherDisks: string[];
  rootSize: string | null;
  bootSize: string | null;
  volumeGroup: string | null;
  logicalVolume: string | null;
  logicalVolumeSize: string | null;
  changes: string | null;
  waitMinutes: number;
}

interface StorageLayoutOutputs {
  /** What is wished for and not done, because the machine is in use; one line for each difference. */
  pending: string[];
  /** Name of the disk of the operating system; null for a blank layout. */
  osDisk: string | null;
}

const noRule: DiskRule = { serial: null, idPath: null, model: null, minimumGigabytes: null, maximumGigabytes: null };

const diskRule = z.object({
  serial: z.string().nullable(),
  idPath: z.string().nullable(),
  model: z.string().nullable(),
  minimumGigabytes: z.number().nullable(),
  maximumGigabytes: z.number().nullable(),
});

/** The kind behind {@link StorageLayout}. */
export const storageLayoutKind: ResourceKind<StorageLayoutInputs, StorageLayoutOutputs, MaasConnection> = {
  kind: "maas:StorageLayout",
  schema: {
    machine: text("the system id of a machine"),
    layout: z.enum(["flat", "lvm", "blank"], { error: "must be flat, lvm or blank" }).default("flat"),
    disk: optional(diskRule),
    sanBoot: z.boolean().default(false),
    otherDisks: z
      .array(z.string())
      .max(0, { error: "must be empty: only the disk of the operating system is in the layout" })
      .default([]),
    rootSize: optional(z.string()),
    bootSize: optional(z.string()),
    volumeGroup: optional(z.string()),
    logicalVolume: optional(z.string()),
    logicalVolumeSize: optional(z.string()),
    changes: optional(z.string()),
    waitMinutes: z.number().min(0).default(60),
  },
  outputs: ["pending", "osDisk"],
  informative: ["changes", "waitMinutes"],
  replaceOn: ["machine"],
  connect: connectMaas,

  // What is recorded as pending is made as soon as the machine can be changed, also without a refresh.
  mustUpdate: (olds, news) => Array.isArray(olds["pending"]) && olds["pending"].length > 0 && canApply(news.changes),

  async create(link, inputs) {
    await link.client.ready();
    const machine = await machineOf(link, inputs.machine);
    const same = differences(machine, inputs).length === 0 && hasNoSizes(inputs);
    return { id: machine.system_id, outputs: same ? settled(machine, inputs) : await apply(link, machine, inputs) };
  },

  async read(link, id, state) {
    await link.client.ready();
    const machine = await link.client.machines.get(id);
    if (machine === undefined) return undefined;
    const { pending: waiting = [], osDisk: _osDisk, ...inputs } = state;
    const wish = { ...(inputs as StorageLayoutInputs), machine: id, otherDisks: [] };
    const editable = possibility(machine, "storage") === "edit";
    const pending = editable ? [] : waiting;
    const recorded = differences(machine, wish).every((line) => pending.includes(line));
    const present = presentLayout(devices(machine));
    const os = chosenDisk(machine, wish)?.name ?? null;
    return {
      id,
      inputs: {
        ...wish,
        layout: recorded && pending.length > 0 ? wish.layout : present.layout,
        otherDisks: recorded ? [] : others(present.disks, wish.layout === "blank" ? null : os),
      },
      outputs: { pending, osDisk: wish.layout === "blank" ? null : os },
    };
  },

  async update(link, _id, _olds, news) {
    await link.client.ready();
    return { outputs: await apply(link, await machineOf(link, news.machine), news) };
  },

  async delete() {
    // A layout is a plan for the next deployment. It is left as it is: no disk is touched by forgetting it.
  },
};

async function machineOf(link: MaasConnection, systemId: string): Promise<MachineAnswer> {
  const machine = await link.client.machines.current(systemId);
  if (machine === undefined) throw vanished("its description", systemId);
  return machine;
}

/** How the machine's layout differs from the wish, one line each. */
function differences(machine: MachineAnswer, inputs: StorageLayoutInputs): string[] {
  const present = presentLayout(devices(machine));
  const os = inputs.layout === "blank" ? null : (chosenDisk(machine, inputs)?.name ?? null);
  const lines = present.layout === inputs.layout ? [] : [`layout: ${present.layout} => ${inputs.layout}`];
  const foreign = others(present.disks, os);
  return foreign.length === 0
    ? lines
    : [...lines, `disks in the layout besides ${os ?? "none"}: ${foreign.join(", ")} => none`];
}

async function apply(
  link: MaasConnection,
  first: MachineAnswer,
  inputs: StorageLayoutInputs,
): Promise<StorageLayoutOutputs> {
  const id = first.system_id;
  const log = link.log.of(storageLayoutKind.kind, first.hostname, id);
  const { machine, inTime } = await waitForMachine(
    link.client,
    first,
    (seen) => possibility(seen, "storage") !== "wait",
    { minutes: inputs.waitMinutes },
    log,
  );
  if (!inTime) {
    throw new PartialFailure(
      id,
      { pending: differences(machine, inputs), osDisk: null },
      `Machine ${machine.hostname} (${id}) is still ${machine.status_name} after ${inputs.waitMinutes} minutes; its storage layout was not changed. Run the command again to go on.`,
    );
  }
  const possible = possibility(machine, "storage");
  if (possible === "stuck") throw await stuckError(link.client, machine, "The storage layout");
  if (possible === "edit") return settled(await setLayout(link, machine, inputs), inputs);
  const pending = differences(machine, inputs);
  if (pending.length > 0) {
    log.warning(
      `it is ${machine.locked ? "locked" : machine.status_name}: recorded and not changed until it is released: ${pending.join("; ")}`,
    );
  }
  return { pending, osDisk: settled(machine, inputs).osDisk };
}

function settled(machine: MachineAnswer, inputs: StorageLayoutInputs): StorageLayoutOutputs {
  return { pending: [], osDisk: inputs.layout === "blank" ? null : (chosenDisk(machine, inputs)?.name ?? null) };
}

/** Sets the layout; MAAS takes the former one away first. Only MAAS's plan changes: no disk is written before the next deployment. */
async function setLayout(
  link: MaasConnection,
  machine: MachineAnswer,
  inputs: StorageLayoutInputs,
): Promise<MachineAnswer> {
  const fields: Fields = { storage_layout: inputs.layout };
  if (inputs.layout !== "blank") {
    const choice = osDisk(candidates(machine), machine.boot_disk?.id ?? null, inputs.disk ?? noRule, inputs.sanBoot);
    if ("problem" in choice) throw new InputError(`Storage layout of ${machine.hostname}: ${choice.problem}`);
    Object.assign(fields, { root_device: choice.disk.id }, sizes(inputs));
  }
  return link.client.machines.operate(machine.system_id, "set_storage_layout", fields, true);
}

function sizes(inputs: StorageLayoutInputs): Fields {
  const { rootSize, bootSize, volumeGroup, logicalVolume, logicalVolumeSize, layout } = inputs;
  const lvm = layout === "lvm";
  return {
    ...(rootSize === null ? {} : { root_size: rootSize }),
    ...(bootSize === null ? {} : { boot_size: bootSize }),
    ...(volumeGroup === null || !lvm ? {} : { vg_name: volumeGroup }),
    ...(logicalVolume === null || !lvm ? {} : { lv_name: logicalVolume }),
    ...(logicalVolumeSize === null || !lvm ? {} : { lv_size: logicalVolumeSize }),
  };
}

/** Sizes and names cannot be compared, so with any of them the layout is set once, at the creation. */
function hasNoSizes(inputs: StorageLayoutInputs): boolean {
  return Object.keys(sizes(inputs)).length === 0;
}

function chosenDisk(machine: MachineAnswer, inputs: StorageLayoutInputs): { name: string } | undefined {
  const choice = osDisk(candidates(machine), machine.boot_disk?.id ?? null, inputs.disk ?? noRule, inputs.sanBoot);
  return "disk" in choice ? choice.disk : undefined;
}

function candidates(machine: MachineAnswer): {
  id: number;
  name: string;
  serial: string;
  idPath: string;
  model: string;
  sizeBytes: number;
  tags: readonly string[];
}[] {
  return devices(machine)
    .filter((device) => device.type === "physical")
    .map(({ id, name, serial, id_path, model, size, tags }) => ({
      id,
      name,
      serial,
      idPath: id_path ?? "",
      model,
      sizeBytes: size,
      tags,
    }));
}

function devices(machine: MachineAnswer): readonly BlockDeviceAnswer[] {
  return machine.blockdevice_set;
}

function others(disks: readonly string[], os: string | null): string[] {
  return disks.filter((name) => name !== os);
}

/**
 * The storage layout of a machine (API: set_storage_layout): the operating system on one disk, every other disk out of it. Changes on Ready
 * machines only; on a deployed one a change is recorded and made when it is released. A destroy leaves the layout as it is.
 */
export class StorageLayout extends ServedResource<StorageLayoutInputs, StorageLayoutOutputs, MaasConnection> {
  declare public readonly machine: pulumi.Output<string>;
  declare public readonly layout: pulumi.Output<string>;
  /** What is wished for and not done, because the machine is in use; empty when the host is as described. */
  declare public readonly pending: pulumi.Output<string[]>;
  /** Name of the disk of the operating system; null for a blank layout. */
  declare public readonly osDisk: pulumi.Output<string | null>;

  constructor(name: string, args: StorageLayoutArgs, options?: pulumi.CustomResourceOptions) {
    super(storageLayoutKind, name, args, options);
  }

  /** The layout of a machine that is managed elsewhere, by the machine's system id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): StorageLayout {
    return new StorageLayout(name, {} as StorageLayoutArgs, { ...options, id });
  }
}
