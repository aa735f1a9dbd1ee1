import type * as pulumi from "@pulumi/pulumi";
import { checkedText } from "../../model/checked-text";
import { placeNameProblem } from "../../model/maas-names";
import { ServedResource } from "../dynamic/resource";
import { decisionAge } from "./client/machines";
import type { MaasConnection } from "./connection";
import { type DescribedInputs, describedKind } from "./described-kind";
import { listNames, stillInUse } from "./in-use";
import type { Origin, Owned } from "./ownership/decide";
import { poolObject } from "./ownership/object-names";
import type { Values } from "./ownership/values";

/** Inputs of a {@link ResourcePool}. */
export interface ResourcePoolArgs {
  /** Name of the pool: 1 to 256 letters, digits, spaces, `-` and `_`; case matters. Palette allocates machines by it. */
  name: pulumi.Input<string>;
  /** What the pool is for; MAAS shows it. Default: empty. */
  description?: pulumi.Input<string | null>;
  /** Whether fields of an object that exists already may be changed. Default: false; one that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

/** The kind behind {@link ResourcePool}. */
export const resourcePoolKind = describedKind({
  kind: "maas:ResourcePool",
  objectKind: "resource pool",
  object: poolObject,
  name: checkedText(placeNameProblem),
  holds: (machine, answer) => machine.pool.name === answer.name,
  collection: (link) => link.client.pools,
  key: (answer) => String(answer.id),
  async remove(link, answer) {
    try {
      await link.client.pools.remove(String(answer.id));
    } catch (failure) {
      const machines = await link.client.machines.list(decisionAge);
      const users = machines.filter((machine) => machine.pool.name === answer.name).map((machine) => machine.hostname);
      if (users.length === 0) throw failure;
      throw stillInUse(
        `Resource pool "${answer.name}"`,
        `it holds ${users.length} machine(s): ${listNames(users)}`,
        "Move them to another pool first (a machine leaves its pool before the pool goes).",
        failure,
      );
    }
  },
});

/** A resource pool of MAAS (API: resourcepools): the set of machines that a cluster's machine pool is allocated from. */
export class ResourcePool extends ServedResource<DescribedInputs, Owned, MaasConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly description: pulumi.Output<string | null>;
  declare public readonly adopt: pulumi.Output<boolean>;
  declare public readonly approve: pulumi.Output<string[]>;
  declare public readonly reference: pulumi.Output<boolean>;
  /** Whether it was created here, adopted, or is only referenced. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** Values that managed fields of an adopted object had before. */
  declare public readonly previous: pulumi.Output<Values>;
  /** Values that this stack gave the managed fields of an adopted object. */
  declare public readonly applied: pulumi.Output<Values>;

  constructor(name: string, args: ResourcePoolArgs, options?: pulumi.CustomResourceOptions) {
    super(resourcePoolKind, name, args, options);
  }

  /** A pool that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): ResourcePool {
    return new ResourcePool(name, {} as ResourcePoolArgs, { ...options, id });
  }
}
