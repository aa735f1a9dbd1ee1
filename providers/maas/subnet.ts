import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { checkedText } from "../../model/checked-text";
import { subnetNameProblem } from "../../model/maas-names";
import { vlanIdSchema } from "../../model/quantities";
import { networkContains } from "../../addressing/network";
import { text } from "../dynamic/fields";
import { ServedResource } from "../dynamic/resource";
import type { Fields } from "./client/form";
import type { MachineAnswer } from "./client/machine-types";
import { decisionAge } from "./client/machines";
import type { SubnetAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { fabricOf, findVlan } from "./find-vlan";
import { listNames, stillInUse } from "./in-use";
import { withoutMarkerIn } from "./described-kind";
import { unmark } from "./marker";
import { address, network } from "./network-field";
import { ownedKind } from "./owned-kind";
import type { OwnershipInputs } from "./owned-kind-options";
import { foreignUsers, isInSubnet, usageBy } from "./owners";
import type { Origin, Owned } from "./ownership/decide";
import { subnetObject } from "./ownership/object-names";
import type { Values } from "./ownership/values";
import { releaseRouter, reserveRouter } from "./router-address";

/** Inputs of a {@link Subnet}. */
export interface SubnetArgs {
  /** The network, e.g. `172.16.0.0/22`; unique in MAAS. Host bits are taken off. */
  cidr: pulumi.Input<string>;
  /** Name in MAAS; names are not unique, so nothing refers to it. Default: not described; the CIDR on a created subnet. */
  name?: pulumi.Input<string | null>;
  /** Name of the fabric of the VLAN that it is on. */
  fabric: pulumi.Input<string>;
  /** VLAN id of the VLAN that it is on. */
  vid: pulumi.Input<number>;
  /**
   * Gateway address, inside the network, or `none`. When a gateway is removed, its address is reserved, so that MAAS never gives the
   * router's address to a machine. Default: not described; none on a created subnet.
   */
  gateway?: pulumi.Input<string | null>;
  /** DNS servers that hosts get, in order; empty: MAAS gives its own. Default: not described; empty on a created subnet. */
  dnsServers?: pulumi.Input<string[] | null>;
  /** Whether MAAS manages its addresses. Default: not described; true on a created subnet. */
  managed?: pulumi.Input<boolean | null>;
  /** Whether hosts may ask MAAS's DNS. Default: not described; true on a created subnet. */
  allowDns?: pulumi.Input<boolean | null>;
  /** Whether hosts may use MAAS's proxy. Default: not described; true on a created subnet. */
  allowProxy?: pulumi.Input<boolean | null>;
  /** Whether MAAS looks for unknown hosts in it. Default: not described; false on a created subnet. */
  activeDiscovery?: pulumi.Input<boolean | null>;
  /**
   * Reverse DNS: 0 off, 1 on, 2 on with a delegation for networks smaller than /24 (RFC 2317). Default: not described; 2 on a created
   * subnet.
   */
  rdnsMode?: pulumi.Input<number | null>;
  /** What it is for. Default: not described; empty on a created subnet. */
  description?: pulumi.Input<string | null>;
  /** Whether fields of an object that exists already may be changed. Default: false; one that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

interface SubnetFields {
  cidr: string;
  name: string | null;
  fabric: string;
  vid: number;
  gateway: string | null;
  dnsServers: string[] | null;
  managed: boolean | null;
  allowDns: boolean | null;
  allowProxy: boolean | null;
  activeDiscovery: boolean | null;
  rdnsMode: number | null;
  description: string | null;
}

type SubnetInputs = SubnetFields & OwnershipInputs;

/** The kind behind {@link Subnet}. */
export const subnetKind = ownedKind<SubnetFields, object, SubnetAnswer>({
  kind: "maas:Subnet",
  objectKind: "subnet",
  fields: {
    cidr: { type: network(), always: true, read: (answer) => answer.cidr },
    name: { type: checkedText(subnetNameProblem), byDefault: ({ cidr }) => cidr, read: (answer) => answer.name },
    fabric: {
      type: text("the name of a fabric"),
      name: "vlan",
      always: true,
      read: ({ vlan }, { fabric }) => fabricOf(vlan, fabric),
    },
    vid: {
      type: vlanIdSchema,
      name: "vlan",
      always: true,
      read: ({ vlan }) => vlan.vid,
    },
    // MAAS answers null, or an empty text to a write, for none.
    gateway: { type: address(), none: "none", byDefault: () => null, read: (answer) => answer.gateway_ip || null },
    dnsServers: { type: z.array(address()), byDefault: () => [], read: (answer) => [...answer.dns_servers] },
    managed: { type: z.boolean(), byDefault: () => true, read: (answer) => answer.managed },
    allowDns: { type: z.boolean(), byDefault: () => true, read: (answer) => answer.allow_dns },
    allowProxy: { type: z.boolean(), byDefault: () => true, read: (answer) => answer.allow_proxy },
    activeDiscovery: { type: z.boolean(), byDefault: () => false, read: (answer) => answer.active_discovery },
    rdnsMode: {
      type: z.int().min(0).max(2, { error: "must be 0, 1 or 2" }),
      byDefault: () => 2,
      read: (answer) => answer.rdns_mode,
    },
    description: { type: z.string(), byDefault: () => "", read: (answer) => unmark(answer.description).text },
  },
  marker: { text: "description", form: "description", read: (answer) => answer.description },
  legacyPrevious: withoutMarkerIn("description"),
  checkTogether: (inputs) =>
    inputs.gateway === null || inputs.gateway === "none" || networkContains(inputs.cidr, inputs.gateway)
      ? []
      : [
          {
            property: "gateway",
            reason: `${inputs.gateway} is not inside ${inputs.cidr}; give an address of the network`,
          },
        ],
  object: ({ cidr }) => subnetObject(cidr),
  isIt: (answer, inputs) => answer.cidr === inputs.cidr,
  list: (link, _inputs, age) => link.client.subnets.list(age),
  idOf: (answer) => String(answer.id),
  byId: (link, id) => link.client.subnets.get(id),
  usage: (link, { cidr }) => usageBy(link, (machine) => isInSubnet(machine, cidr)),
  users: subnetUsers,
  form: formOf,
  create: (link, fields, inputs) => link.client.subnets.create(fields, (answer) => answer.cidr === inputs.cidr),
  send: (link, answer, fields) => link.client.subnets.update(String(answer.id), fields),
  async beforeWrite(link, answer, values, reason) {
    if ("fabric" in values || "vid" in values) await warnOfMove(link, answer, values);
    const managed = values.managed ?? answer.managed;
    if (reason === "described" && values.gateway === null && answer.gateway_ip && managed)
      await reserveRouter(link, answer, answer.gateway_ip);
  },
  async afterWrite(link, answer, values, reason) {
    if (reason === "restored" || typeof values.gateway === "string") await releaseRouter(link, answer);
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

/** Interfaces with an address of a subnet, as `worker-1 enp1s0`. */
function linkedInterfaces(machines: readonly MachineAnswer[], cidr: string): string[] {
  return machines.flatMap((machine) =>
    machine.interface_set
      .filter((item) => item.links.some((held) => held.subnet?.cidr === cidr && held.mode !== "link_up"))
      .map((item) => `${machine.hostname} ${item.name}`),
  );
}

/** MAAS moves a subnet to another VLAN without a word, and leaves the interfaces that are linked to it on the former one. */
async function warnOfMove(link: MaasConnection, answer: SubnetAnswer, values: Partial<SubnetFields>): Promise<void> {
  const users = linkedInterfaces(await link.client.machines.known(), answer.cidr);
  if (users.length === 0) return;
  const from = `${answer.vlan.fabric}/${answer.vlan.vid}`;
  link.log
    .of("maas:Subnet", answer.cidr, String(answer.id))
    .warning(
      `it moves from VLAN ${from} to ${values.fabric ?? answer.vlan.fabric}/${values.vid ?? answer.vlan.vid}; MAAS leaves these interfaces on the former VLAN until their host network is configured: ${listNames(users)}`,
    );
}

/** Machines and ranges of other datacenters in a subnet. */
async function subnetUsers(link: MaasConnection, answer: SubnetAnswer): Promise<string[]> {
  const machines = await foreignUsers(link, { machines: (machine) => isInSubnet(machine, answer.cidr) });
  const ranges = (await link.client.ipRanges.list(decisionAge)).flatMap(({ subnet, start_ip, end_ip, comment }) => {
    const owner = unmark(comment).datacenter;
    const foreign = subnet.id === answer.id && owner !== undefined && owner !== link.datacenter;
    return foreign ? [`range ${start_ip}-${end_ip} of datacenter "${owner}"`] : [];
  });
  return [...machines, ...ranges];
}

async function formOf(
  link: MaasConnection,
  values: Partial<SubnetFields>,
  whole: Partial<SubnetFields>,
): Promise<Fields> {
  const moves = "fabric" in values || "vid" in values;
  return {
    cidr: values.cidr,
    name: values.name ?? undefined,
    vlan: moves ? (await findVlan(link.client, whole.fabric ?? "", whole.vid ?? 0)).id : undefined,
    gateway_ip: values.gateway,
    dns_servers: values.dnsServers ?? undefined,
    managed: values.managed ?? undefined,
    allow_dns: values.allowDns ?? undefined,
    allow_proxy: values.allowProxy ?? undefined,
    active_discovery: values.activeDiscovery ?? undefined,
    rdns_mode: values.rdnsMode ?? undefined,
  };
}

/** A subnet of MAAS (API: subnets). One that exists is adopted. */
export class Subnet extends ServedResource<SubnetInputs, Owned, MaasConnection> {
  declare public readonly cidr: pulumi.Output<string>;
  declare public readonly name: pulumi.Output<string | null>;
  declare public readonly fabric: pulumi.Output<string>;
  declare public readonly vid: pulumi.Output<number>;
  declare public readonly gateway: pulumi.Output<string | null>;
  declare public readonly dnsServers: pulumi.Output<string[] | null>;
  declare public readonly managed: pulumi.Output<boolean | null>;
  declare public readonly allowDns: pulumi.Output<boolean | null>;
  declare public readonly allowProxy: pulumi.Output<boolean | null>;
  declare public readonly activeDiscovery: pulumi.Output<boolean | null>;
  declare public readonly rdnsMode: pulumi.Output<number | null>;
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

  constructor(name: string, args: SubnetArgs, options?: pulumi.CustomResourceOptions) {
    super(subnetKind, name, args, options);
  }

  /** A subnet that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Subnet {
    return new Subnet(name, {} as SubnetArgs, { ...options, id });
  }
}
