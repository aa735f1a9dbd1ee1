import type * as pulumi from "@pulumi/pulumi";
import { checkedText } from "../../model/checked-text";
import { placeNameProblem } from "../../model/maas-names";
import { ServedResource } from "../dynamic/resource";
import { decisionAge } from "./client/machines";
import type { MaasConnection } from "./connection";
import { type DescribedInputs, describedKind } from "./described-kind";
import { listNames, stillInUse } from "./in-use";
import type { Origin, Owned } from "./ownership/decide";
import { zoneObject } from "./ownership/object-names";
import type { Values } from "./ownership/values";

/** Inputs of a {@link Zone}. */
export interface ZoneArgs {
  /** Name of the zone: letters of any script, digits, spaces, `-` and `_`. */
  name: pulumi.Input<string>;
  /** Where it is: rack, aisle, room. Default: empty. */
  description?: pulumi.Input<string | null>;
  /** Whether fields of an object that exists already may be changed. Default: false; one that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

/** The kind behind {@link Zone}. */
export const zoneKind = describedKind({
  kind: "maas:Zone",
  objectKind: "zone",
  object: zoneObject,
  name: checkedText(placeNameProblem),
  holds: (machine, answer) => machine.zone.name === answer.name,
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
export class Zone extends ServedResource<DescribedInputs, Owned, MaasConnection> {
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

  constructor(name: string, args: ZoneArgs, options?: pulumi.CustomResourceOptions) {
    super(zoneKind, name, args, options);
  }

  /** A zone that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Zone {
    return new Zone(name, {} as ZoneArgs, { ...options, id });
  }
}
