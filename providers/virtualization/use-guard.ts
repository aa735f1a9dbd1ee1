import type * as pulumi from "@pulumi/pulumi";
import { ApiError, InputError } from "../dynamic/errors";
import { text, textSet } from "../dynamic/fields";
import type { ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import { type MachineUses, machineUses } from "../kubernetes/network-uses";
import { type ClusterConnection, connect } from "./connection";

/** Inputs of a {@link UseGuard}. */
export interface UseGuardArgs {
  /** Networks that virtual machines may be on, `namespace/name`. */
  networks: pulumi.Input<string[]>;
  /** Label that virtual machines carry the name of their template in. */
  templateLabel: pulumi.Input<string>;
  /** Names of the templates. */
  templates: pulumi.Input<string[]>;
}

interface UseGuardInputs {
  networks: string[];
  templateLabel: string;
  templates: string[];
}

/**
 * The kind behind {@link UseGuard}. It makes nothing; its delete, which comes before those of the objects that it depends on, refuses to take them away
 * from under virtual machines. A `destroy` runs no program, so no rule of the program could.
 */
export const useGuardKind: ResourceKind<UseGuardInputs, object, ClusterConnection> = {
  kind: "virtualization:UseGuard",
  schema: { networks: textSet(), templateLabel: text("a label"), templates: textSet() },
  outputs: [],
  connect,

  async create(link) {
    return { id: link.identity, outputs: {} };
  },

  async read(_link, id, state) {
    const { networks = [], templateLabel = "", templates = [] } = state;
    return { id, inputs: { networks, templateLabel, templates }, outputs: {} };
  },

  async update() {
    return { outputs: {} };
  },

  async delete(link, _id, state) {
    const problem = inUse(await machinesOf(link), state);
    if (problem !== undefined) throw new InputError(problem);
  },
};

/** A cluster out of reach cannot be asked. The Kubernetes provider, which comes next, says so and what can be done. */
async function machinesOf(link: ClusterConnection): Promise<MachineUses[]> {
  try {
    return await machineUses(link.client());
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === undefined) return [];
    throw failure;
  }
}

/** Why these objects must stay: the virtual machines that need them; undefined when none does. */
export function inUse(machines: readonly MachineUses[], guarded: UseGuardInputs): string | undefined {
  const { networks, templateLabel, templates } = guarded;
  const users = machines.filter(
    ({ networks: on, labels }) =>
      on.some((network) => networks.includes(network)) || templates.includes(labels[templateLabel] ?? ""),
  );
  if (users.length === 0) return undefined;
  return (
    `${users.map(({ machine }) => machine).join(", ")}: ${users.length === 1 ? "this VM is" : "these VMs are"} on networks of this stack or made from its ` +
    "templates, and would not start again without them. Nothing that they need was deleted. Move or delete them first; to give the objects up and leave " +
    "them in the cluster, remove the stack alone: pulumi stack rm --force."
  );
}

/** Keeps networks and templates from being deleted while virtual machines need them. The objects must be among its `dependsOn`. */
export class UseGuard extends ServedResource<UseGuardInputs, object, ClusterConnection> {
  constructor(name: string, args: UseGuardArgs, options?: pulumi.CustomResourceOptions) {
    super(useGuardKind, name, args, options);
  }
}
