import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { optional } from "../dynamic/fields";
import { InputError } from "../dynamic/errors";
import { ServedResource } from "../dynamic/resource";
import { decisionAge } from "./client/machines";
import type { FabricAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { forgetVlanReferences } from "./find-vlan";
import { listNames, stillInUse } from "./in-use";
import { ownedKind } from "./owned-kind";
import type { Origin, Owned } from "./ownership";

/** Inputs of a {@link Fabric}. */
export interface FabricArgs {
  /** Name of the fabric. MAAS keeps the names `fabric-<number>` for those that it makes itself; such a one can be taken over only. */
  name: pulumi.Input<string>;
  /** Class of the fabric, free text such as `10g`. Default: left as it is; MAAS has no way to clear it. */
  classType?: pulumi.Input<string | null>;
  /**
   * CIDR of a subnet that MAAS may know already, the one that machines boot from. While no fabric has the name, the discovered fabric (named
   * `fabric-<id>` by MAAS) that holds this subnet is taken over and renamed, so that its VLAN keeps its DHCP and its rack controllers.
   * Default: none.
   */
  holding?: pulumi.Input<string | null>;
}

interface FabricInputs {
  name: string;
  classType: string | null;
  holding: string | null;
}

/** The values that a fabric taken over had before. */
export interface FabricFormer {
  name: string;
  classType: string | null;
}

/** The kind behind {@link Fabric}. */
export const fabricKind = ownedKind<FabricInputs, FabricAnswer, FabricFormer>({
  kind: "maas:Fabric",
  schema: {
    name: z
      .string()
      .max(256, { error: "must be at most 256 characters long" })
      .regex(/^[a-zA-Z0-9][\w-]*$/, { error: "must be letters, digits, - and _" }),
    classType: optional(z.string().min(1)),
    holding: optional(z.string()),
  },
  informative: ["holding"],
  what: (inputs) => `Fabric "${inputs.name}"`,
  isIt: () => true,
  list: meantFabrics,
  idOf: (answer) => String(answer.id),
  byId: (link, id) => link.client.fabrics.get(id),
  // MAAS discovers fabrics, and their answers have no field for a marker.
  claim: () => ({ adopt: true }),
  create: (link, inputs) => {
    if (/^fabric-\d+$/.test(inputs.name)) {
      throw new InputError(
        `Fabric "${inputs.name}" does not exist, and MAAS makes fabrics of such a name only itself. Choose another name, or one that exists.`,
        "name",
      );
    }
    return link.client.fabrics.create(
      { name: inputs.name, class_type: inputs.classType ?? undefined },
      (answer) => answer.name === inputs.name,
    );
  },
  inputsOf: (answer, state) => ({
    name: answer.name,
    classType: state.classType === null ? null : answer.class_type || null,
    holding: state.holding ?? null,
  }),
  write: (link, answer, inputs) => writeFabric(link, answer, inputs),
  formerOf: (answer) => ({ name: answer.name, classType: answer.class_type || null }),
  restore: (link, answer, former) => writeFabric(link, answer, former),
  async remove(link, answer) {
    const what = `Fabric "${answer.name}"`;
    const machines = await link.client.machines.list(decisionAge);
    const users = machines.filter((machine) =>
      machine.interface_set.some((item) => item.vlan?.fabric_id === answer.id),
    );
    if (users.length > 0) {
      throw stillInUse(
        what,
        `interfaces of ${listNames(users.map((machine) => machine.hostname))} are on it`,
        "Move them to VLANs of another fabric first.",
      );
    }
    try {
      await link.client.fabrics.remove(String(answer.id));
    } catch (failure) {
      const subnets = (await link.client.subnets.list(decisionAge)).filter(
        (subnet) => subnet.vlan.fabric_id === answer.id,
      );
      if (subnets.length === 0) throw failure;
      const names = listNames(subnets.map((subnet) => subnet.cidr));
      throw stillInUse(what, `it holds the subnets ${names}`, "Move or delete them first.", failure);
    }
  },
});

/** The fabric of that name, else the one that holds the subnet; at most one. */
async function meantFabrics(link: MaasConnection, inputs: FabricInputs, age?: number): Promise<FabricAnswer[]> {
  const fabrics = await link.client.fabrics.list(age);
  const named = fabrics.filter(({ name }) => name === inputs.name);
  if (named.length > 0 || inputs.holding === null) return named;
  const held = (await link.client.subnets.list(age)).find(({ cidr }) => cidr === inputs.holding);
  const found = fabrics.find(({ id }) => id === held?.vlan.fabric_id);
  if (found === undefined) return [];
  if (found.name === `fabric-${found.id}`) return [found];
  throw new InputError(
    `Subnet ${inputs.holding} is in fabric "${found.name}", which has a name of its own: name that fabric in the description (fabric.name).`,
    "name",
  );
}

/** MAAS refuses the names that it keeps for itself even when they stay as they are, so that an equal name is not sent. */
async function writeFabric(link: MaasConnection, answer: FabricAnswer, values: FabricFormer): Promise<void> {
  const renamed = values.name !== answer.name;
  await link.client.fabrics.update(String(answer.id), {
    name: renamed ? values.name : undefined,
    class_type: values.classType ?? undefined,
  });
  if (renamed) forgetVlanReferences(link.client);
}

/** A fabric of MAAS (API: fabrics): switches that carry the same VLANs. One that exists is taken over without asking. */
export class Fabric extends ServedResource<FabricInputs, Owned<FabricFormer>, MaasConnection> {
  declare public readonly name: pulumi.Output<string>;
  declare public readonly classType: pulumi.Output<string | null>;
  declare public readonly holding: pulumi.Output<string | null>;
  /** Whether it was created here or taken over. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** The values that a fabric taken over had before. */
  declare public readonly former: pulumi.Output<FabricFormer | null>;

  constructor(name: string, args: FabricArgs, options?: pulumi.CustomResourceOptions) {
    super(fabricKind, name, args, options);
  }

  /** A fabric that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Fabric {
    return new Fabric(name, {} as FabricArgs, { ...options, id });
  }
}
