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
import { type LayoutSizes, presentSizes, sizeInBytes } from "./storage-layout/layout-sizes";
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
  /** Size of the root file system (flat) or of the volume group (lvm), e.g. `100G` (10^9 based). Default: the rest of the disk. */
  rootSize?: pulumi.Input<string | null>;
  /** Size of a separate /boot, e.g. `1G`. Default: none. */
  bootSize?: pulumi.Input<string | null>;
  /** lvm: name of the volume group. Default: MAAS's (`vgroot`). */
  volumeGroup?: pulumi.Input<string | null>;
  /** lvm: name of the logical volume. Default: MAAS's (`lvroot`). */
  logicalVolume?: pulumi.Input<string | null>;
  /** lvm: size of the logical volume. Default: all of the group. */
  logicalVolumeSize?: pulumi.Input<string | null>;
  /** When a change is made, in words, for the reader of a preview: `changesText(machine, "storage")`. Default: none. */
  changes?: pulumi.Input<string | null>;
  /** How long MAAS may be busy with the machine, in minutes. Default: 60. */
  waitMinutes?: pulumi.Input<number>;
}

interface StorageLayoutInputs extends LayoutSizes {
  machine: string;
  layout: string;
  disk: DiskRule | null;
  sanBoot: boolean;
  /** Disks besides that of the operating system which are in the layout; there must be none. */
  otherDisks: string[];
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

/** What is wished for where nothing is said; read back for a layout that is managed elsewhere. */
const unsaid = {
  disk: null,
  sanBoot: false,
  rootSize: null,
  bootSize: null,
  volumeGroup: null,
  logicalVolume: null,
  logicalVolumeSize: null,
  changes: null,
  waitMinutes: 60,
};

const diskRule = z.object({
  serial: z.string().nullable(),
  idPath: z.string().nullable(),
  model: z.string().nullable(),
  minimumGigabytes: z.number().nullable(),
  maximumGigabytes: z.number().nullable(),
});

const size = z.string().refine((value) => sizeInBytes(value) !== undefined, {
  error: "must be a size such as 100G (K, M, G, T or P, 1000 based) or a number of bytes",
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
    rootSize: optional(size),
    bootSize: optional(size),
    volumeGroup: optional(z.string()),
    logicalVolume: optional(z.string()),
    logicalVolumeSize: optional(size),
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
    const same = differences(machine, inputs).length === 0;
    return { id: machine.system_id, outputs: same ? settled(machine, inputs) : await apply(link, machine, inputs) };
  },

  async read(link, id, state) {
    await link.client.ready();
    const machine = await link.client.machines.get(id);
    if (machine === undefined) return undefined;
    const { pending: waiting = [], osDisk: _osDisk, ...inputs } = state;
    const present = presentLayout(devices(machine));
    const wish = { ...unsaid, layout: present.layout, ...inputs, machine: id, otherDisks: [] };
    const editable = possibility(machine, "storage") === "edit";
    const pending = editable ? [] : waiting;
    const recorded = differences(machine, wish).every((line) => pending.includes(line));
    const os = chosenDisk(machine, wish)?.name ?? null;
    return {
      id,
      inputs: {
        ...wish,
        ...(recorded ? {} : sizesOf(machine, wish)),
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
  const machine = await link.client.machines.get(systemId);
  if (machine === undefined) throw vanished("its description", systemId);
  return machine;
}

/** How the machine's layout differs from the wish, one line each. */
function differences(machine: MachineAnswer, inputs: StorageLayoutInputs): string[] {
  const present = presentLayout(devices(machine));
  const os = inputs.layout === "blank" ? null : (chosenDisk(machine, inputs)?.name ?? null);
  const lines = present.layout === inputs.layout ? [] : [`layout: ${present.layout} => ${inputs.layout}`];
  const foreign = others(present.disks, os);
  if (foreign.length > 0) lines.push(`disks in the layout besides ${os ?? "none"}: ${foreign.join(", ")} => none`);
  const sizes = Object.entries(sizesOf(machine, inputs)) as [keyof LayoutSizes, string | null][];
  for (const [name, value] of sizes) {
    if (value !== inputs[name]) lines.push(`${name}: ${value ?? "none"} => ${inputs[name] ?? "MAAS's default"}`);
  }
  return lines;
}

/** The sizes that the machine has; those wished for when it has another kind of layout, which has none of them. */
function sizesOf(machine: MachineAnswer, wish: StorageLayoutInputs): Partial<LayoutSizes> {
  const { layout } = presentLayout(devices(machine));
  if (layout !== wish.layout || layout === "blank") return {};
  return presentSizes(devices(machine), wish, layout === "lvm");
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

/** MAAS takes whole numbers with a unit, and bytes. */
function sizes(inputs: StorageLayoutInputs): Fields {
  const { rootSize, bootSize, volumeGroup, logicalVolume, logicalVolumeSize, layout } = inputs;
  const lvm = layout === "lvm";
  return {
    ...(rootSize === null ? {} : { root_size: sizeInBytes(rootSize) }),
    ...(bootSize === null ? {} : { boot_size: sizeInBytes(bootSize) }),
    ...(volumeGroup === null || !lvm ? {} : { vg_name: volumeGroup }),
    ...(logicalVolume === null || !lvm ? {} : { lv_name: logicalVolume }),
    ...(logicalVolumeSize === null || !lvm ? {} : { lv_size: sizeInBytes(logicalVolumeSize) }),
  };
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
  declare public readonly disk: pulumi.Output<DiskRule | null>;
  declare public readonly sanBoot: pulumi.Output<boolean>;
  declare public readonly rootSize: pulumi.Output<string | null>;
  declare public readonly bootSize: pulumi.Output<string | null>;
  declare public readonly volumeGroup: pulumi.Output<string | null>;
  declare public readonly logicalVolume: pulumi.Output<string | null>;
  declare public readonly logicalVolumeSize: pulumi.Output<string | null>;
  declare public readonly changes: pulumi.Output<string | null>;
  declare public readonly waitMinutes: pulumi.Output<number>;
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
