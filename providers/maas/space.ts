import type * as pulumi from "@pulumi/pulumi";
import { checkedText } from "../../model/checked-text";
import { fabricNameProblem } from "../../model/maas-names";
import { ServedResource } from "../dynamic/resource";
import type { MaasConnection } from "./connection";
import { type DescribedInputs, describedKind } from "./described-kind";
import { listNames, stillInUse } from "./in-use";
import type { Origin, Owned } from "./ownership/decide";
import { spaceObject } from "./ownership/object-names";
import type { Values } from "./ownership/values";

/** Inputs of a {@link Space}. */
export interface SpaceArgs {
  /** Name of the space: letters, digits and `-`; not `undefined`, which MAAS uses for "no space". */
  name: pulumi.Input<string>;
  /** What its VLANs have in common. Default: empty. */
  description?: pulumi.Input<string | null>;
  /** Whether fields of an object that exists already may be changed. Default: false; one that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

/** The kind behind {@link Space}. */
export const spaceKind = describedKind({
  kind: "maas:Space",
  objectKind: "space",
  object: spaceObject,
  name: checkedText(fabricNameProblem).refine((name) => name !== "undefined" && !/^space-\d+$/.test(name), {
    error: "must be another name: MAAS keeps undefined and space-<number> for itself",
  }),
  collection: (link) => link.client.spaces,
  key: (answer) => String(answer.id),
  // MAAS would delete a space with VLANs without a word; they would be in no space.
  async remove(link, answer) {
    const vlans = (await link.client.fabrics.list()).flatMap((fabric) => fabric.vlans);
    const users = vlans.filter((vlan) => vlan.space === answer.name).map((vlan) => `${vlan.fabric}/${vlan.vid}`);
    if (users.length === 0) return link.client.spaces.remove(String(answer.id));
    throw stillInUse(
      `Space "${answer.name}"`,
      `it holds the VLAN(s) ${listNames(users)}`,
      "Move them to another space first; MAAS would leave them without one.",
    );
  },
});

/** A space of MAAS (API: spaces): a set of VLANs that reach each other. */
export class Space extends ServedResource<DescribedInputs, Owned, MaasConnection> {
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

  constructor(name: string, args: SpaceArgs, options?: pulumi.CustomResourceOptions) {
    super(spaceKind, name, args, options);
  }

  /** A space that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Space {
    return new Space(name, {} as SpaceArgs, { ...options, id });
  }
}
