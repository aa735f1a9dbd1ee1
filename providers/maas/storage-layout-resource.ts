import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { InputError, PartialFailure } from "../dynamic/errors";
import { optional, text } from "../dynamic/fields";
import { type ResourceKind, asRecorded } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import type { Fields } from "./client/form";
import type { MachineAnswer } from "./client/machine-types";
import { type MaasConnection, connectMaas } from "./connection";
import { canApply, type Changes, changesSchema, presentChanges } from "./machine-state/changes";
import { type Hold, hasHeldStatus, holdField, isPlaceholder, placeholderId } from "./machine-state/hold";
import { placeholderReplaced } from "./machine-state/placeholder";
import {
  areRecorded,
  formatPending,
  readPending,
  type RecordedChange,
  stillPending,
} from "./machine-state/pending-change";
import { possibility } from "./machine-state/status";
import { stuckError, vanished, waitForMachine } from "./machine-state/wait";
import { layoutDifferences, otherDisks, sizesOf } from "./storage-layout/layout-differences";
import { layoutForm } from "./storage-layout/layout-form";
import { checkedText } from "../../model/checked-text";
import { diskSizeProblem } from "../../model/disk-size";
import { defaultLayout, type LayoutWish } from "./storage-layout/layout-wish";
import { machineOsDisk, osDiskName } from "./storage-layout/machine-os-disk";
import type { DiskRule } from "./storage-layout/os-disk";
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
  /** When a change is applied, for the reader of a preview: `changesOf(machine, "storage")`. Default: none. */
  changes?: pulumi.Input<Changes | null>;
  /** How long MAAS may be busy with the machine, in minutes. Default: 60. */
  waitMinutes?: pulumi.Input<number>;
  /** Leaves the machine out of this run, with the reason. Default: it is handled. */
  hold?: pulumi.Input<Hold | null>;
}

interface StorageLayoutInputs extends LayoutWish {
  machine: string;
  /** Disks besides that of the operating system which are in the layout; there must be none. */
  otherDisks: string[];
  changes: Changes | null;
  waitMinutes: number;
  hold: Hold | null;
}

interface StorageLayoutOutputs {
  /** Differences recorded but not applied while the machine is in use. */
  pending: RecordedChange[];
  /** Name of the disk of the operating system; null for a blank layout. */
  osDisk: string | null;
}

const diskRule = z.object({
  serial: z.string().nullable(),
  idPath: z.string().nullable(),
  model: z.string().nullable(),
  minimumGigabytes: z.number().nullable(),
  maximumGigabytes: z.number().nullable(),
});

const size = checkedText(diskSizeProblem);

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
    changes: optional(changesSchema),
    waitMinutes: z.number().min(0).default(60),
    hold: holdField,
  },
  outputs: ["pending", "osDisk"],
  informative: ["changes", "waitMinutes", "hold"],
  replaceOn: ["machine"],
  connect: connectMaas,

  held: ({ hold }) => hold !== null && hold !== undefined,
  otherObject: placeholderReplaced,

  // What is recorded as pending is made as soon as the machine can be changed, also without a refresh.
  mustUpdate: (olds, news) => readPending(olds["pending"]).length > 0 && canApply(news.changes),

  async create(link, inputs) {
    if (inputs.hold !== null) return { id: placeholderId(inputs.machine), outputs: { pending: [], osDisk: null } };
    await link.client.ready();
    const machine = await machineOf(link, inputs.machine);
    const same = layoutDifferences(machine, inputs).length === 0;
    const outputs = same ? { pending: [], osDisk: osDiskName(machine, inputs) } : await apply(link, machine, inputs);
    return { id: machine.system_id, outputs };
  },

  async read(link, id, state) {
    if (isPlaceholder(id)) return asRecorded;
    await link.client.ready();
    const machine = await link.client.machines.get(id);
    // Without state there is nothing to keep: the resource is read for the first time.
    if (machine === undefined) return state.machine === undefined ? undefined : asRecorded;
    if (hasHeldStatus(machine) && state.machine !== undefined) return asRecorded;
    const { pending: _pending, osDisk: _osDisk, ...inputs } = state;
    const { layout } = presentLayout(machine.blockdevice_set);
    const unsaid = { ...defaultLayout, layout, changes: null, waitMinutes: 60, hold: null };
    const wish = { ...unsaid, ...inputs, machine: id, otherDisks: [] };
    const editable = possibility(machine, "storage") === "edit";
    const waiting = editable ? [] : readPending(state.pending);
    const differences = layoutDifferences(machine, wish);
    const recorded = areRecorded(differences, waiting);
    const pending = stillPending(differences, waiting);
    return {
      id,
      inputs: {
        ...wish,
        ...(recorded ? {} : sizesOf(machine, wish)),
        changes: presentChanges(wish.changes, machine, "storage"),
        layout: recorded && pending.length > 0 ? wish.layout : layout,
        otherDisks: recorded ? [] : otherDisks(machine, wish),
      },
      outputs: { pending, osDisk: osDiskName(machine, wish) },
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

async function apply(
  link: MaasConnection,
  first: MachineAnswer,
  inputs: StorageLayoutInputs,
): Promise<StorageLayoutOutputs> {
  const id = first.system_id;
  const log = link.log.of(storageLayoutKind.kind, first.hostname, id);
  const { machine, inTime, when } = await waitForMachine(
    link.client,
    first,
    (seen) => possibility(seen, "storage") !== "wait",
    { minutes: inputs.waitMinutes },
    log,
  );
  if (!inTime) {
    throw new PartialFailure(
      id,
      { pending: layoutDifferences(machine, inputs), osDisk: null },
      `Machine ${machine.hostname} (${id}) is still ${machine.status_name} ${when}; its storage layout was not changed. Run the command again to go on.`,
    );
  }
  const possible = possibility(machine, "storage");
  if (possible === "stuck") throw await stuckError(link.client, machine, "The storage layout");
  if (possible === "edit") {
    const changed = await setLayout(link, machine, inputs);
    return { pending: [], osDisk: osDiskName(changed, inputs) };
  }
  const pending = layoutDifferences(machine, inputs);
  if (pending.length > 0) {
    log.warning(
      `it is ${machine.locked ? "locked" : machine.status_name}: recorded and not changed until it is released: ${pending.map(formatPending).join("; ")}`,
    );
  }
  return { pending, osDisk: osDiskName(machine, inputs) };
}

/** Sets the layout; MAAS takes the former one away first. Only MAAS's plan changes: no disk is written before the next deployment. */
async function setLayout(
  link: MaasConnection,
  machine: MachineAnswer,
  inputs: StorageLayoutInputs,
): Promise<MachineAnswer> {
  let form: Fields = { storage_layout: inputs.layout };
  if (inputs.layout !== "blank") {
    const choice = machineOsDisk(machine, inputs);
    if ("problem" in choice) throw new InputError(`Storage layout of ${machine.hostname}: ${choice.problem}`);
    form = layoutForm(inputs, choice.disk.id);
  }
  return link.client.machines.operate(machine.system_id, "set_storage_layout", form, true);
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
  declare public readonly changes: pulumi.Output<Changes | null>;
  declare public readonly waitMinutes: pulumi.Output<number>;
  /** Differences recorded but not applied while the machine is in use; empty when the host is as described. */
  declare public readonly pending: pulumi.Output<RecordedChange[]>;
  declare public readonly hold: pulumi.Output<Hold | null>;
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
