import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { checkedText } from "../../model/checked-text";
import { fabricNameProblem } from "../../model/maas-names";
import { optional } from "../dynamic/fields";
import { InputError } from "../dynamic/errors";
import { ServedResource } from "../dynamic/resource";
import { decisionAge } from "./client/machines";
import type { FabricAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { forgetVlanReferences } from "./find-vlan";
import { listNames, stillInUse } from "./in-use";
import { ownedKind } from "./owned-kind";
import type { OwnershipInputs } from "./owned-kind-options";
import { type Carriers, foreignUsers, isOnVlan, ownerBy } from "./owners";
import type { Origin, Owned } from "./ownership/decide";
import { fabricObject } from "./ownership/object-names";
import type { Values } from "./ownership/values";

/** Inputs of a {@link Fabric}. */
export interface FabricArgs {
  /**
   * Name of the fabric. Default: not described; the fabric is the one that holds the subnet `holding`, under the name that it has. MAAS
   * keeps the names `fabric-<number>` for those that it makes itself; such a one can only be adopted.
   */
  name?: pulumi.Input<string | null>;
  /** Class of the fabric, free text such as `10g`. Default: not described; MAAS has no way to clear it. */
  classType?: pulumi.Input<string | null>;
  /**
   * CIDR of a subnet that MAAS may know already, the one that machines boot from. While no fabric has the name, the fabric that holds this
   * subnet is adopted (and renamed, if a name is described), so that its VLAN keeps its DHCP and its rack controllers. Default: none.
   */
  holding?: pulumi.Input<string | null>;
  /** Name of the fabric if neither `name` is described nor a fabric holds the subnet, so that one is created. Default: none. */
  defaultName?: pulumi.Input<string | null>;
  /** Whether fields of an object that exists already may be changed. Default: false; one that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

interface FabricFields {
  name: string | null;
  classType: string | null;
}

interface FabricExtra {
  holding: string | null;
  defaultName: string | null;
}

type FabricInputs = FabricFields & FabricExtra & OwnershipInputs;

const fabricName = checkedText(fabricNameProblem);

/** The kind behind {@link Fabric}. */
export const fabricKind = ownedKind<FabricFields, FabricExtra, FabricAnswer>({
  kind: "maas:Fabric",
  objectKind: "fabric",
  fields: {
    name: {
      type: fabricName,
      byDefault: ({ name, defaultName }) => name ?? defaultName,
      read: (answer, { name }) => (typeof name === "string" ? fabricNameAs(answer, name) : answer.name),
    },
    classType: { type: z.string().min(1), read: (answer) => answer.class_type || null },
  },
  extra: { holding: optional(z.string()), defaultName: optional(fabricName) },
  checkTogether: ({ name, holding, defaultName }) =>
    (name ?? holding ?? defaultName) === null
      ? [{ property: "name", reason: "give the name of the fabric, or a subnet that it holds (holding)" }]
      : [],
  object: ({ name, defaultName, holding }) =>
    fabricObject(name ?? (holding === null ? defaultName : `of ${holding}`) ?? ""),
  isIt: () => true,
  list: fabricsMeant,
  idOf: (answer) => String(answer.id),
  byId: (link, id) => link.client.fabrics.get(id),
  computed: { currentName: (answer) => answer.name },
  // MAAS never shows a description of a fabric, so that there is no field for a marker: what stands on the fabric has one.
  owner: (link, answer) => ownerBy(link, carriers(answer)),
  users: (link, answer) => foreignUsers(link, carriers(answer)),
  form: (_link, { name, classType }) => ({ name: name ?? undefined, class_type: classType ?? undefined }),
  create: (link, fields, inputs) => {
    const name = inputs.name ?? inputs.defaultName;
    if (name === null) {
      throw new InputError(
        `MAAS has no subnet ${inputs.holding}, so that no fabric holds it. Describe the name of the fabric to create it.`,
        "name",
      );
    }
    if (/^fabric-\d+$/.test(name)) {
      throw new InputError(
        `Fabric "${name}" does not exist, and MAAS makes fabrics of such a name only itself. Choose another name, or one that exists.`,
        "name",
      );
    }
    return link.client.fabrics.create({ ...fields, name }, (answer) => answer.name === name);
  },
  // MAAS refuses the names that it keeps for itself even when they stay as they are, so that an equal name is not sent.
  send: (link, answer, { name, ...fields }) =>
    link.client.fabrics.update(String(answer.id), { ...fields, name: name === answer.name ? undefined : name }),
  async afterWrite(link, _answer, values) {
    if ("name" in values) forgetVlanReferences(link.client);
  },
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

/** The fabric of that name, else the one that holds the subnet, else the one of the default name; at most one. */
async function fabricsMeant(
  link: MaasConnection,
  inputs: FabricExtra & Pick<FabricFields, "name">,
  age?: number,
): Promise<FabricAnswer[]> {
  const fabrics = await link.client.fabrics.list(age);
  const named = inputs.name === null ? undefined : fabrics.find(({ name }) => name === inputs.name);
  if (named !== undefined) return [named];
  const held =
    inputs.holding === null
      ? undefined
      : (await link.client.subnets.list(age)).find(({ cidr }) => cidr === inputs.holding);
  const holder = fabrics.find(({ id }) => id === held?.vlan.fabric_id);
  if (holder !== undefined) return [holder];
  return inputs.name === null ? fabrics.filter(({ name }) => name === inputs.defaultName) : [];
}

/**
 * Returns the name of the fabric that the inputs of a {@link Fabric} mean, as MAAS has it now: inputs of VLANs and subnets are compared
 * under this name before a rename. Null when the fabric would be created. Reads only.
 */
export async function actualFabricName(
  link: MaasConnection,
  inputs: { readonly name: string | null; readonly holding: string | null; readonly defaultName: string | null },
): Promise<string | null> {
  await link.client.ready();
  const [found] = await fabricsMeant(link, inputs);
  return found?.name ?? null;
}

/** A name that MAAS gave the fabric by its id still means it after it was renamed. */
function fabricNameAs(answer: FabricAnswer, name: string): string {
  return name === `fabric-${answer.id}` ? name : answer.name;
}

/** Subnets and machines on a fabric. */
function carriers(answer: FabricAnswer): Carriers {
  return {
    subnets: ({ vlan }) => vlan.fabric_id === answer.id,
    machines: (machine) => isOnVlan(machine, ({ fabric_id }) => fabric_id === answer.id),
  };
}

/** A fabric of MAAS (API: fabrics): switches that carry the same VLANs. The fabric of the boot subnet exists in every MAAS, and is adopted. */
export class Fabric extends ServedResource<FabricInputs, Owned, MaasConnection> {
  declare public readonly name: pulumi.Output<string | null>;
  declare public readonly classType: pulumi.Output<string | null>;
  declare public readonly holding: pulumi.Output<string | null>;
  declare public readonly defaultName: pulumi.Output<string | null>;
  declare public readonly adopt: pulumi.Output<boolean>;
  declare public readonly approve: pulumi.Output<string[]>;
  declare public readonly reference: pulumi.Output<boolean>;
  /** Whether it was created here, adopted, or is only referenced. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** Values that managed fields of an adopted object had before. */
  declare public readonly previous: pulumi.Output<Values>;
  /** Values that this stack gave the managed fields of an adopted object. */
  declare public readonly applied: pulumi.Output<Values>;
  /** The name that the fabric has in MAAS. */
  declare public readonly currentName: pulumi.Output<string>;
  /** The name to refer to the fabric by: the described one, else the one that it has. Known in a preview when it is described. */
  public readonly resolvedName: pulumi.Output<string>;

  constructor(name: string, args: FabricArgs, options?: pulumi.CustomResourceOptions) {
    super(fabricKind, name, args, options);
    this.resolvedName =
      typeof args.name === "string"
        ? this.name.apply((described) => described ?? "")
        : pulumi
            // A state of an earlier version has no current name: the fabric's name was always described.
            .all([this.name, this.currentName as pulumi.Output<string | undefined>])
            .apply(([described, current]) => described ?? current ?? "");
  }

  /** A fabric that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Fabric {
    return new Fabric(name, {}, { ...options, id });
  }
}
