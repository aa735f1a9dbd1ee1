import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { ServedResource } from "../dynamic/resource";
import { decisionAge } from "./client/machines";
import type { MaasConnection } from "./connection";
import { type DescribedFormer, type DescribedInputs, describedKind } from "./described-kind";
import { listNames, stillInUse } from "./in-use";
import type { Origin, Owned } from "./ownership";

/** Inputs of a {@link Zone}. */
export interface ZoneArgs {
  /** Name of the zone: letters, digits, `-` and `_`, no spaces. */
  name: pulumi.Input<string>;
  /** Where it is: rack, aisle, room. Default: empty. */
  description?: pulumi.Input<string>;
  /** Take a zone over that exists already. Default: false, an existing one is an error. */
  adopt?: pulumi.Input<boolean>;
}

/** The kind behind {@link Zone}. */
export const zoneKind = describedKind({
  kind: "maas:Zone",
  word: "Zone",
  name: z
    .string()
    .max(256, { error: "must be at most 256 characters long" })
    .regex(/^\w[\w-]*$/, { error: "must be letters, digits, - and _, without spaces" }),
  collection: (link) => link.client.zones,
  key: (answer) => answer.name,
  // MAAS would delete a zone with machines without a word and hand them to its default zone.
  async remove(link, answer) {
    const machines = await link.client.machines.list(decisionAge);
    const users = machines.filter((machine) => machine.zone.name === answer.name).map((machine) => machine.hostname);
    if (users.length === 0) return link.client.zones.remove(answer.name);
    throw stillInUse(
      `Zone "${answer.name}"`,
      `it holds ${users.length} machine(s): ${listNames(users)}`,
      "Move them to another zone first; MAAS would hand them to its default zone without a word.",
    );
  },
});

/** An availability zone of MAAS (API: zones): a rack, aisle or room (RA, Canonical MAAS configuration, AZs). */
export class Zone extends ServedResource<DescribedInputs, Owned<DescribedFormer>, MaasConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly description: pulumi.Output<string>;
  declare public readonly adopt: pulumi.Output<boolean>;
  /** Whether it was created here or taken over. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** The values that a zone taken over had before. */
  declare public readonly former: pulumi.Output<DescribedFormer | null>;

  constructor(name: string, args: ZoneArgs, options?: pulumi.CustomResourceOptions) {
    super(zoneKind, name, args, options);
  }

  /** A zone that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Zone {
    return new Zone(name, {} as ZoneArgs, { ...options, id });
  }
}
