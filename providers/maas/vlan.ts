import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { InputError } from "../dynamic/errors";
import { optional, text } from "../dynamic/fields";
import { ServedResource } from "../dynamic/resource";
import { decisionAge } from "./client/machines";
import type { VlanAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { forgetVlanReferences } from "./find-vlan";
import { listNames, stillInUse } from "./in-use";
import { ownedKind } from "./owned-kind";
import type { Origin, Owned } from "./ownership";

/** Inputs of a {@link Vlan}. */
export interface VlanArgs {
  /** Name of the fabric. */
  fabric: pulumi.Input<string>;
  /** VLAN id, 0 to 4094; 0 is the fabric's untagged VLAN, which always exists. */
  vid: pulumi.Input<number>;
  /** Name in MAAS. Default: none, so that MAAS's own name stays. Of no effect on VLAN 0, which MAAS always shows as `untagged`. */
  name?: pulumi.Input<string | null>;
  /** MTU in bytes, 552 to 65535. Default: 1500. */
  mtu?: pulumi.Input<number>;
  /** Name of the space that the VLAN is in. Default: none. */
  space?: pulumi.Input<string | null>;
}

interface VlanInputs {
  fabric: string;
  vid: number;
  name: string | null;
  mtu: number;
  space: string | null;
}

/** The values that a VLAN taken over had before. */
export interface VlanFormer {
  name: string | null;
  mtu: number;
  space: string | null;
}

/** The kind behind {@link Vlan}. */
export const vlanKind = ownedKind<VlanInputs, VlanAnswer, VlanFormer>({
  kind: "maas:Vlan",
  schema: {
    fabric: text("the name of a fabric"),
    vid: z.int({ error: "must be a VLAN id" }).min(0).max(4094, { error: "must be from 0 to 4094" }),
    name: optional(z.string().min(1).max(256)),
    mtu: z
      .int()
      .min(552, { error: "must be 552 bytes or more" })
      .max(65535, { error: "must be at most 65535" })
      .default(1500),
    space: optional(z.string().min(1)),
  },
  what: (inputs) => `VLAN ${inputs.vid} of fabric "${inputs.fabric}"`,
  isIt: (answer, inputs) => answer.vid === inputs.vid && answer.fabric === inputs.fabric,
  list: async (link, inputs, age) => (await link.client.fabrics.named(inputs.fabric, age))?.vlans ?? [],
  idOf: (answer) => String(answer.id),
  byId: (link, id) => link.client.fabrics.vlanById(id),
  // MAAS discovers VLANs, and their answers have no field for a marker.
  claim: () => ({ adopt: true }),
  refuse: (olds, news, changed) => {
    if (!changed.includes("vid") && !changed.includes("fabric")) return undefined;
    if (olds.origin === "created" && olds.vid !== 0 && news.vid !== 0) return undefined;
    return (
      `VLAN ${olds.vid} of fabric "${olds.fabric}" was taken over, so that its number and fabric are not changed here. ` +
      "Describe the other VLAN under a resource name of its own."
    );
  },
  async create(link, inputs) {
    const fabric = await link.client.fabrics.named(inputs.fabric);
    if (fabric === undefined) throw unknownFabric(inputs.fabric);
    return link.client.fabrics.createVlan(fabric, {
      vid: inputs.vid,
      name: inputs.name ?? undefined,
      mtu: inputs.mtu,
      space: inputs.space ?? undefined,
    });
  },
  inputsOf: (answer, state) => ({
    fabric: answer.fabric,
    vid: answer.vid,
    name: state.name === null || isUntagged(answer) ? (state.name ?? null) : answer.name,
    mtu: answer.mtu,
    space: spaceOf(answer),
  }),
  async write(link, answer, inputs) {
    const moved = inputs.fabric !== answer.fabric;
    const fabric = moved ? await link.client.fabrics.named(inputs.fabric) : undefined;
    if (moved && fabric === undefined) throw unknownFabric(inputs.fabric);
    await link.client.fabrics.updateVlan(answer.id, {
      vid: inputs.vid === answer.vid ? undefined : inputs.vid,
      fabric: fabric?.id,
      name: isUntagged(answer) ? undefined : (inputs.name ?? undefined),
      mtu: inputs.mtu,
      space: inputs.space,
    });
    if (moved || inputs.vid !== answer.vid) forgetVlanReferences(link.client);
  },
  formerOf: (answer) => ({ name: answer.name, mtu: answer.mtu, space: spaceOf(answer) }),
  restore: (link, answer, { name, ...former }) =>
    link.client.fabrics.updateVlan(answer.id, { ...former, ...(isUntagged(answer) ? {} : { name }) }),
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

function unknownFabric(name: string): InputError {
  return new InputError(
    `MAAS has no fabric "${name}". Describe it first (a Fabric that this VLAN depends on).`,
    "fabric",
  );
}

/** A VLAN of MAAS (API: vlans). One that exists is taken over without asking: MAAS discovers them. */
export class Vlan extends ServedResource<VlanInputs, Owned<VlanFormer>, MaasConnection> {
  declare public readonly fabric: pulumi.Output<string>;
  declare public readonly vid: pulumi.Output<number>;
  declare public readonly name: pulumi.Output<string | null>;
  declare public readonly mtu: pulumi.Output<number>;
  declare public readonly space: pulumi.Output<string | null>;
  /** Whether it was created here or taken over. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** The values that a VLAN taken over had before. */
  declare public readonly former: pulumi.Output<VlanFormer | null>;

  constructor(name: string, args: VlanArgs, options?: pulumi.CustomResourceOptions) {
    super(vlanKind, name, args, options);
  }

  /** A VLAN that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Vlan {
    return new Vlan(name, {} as VlanArgs, { ...options, id });
  }
}
