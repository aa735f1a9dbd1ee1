import type * as pulumi from "@pulumi/pulumi";
import { ApiError, InputError } from "../dynamic/errors";
import { text, textSet } from "../dynamic/fields";
import type { ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import { type PendingClone, pendingClones } from "../kubernetes/image-uses";
import { type MachineUses, machineUses } from "../kubernetes/machine-uses";
import { placeText } from "../kubernetes/object-place";
import { type ClusterConnection, connect } from "./connection";

/** Inputs of a {@link UseGuard}. */
export interface UseGuardArgs {
  /** Objects that virtual machines may need, each as `placeText` tells it. */
  objects: pulumi.Input<string[]>;
  /** Label that virtual machines carry the name of their template in. */
  templateLabel: pulumi.Input<string>;
  /** Names of the templates. */
  templates: pulumi.Input<string[]>;
}

interface UseGuardInputs {
  objects: string[];
  templateLabel: string;
  templates: string[];
}

/**
 * The kind behind {@link UseGuard}. It makes nothing; its delete, which comes before those of the objects that it depends on, refuses to take them away
 * from under virtual machines. A `destroy` runs no program, so no rule of the program could.
 */
export const useGuardKind: ResourceKind<UseGuardInputs, object, ClusterConnection> = {
  kind: "virtualization:UseGuard",
  schema: { objects: textSet(), templateLabel: text("a label"), templates: textSet() },
  outputs: [],
  connect,

  async create(link) {
    return { id: link.identity, outputs: {} };
  },

  async read(_link, id, state) {
    const { objects = [], templateLabel = "", templates = [] } = state;
    return { id, inputs: { objects, templateLabel, templates }, outputs: {} };
  },

  async update() {
    return { outputs: {} };
  },

  async delete(link, _id, state) {
    const problem = inUse(await usesOf(link), state);
    if (problem !== undefined) throw new InputError(problem);
  },
};

/** What in a cluster can need our objects. */
interface Uses {
  machines: readonly MachineUses[];
  clones: readonly PendingClone[];
}

/** Says to the Kubernetes provider, and here, that a cluster out of reach is gone for good (pulumi-kubernetes, Configuration). */
const goneForGood = "PULUMI_K8S_DELETE_UNREACHABLE";

/**
 * A cluster out of reach cannot be asked. Passing over it would leave nobody to ask when it answers again: this guard would be gone, and the rest of the
 * objects still to be deleted.
 */
async function usesOf(link: ClusterConnection): Promise<Uses> {
  try {
    const client = link.client();
    return { machines: await machineUses(client), clones: await pendingClones(client) };
  } catch (failure) {
    const unreachable = failure instanceof InputError || (failure instanceof ApiError && failure.status === undefined);
    if (!unreachable) throw failure;
    if (process.env[goneForGood] === "true") return { machines: [], clones: [] };
    throw new InputError(
      `The cluster cannot be asked whether VMs need what would be deleted: ${failure.message} Nothing was deleted. Run the command again when the cluster ` +
        `answers; if it is gone for good: ${goneForGood}=true pulumi destroy`,
    );
  }
}

/** Why these objects must stay: the virtual machines and disks that need them; undefined when none does. */
export function inUse({ machines, clones }: Uses, guarded: UseGuardInputs): string | undefined {
  const objects = new Set(guarded.objects);
  const users = machines
    .filter(
      ({ needs, labels }) =>
        needs.some((place) => objects.has(placeText(place))) ||
        guarded.templates.includes(labels[guarded.templateLabel] ?? ""),
    )
    .map(({ machine }) => machine);
  const disks = clones.filter(({ image }) => objects.has(`DataVolume ${image}`)).map(({ disk }) => disk);
  if (users.length + disks.length === 0) return undefined;
  return [
    ...(users.length === 0
      ? []
      : [
          `${users.join(", ")}: ${users.length === 1 ? "this VM is" : "these VMs are"} made from templates of this stack, or ` +
            `need${users.length === 1 ? "s" : ""} its networks, first-boot configuration, preferences or instance types to start.`,
        ]),
    ...(disks.length === 0
      ? []
      : [
          `${disks.join(", ")}: ${disks.length === 1 ? "this disk is" : "these disks are"} still to be cloned from a golden image of this stack.`,
        ]),
    "Nothing that they need was deleted. Move or delete them first; to give the objects up and leave them in the cluster, remove the stack alone: pulumi stack rm --force.",
  ].join(" ");
}

/** Keeps objects from being deleted while virtual machines need them. The objects must be among its `dependsOn`. */
export class UseGuard extends ServedResource<UseGuardInputs, object, ClusterConnection> {
  constructor(name: string, args: UseGuardArgs, options?: pulumi.CustomResourceOptions) {
    super(useGuardKind, name, args, options);
  }
}
