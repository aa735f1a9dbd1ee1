import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { ServedResource } from "../dynamic/resource";
import type { MaasConnection } from "./connection";
import { type DescribedFormer, type DescribedInputs, describedKind } from "./described-kind";
import { listNames, stillInUse } from "./in-use";
import type { Origin, Owned } from "./ownership";

/** Inputs of a {@link Space}. */
export interface SpaceArgs {
  /** Name of the space: letters, digits and `-`; not `undefined`, which MAAS uses for "no space". */
  name: pulumi.Input<string>;
  /** What its VLANs have in common. Default: empty. */
  description?: pulumi.Input<string>;
  /** Take a space over that exists already. Default: false, an existing one is an error. */
  adopt?: pulumi.Input<boolean>;
}

/** The kind behind {@link Space}. */
export const spaceKind = describedKind({
  kind: "maas:Space",
  word: "Space",
  name: z
    .string()
    .max(256, { error: "must be at most 256 characters long" })
    .regex(/^[a-zA-Z0-9][\w-]*$/, { error: "must be letters, digits, - and _" })
    .refine((name) => name !== "undefined" && !/^space-\d+$/.test(name), {
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
export class Space extends ServedResource<DescribedInputs, Owned<DescribedFormer>, MaasConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly description: pulumi.Output<string>;
  declare public readonly adopt: pulumi.Output<boolean>;
  /** Whether it was created here or taken over. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** The values that a space taken over had before. */
  declare public readonly former: pulumi.Output<DescribedFormer | null>;

  constructor(name: string, args: SpaceArgs, options?: pulumi.CustomResourceOptions) {
    super(spaceKind, name, args, options);
  }

  /** A space that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Space {
    return new Space(name, {} as SpaceArgs, { ...options, id });
  }
}
