import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { networkContains } from "../../addressing/network";
import { optional, text } from "../dynamic/fields";
import { ServedResource } from "../dynamic/resource";
import type { Fields } from "./client/form";
import type { MachineAnswer } from "./client/machine-types";
import { decisionAge } from "./client/machines";
import type { SubnetAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { findVlan } from "./find-vlan";
import { listNames, stillInUse } from "./in-use";
import { mark, unmark, withMarkerOf } from "./marker";
import { address, network } from "./network-field";
import { ownedKind } from "./owned-kind";
import type { Origin, Owned } from "./ownership";

/** Inputs of a {@link Subnet}. */
export interface SubnetArgs {
  /** The network, e.g. `172.16.0.0/22`; unique in MAAS. Host bits are taken off. */
  cidr: pulumi.Input<string>;
  /** Name in MAAS; names are not unique, so nothing refers to it. Default: the CIDR. */
  name?: pulumi.Input<string | null>;
  /** Name of the fabric of the VLAN that it is on. */
  fabric: pulumi.Input<string>;
  /** VLAN id of the VLAN that it is on. */
  vid: pulumi.Input<number>;
  /** Gateway address, inside the network. Default: none. */
  gateway?: pulumi.Input<string | null>;
  /** DNS servers that hosts get, in order. Default: none, MAAS gives its own. */
  dnsServers?: pulumi.Input<string[]>;
  /** Whether MAAS manages its addresses. Default: true. */
  managed?: pulumi.Input<boolean>;
  /** Whether hosts may ask MAAS's DNS. Default: true. */
  allowDns?: pulumi.Input<boolean>;
  /** Whether hosts may use MAAS's proxy. Default: true. */
  allowProxy?: pulumi.Input<boolean>;
  /** Whether MAAS looks for unknown hosts in it. Default: false. */
  activeDiscovery?: pulumi.Input<boolean>;
  /** Reverse DNS: 0 off, 1 on, 2 on with a delegation for networks smaller than /24 (RFC 2317). Default: 2. */
  rdnsMode?: pulumi.Input<number>;
  /** What it is for. Default: empty. */
  description?: pulumi.Input<string>;
}

interface SubnetInputs {
  cidr: string;
  name: string | null;
  fabric: string;
  vid: number;
  gateway: string | null;
  dnsServers: string[];
  managed: boolean;
  allowDns: boolean;
  allowProxy: boolean;
  activeDiscovery: boolean;
  rdnsMode: number;
  description: string;
}

/** The values that a subnet taken over had before. */
export type SubnetFormer = SubnetInputs;

/** The kind behind {@link Subnet}. */
export const subnetKind = ownedKind<SubnetInputs, SubnetAnswer, SubnetFormer>({
  kind: "maas:Subnet",
  schema: {
    cidr: network(),
    name: optional(z.string().min(1)),
    fabric: text("the name of a fabric"),
    vid: z.int().min(0).max(4094, { error: "must be from 0 to 4094" }),
    gateway: optional(address()),
    dnsServers: z.array(address()).default([]),
    managed: z.boolean().default(true),
    allowDns: z.boolean().default(true),
    allowProxy: z.boolean().default(true),
    activeDiscovery: z.boolean().default(false),
    rdnsMode: z.int().min(0).max(2, { error: "must be 0, 1 or 2" }).default(2),
    description: z.string().default(""),
  },
  checkTogether: (inputs) =>
    inputs.gateway === null || networkContains(inputs.cidr, inputs.gateway)
      ? []
      : [
          {
            property: "gateway",
            reason: `${inputs.gateway} is not inside ${inputs.cidr}; give an address of the network`,
          },
        ],
  what: (inputs) => `Subnet ${inputs.cidr}`,
  isIt: (answer, inputs) => answer.cidr === inputs.cidr,
  list: (link, _inputs, age) => link.client.subnets.list(age),
  idOf: (answer) => String(answer.id),
  byId: (link, id) => link.client.subnets.get(id),
  // MAAS discovers subnets; one that another datacenter made is not discovered.
  claim: (answer) => ({ adopt: unmark(answer.description).datacenter === undefined, description: answer.description }),
  async create(link, inputs) {
    const fields = fieldsOf(inputs, await vlanId(link, inputs));
    const description = mark(inputs.description, link.datacenter);
    return link.client.subnets.create({ ...fields, description }, (answer) => answer.cidr === inputs.cidr);
  },
  inputsOf: (answer, state) => ({
    ...valuesOf(answer),
    name: answer.name === answer.cidr && (state.name ?? null) === null ? null : answer.name,
    description: unmark(answer.description).text,
  }),
  async write(link, answer, inputs, origin) {
    const vlan = await vlanId(link, inputs);
    if (vlan !== answer.vlan.id) await warnOfMove(link, answer, inputs);
    const fields = fieldsOf(inputs, vlan);
    const description =
      origin === "created"
        ? mark(inputs.description, link.datacenter)
        : withMarkerOf(answer.description, inputs.description);
    await link.client.subnets.update(String(answer.id), { ...fields, description });
  },
  formerOf: valuesOf,
  async restore(link, answer, former) {
    const fields = fieldsOf(former, await vlanId(link, former));
    await link.client.subnets.update(String(answer.id), { ...fields, description: former.description });
  },
  async remove(link, answer) {
    const what = `Subnet ${answer.cidr}`;
    // MAAS would delete it together with the links of all machines, deployed ones too, without a word.
    const users = linkedInterfaces(await link.client.machines.list(decisionAge), answer.cidr);
    if (users.length > 0) {
      throw stillInUse(what, `interfaces ${listNames(users)} have links to it`, "Take the links off first.");
    }
    await link.client.subnets.remove(String(answer.id));
  },
});

async function vlanId(link: MaasConnection, where: { fabric: string; vid: number }): Promise<number> {
  return (await findVlan(link.client, where.fabric, where.vid)).id;
}

/** Interfaces with an address of a subnet, as `worker-1 enp1s0`. */
function linkedInterfaces(machines: readonly MachineAnswer[], cidr: string): string[] {
  return machines.flatMap((machine) =>
    machine.interface_set
      .filter((item) => item.links.some((held) => held.subnet?.cidr === cidr && held.mode !== "link_up"))
      .map((item) => `${machine.hostname} ${item.name}`),
  );
}

/** MAAS moves a subnet to another VLAN without a word, and leaves the interfaces that are linked to it on the former one. */
async function warnOfMove(link: MaasConnection, answer: SubnetAnswer, inputs: SubnetInputs): Promise<void> {
  const users = linkedInterfaces(await link.client.machines.known(), answer.cidr);
  if (users.length === 0) return;
  const from = `${answer.vlan.fabric}/${answer.vlan.vid}`;
  link.log
    .of("maas:Subnet", answer.cidr, String(answer.id))
    .warning(
      `it moves from VLAN ${from} to ${inputs.fabric}/${inputs.vid}; MAAS leaves these interfaces on the former VLAN until their host network is configured: ${listNames(users)}`,
    );
}

/** Every field is sent: what is left out would stay as somebody set it, and cidr and gateway are only right together. */
function fieldsOf(inputs: SubnetInputs, vlan: number): Fields {
  return {
    cidr: inputs.cidr,
    name: inputs.name ?? inputs.cidr,
    vlan,
    gateway_ip: inputs.gateway,
    dns_servers: inputs.dnsServers,
    managed: inputs.managed,
    allow_dns: inputs.allowDns,
    allow_proxy: inputs.allowProxy,
    active_discovery: inputs.activeDiscovery,
    rdns_mode: inputs.rdnsMode,
  };
}

/** The values of a subnet; its gateway reads as null or as empty text when there is none. */
function valuesOf(answer: SubnetAnswer): SubnetFormer {
  return {
    cidr: answer.cidr,
    name: answer.name,
    fabric: answer.vlan.fabric,
    vid: answer.vlan.vid,
    gateway: answer.gateway_ip || null,
    dnsServers: [...answer.dns_servers],
    managed: answer.managed,
    allowDns: answer.allow_dns,
    allowProxy: answer.allow_proxy,
    activeDiscovery: answer.active_discovery,
    rdnsMode: answer.rdns_mode,
    description: answer.description,
  };
}

/** A subnet of MAAS (API: subnets). One that exists is taken over without asking: MAAS discovers them. */
export class Subnet extends ServedResource<SubnetInputs, Owned<SubnetFormer>, MaasConnection> {
  declare public readonly cidr: pulumi.Output<string>;
  declare public readonly name: pulumi.Output<string | null>;
  declare public readonly fabric: pulumi.Output<string>;
  declare public readonly vid: pulumi.Output<number>;
  declare public readonly gateway: pulumi.Output<string | null>;
  declare public readonly dnsServers: pulumi.Output<string[]>;
  declare public readonly managed: pulumi.Output<boolean>;
  declare public readonly allowDns: pulumi.Output<boolean>;
  declare public readonly allowProxy: pulumi.Output<boolean>;
  declare public readonly activeDiscovery: pulumi.Output<boolean>;
  declare public readonly rdnsMode: pulumi.Output<number>;
  declare public readonly description: pulumi.Output<string>;
  /** Whether it was created here or taken over. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** The values that a subnet taken over had before. */
  declare public readonly former: pulumi.Output<SubnetFormer | null>;

  constructor(name: string, args: SubnetArgs, options?: pulumi.CustomResourceOptions) {
    super(subnetKind, name, args, options);
  }

  /** A subnet that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Subnet {
    return new Subnet(name, {} as SubnetArgs, { ...options, id });
  }
}
