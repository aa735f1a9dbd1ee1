import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { mtuSchema, vlanIdSchema } from "../../model/quantities";
import { InputError } from "../dynamic/errors";
import { text } from "../dynamic/fields";
import { ServedResource } from "../dynamic/resource";
import { decisionAge } from "./client/machines";
import type { FabricAnswer, VlanAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { fabricOf, forgetVlanReferences } from "./find-vlan";
import { listNames, stillInUse } from "./in-use";
import { ownedKind } from "./owned-kind";
import type { OwnershipInputs } from "./owned-kind-options";
import { type Carriers, foreignUsers, isOnVlan, ownerBy, usageBy } from "./owners";
import type { Origin, Owned } from "./ownership/decide";
import { vlanObject } from "./ownership/object-names";
import type { Values } from "./ownership/values";

/** Inputs of a {@link Vlan}. */
export interface VlanArgs {
  /** Name of the fabric. */
  fabric: pulumi.Input<string>;
  /** VLAN id, 0 to 4094; 0 is the fabric's untagged VLAN, which always exists. */
  vid: pulumi.Input<number>;
  /** Name in MAAS. Default: not described; MAAS gives one. Of no effect on VLAN 0, which MAAS always shows as `untagged`. */
  name?: pulumi.Input<string | null>;
  /** MTU in bytes, 552 to 65535. Default: not described; 1500 on a created VLAN. */
  mtu?: pulumi.Input<number | null>;
  /** Name of the space that the VLAN is in; `undefined`, as MAAS shows it, for none. Default: not described; none on a created VLAN. */
  space?: pulumi.Input<string | null>;
  /** Whether fields of an object that exists already may be changed. Default: false; one that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

interface VlanFields {
  fabric: string;
  vid: number;
  name: string | null;
  mtu: number | null;
  space: string | null;
}

type VlanInputs = VlanFields & OwnershipInputs;

/** The kind behind {@link Vlan}. */
export const vlanKind = ownedKind<VlanFields, object, VlanAnswer>({
  kind: "maas:Vlan",
  objectKind: "vlan",
  fields: {
    fabric: {
      type: text("the name of a fabric"),
      always: true,
      read: (answer, { fabric }) => fabricOf(answer, fabric),
    },
    vid: {
      type: vlanIdSchema,
      always: true,
      read: (answer) => answer.vid,
    },
    // MAAS shows the untagged VLAN of a fabric as `untagged` whatever its name.
    name: { type: z.string().min(1).max(256), read: (answer) => (isUntagged(answer) ? undefined : answer.name) },
    mtu: {
      type: mtuSchema,
      byDefault: () => 1500,
      read: (answer) => answer.mtu,
    },
    space: { type: z.string().min(1), none: "undefined", byDefault: () => null, read: spaceOf },
  },
  // Only a VLAN that this stack created is renumbered: of another one the description means another VLAN.
  replaceFound: ["vid"],
  object: ({ fabric, vid }) => vlanObject(fabric, vid),
  isIt: (answer, inputs) => answer.vid === inputs.vid,
  list: async (link, inputs, age) => (await link.client.fabrics.named(inputs.fabric, age))?.vlans ?? [],
  idOf: (answer) => String(answer.id),
  byId: (link, id) => link.client.fabrics.vlanById(id),
  // MAAS never shows a description of a VLAN, so that there is no field for a marker: what stands on the VLAN has one.
  owner: (link, answer) => ownerBy(link, carriers(answer)),
  users: (link, answer) => foreignUsers(link, carriers(answer)),
  usage: (link, answer) => usageBy(link, (machine) => isOnVlan(machine, ({ id }) => id === answer.id)),
  async form(link, { fabric, vid, name, mtu, space }) {
    const target = fabric === undefined ? undefined : await knownFabric(link, fabric);
    return { fabric: target?.id, vid, name: name ?? undefined, mtu: mtu ?? undefined, space };
  },
  async create(link, { fabric: _fabric, space, ...fields }, inputs) {
    const fabric = await knownFabric(link, inputs.fabric);
    return link.client.fabrics.createVlan(fabric, { ...fields, space: space ?? undefined });
  },
  send: (link, answer, fields) => link.client.fabrics.updateVlan(answer.id, fields),
  async afterWrite(link, _answer, values) {
    if ("fabric" in values || "vid" in values) forgetVlanReferences(link.client);
  },
  async remove(link, answer) {
    await refuseIfUsed(link, answer);
    await link.client.fabrics.removeVlan(String(answer.id));
  },
});

/** MAAS would delete the VLAN interfaces on it, and move its subnets and other interfaces to the untagged VLAN, without a word. */
async function refuseIfUsed(link: MaasConnection, answer: VlanAnswer): Promise<void> {
  const machines = await link.client.machines.list(decisionAge);
  const interfaces = machines.flatMap((machine) =>
    machine.interface_set
      .filter((item) => item.vlan?.id === answer.id)
      .map((item) => `${machine.hostname} ${item.name}`),
  );
  const subnets = (await link.client.subnets.list(decisionAge)).filter((subnet) => subnet.vlan.id === answer.id);
  if (interfaces.length === 0 && subnets.length === 0) return;
  const users = [
    ...(interfaces.length === 0 ? [] : [`interfaces ${listNames(interfaces)} are on it`]),
    ...(subnets.length === 0 ? [] : [`it holds the subnets ${listNames(subnets.map((subnet) => subnet.cidr))}`]),
  ];
  throw stillInUse(
    `VLAN ${answer.vid} of fabric "${answer.fabric}"`,
    users.join("; "),
    "Take them off it first; MAAS would delete the VLAN interfaces and move the rest to the untagged VLAN without a word.",
  );
}

/** Whether it is the one that its fabric was made with: MAAS shows that as `untagged` whatever its name. */
function isUntagged(answer: VlanAnswer): boolean {
  return answer.vid === 0 && answer.name === "untagged";
}

/** The name of a VLAN's space; MAAS answers the text `undefined` for none. */
function spaceOf(answer: VlanAnswer): string | null {
  return answer.space === "undefined" ? null : answer.space;
}

async function knownFabric(link: MaasConnection, name: string): Promise<FabricAnswer> {
  const fabric = await link.client.fabrics.named(name);
  if (fabric !== undefined) return fabric;
  throw new InputError(
    `MAAS has no fabric "${name}". Describe it first (a Fabric that this VLAN depends on).`,
    "fabric",
  );
}

/** Subnets and machines on a VLAN. */
function carriers(answer: VlanAnswer): Carriers {
  return {
    subnets: ({ vlan }) => vlan.id === answer.id,
    machines: (machine) => isOnVlan(machine, ({ id }) => id === answer.id),
  };
}

/** A VLAN of MAAS (API: vlans). One that exists is adopted. */
export class Vlan extends ServedResource<VlanInputs, Owned, MaasConnection> {
  declare public readonly fabric: pulumi.Output<string>;
  declare public readonly vid: pulumi.Output<number>;
  declare public readonly name: pulumi.Output<string | null>;
  declare public readonly mtu: pulumi.Output<number | null>;
  declare public readonly space: pulumi.Output<string | null>;
  declare public readonly adopt: pulumi.Output<boolean>;
  declare public readonly approve: pulumi.Output<string[]>;
  declare public readonly reference: pulumi.Output<boolean>;
  /** Whether it was created here, adopted, or is only referenced. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** Values that managed fields of an adopted object had before. */
  declare public readonly previous: pulumi.Output<Values>;
  /** Values that this stack gave the managed fields of an adopted object. */
  declare public readonly applied: pulumi.Output<Values>;

  constructor(name: string, args: VlanArgs, options?: pulumi.CustomResourceOptions) {
    super(vlanKind, name, args, options);
  }

  /** A VLAN that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Vlan {
    return new Vlan(name, {} as VlanArgs, { ...options, id });
  }
}
