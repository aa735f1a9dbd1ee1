import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { compareAddresses } from "../../addressing/address";
import { networkContains } from "../../addressing/network";
import { InputError } from "../dynamic/errors";
import { ServedResource } from "../dynamic/resource";
import type { IpRangeAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { withoutMarkerIn } from "./described-kind";
import { unmark } from "./marker";
import { address, network } from "./network-field";
import { ownedKind } from "./owned-kind";
import type { OwnershipInputs } from "./owned-kind-options";
import { ownerBy } from "./owners";
import type { Origin, Owned } from "./ownership/decide";
import { rangeObject } from "./ownership/object-names";
import type { Values } from "./ownership/values";

/** Inputs of an {@link IpRange}. */
export interface IpRangeArgs {
  /** CIDR of the subnet that the range is in. */
  subnet: pulumi.Input<string>;
  /** `reserved`: MAAS gives none of it to machines (static ranges of virtual machines, MetalLB). `dynamic`: MAAS's DHCP gives it. */
  type: pulumi.Input<"reserved" | "dynamic">;
  /** First address. */
  start: pulumi.Input<string>;
  /** Last address. */
  end: pulumi.Input<string>;
  /** What it is for; MAAS does not clear a comment. Default: not described; empty on a created range. */
  comment?: pulumi.Input<string | null>;
  /** Whether fields of an object that exists already may be changed. Default: false; one that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

interface IpRangeFields {
  subnet: string;
  type: "reserved" | "dynamic";
  start: string;
  end: string;
  comment: string | null;
}

type IpRangeInputs = IpRangeFields & OwnershipInputs;

/** The kind behind {@link IpRange}. */
export const ipRangeKind = ownedKind<IpRangeFields, object, IpRangeAnswer>({
  kind: "maas:IpRange",
  objectKind: "range",
  fields: {
    subnet: { type: network(), always: true, read: (answer) => answer.subnet.cidr },
    type: {
      type: z.enum(["reserved", "dynamic"], { error: "must be reserved or dynamic" }),
      always: true,
      read: (answer) => answer.type,
    },
    start: { type: address(), always: true, read: (answer) => answer.start_ip },
    end: { type: address(), always: true, read: (answer) => answer.end_ip },
    comment: { type: z.string(), byDefault: () => "", read: commentOf },
  },
  marker: { text: "comment", form: "comment", read: (answer) => answer.comment, unclearable: true },
  legacyPrevious: withoutMarkerIn("comment"),
  // A range belongs to one subnet for good.
  replaceOn: ["subnet"],
  checkTogether: (inputs) => {
    const outside = (["start", "end"] as const).filter((end) => !networkContains(inputs.subnet, inputs[end]));
    if (outside.length > 0)
      return outside.map((property) => ({ property, reason: `${inputs[property]} is not inside ${inputs.subnet}` }));
    return compareAddresses(inputs.start, inputs.end) <= 0
      ? []
      : [{ property: "end", reason: `${inputs.end} lies before the start ${inputs.start}; swap them` }];
  },
  object: ({ start, end }) => rangeObject(start, end),
  isIt: (answer, inputs) => sameEnds(answer, inputs),
  list: (link, _inputs, age) => link.client.ipRanges.list(age),
  idOf: (answer) => String(answer.id),
  byId: (link, id) => link.client.ipRanges.get(id),
  owner: (link, answer) => ownerBy(link, { subnets: ({ id }) => id === answer.subnet.id }),
  form: (_link, { type, start, end }) => ({ type, start_ip: start, end_ip: end }),
  async create(link, fields, inputs) {
    const subnet = await link.client.subnets.find((candidate) => candidate.cidr === inputs.subnet);
    if (subnet === undefined) {
      throw new InputError(`MAAS has no subnet ${inputs.subnet} for the range; describe it first.`, "subnet");
    }
    return naming(link, inputs, () =>
      link.client.ipRanges.create({ subnet: subnet.id, ...fields }, (answer) => sameEnds(answer, inputs)),
    );
  },
  send: (link, answer, fields) => {
    const wanted = {
      subnet: answer.subnet.cidr,
      start: String(fields.start_ip ?? answer.start_ip),
      end: String(fields.end_ip ?? answer.end_ip),
    };
    return naming(link, wanted, () => link.client.ipRanges.update(String(answer.id), fields));
  },
  remove: (link, answer) => link.client.ipRanges.remove(String(answer.id)),
});

/** MAAS does not clear a comment: that of a range which another owner made counts as empty where an empty one is described. */
function commentOf(answer: IpRangeAnswer, { comment }: Partial<IpRangeInputs>): string {
  const { text, datacenter } = unmark(answer.comment);
  return comment === "" && datacenter === undefined ? "" : text;
}

/** Which addresses a range has. */
type Ends = Pick<IpRangeFields, "subnet" | "start" | "end">;

function sameEnds(answer: IpRangeAnswer, inputs: Pick<Ends, "start" | "end">): boolean {
  return answer.start_ip === inputs.start && answer.end_ip === inputs.end;
}

/** MAAS says that a range conflicts, not with which: names those that it overlaps. */
async function naming(link: MaasConnection, inputs: Ends, call: () => Promise<IpRangeAnswer>): Promise<IpRangeAnswer> {
  try {
    return await call();
  } catch (failure) {
    if (!(failure instanceof Error) || !/conflicts with an existing/.test(failure.message)) throw failure;
    const others = (await link.client.ipRanges.list(0)).filter(
      (range) =>
        range.subnet.cidr === inputs.subnet &&
        !sameEnds(range, inputs) &&
        compareAddresses(range.start_ip, inputs.end) <= 0 &&
        compareAddresses(inputs.start, range.end_ip) <= 0,
    );
    if (others.length === 0) throw failure;
    const names = others.map((range) => `${range.type} ${range.start_ip}-${range.end_ip}`).join(", ");
    throw new InputError(
      `IP range ${inputs.start}-${inputs.end} overlaps what ${inputs.subnet} has already: ${names}. ` +
        `Delete that range in MAAS or choose another block. ${failure.message}`,
      "start",
    );
  }
}

/** A reserved or dynamic IP range of MAAS (API: ipranges). */
export class IpRange extends ServedResource<IpRangeInputs, Owned, MaasConnection> {
  declare public readonly subnet: pulumi.Output<string>;
  declare public readonly type: pulumi.Output<"reserved" | "dynamic">;
  declare public readonly start: pulumi.Output<string>;
  declare public readonly end: pulumi.Output<string>;
  declare public readonly comment: pulumi.Output<string | null>;
  declare public readonly adopt: pulumi.Output<boolean>;
  declare public readonly approve: pulumi.Output<string[]>;
  declare public readonly reference: pulumi.Output<boolean>;
  /** Whether it was created here, adopted, or is only referenced. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** Values that managed fields of an adopted object had before. */
  declare public readonly previous: pulumi.Output<Values>;
  /** Values that this stack gave the managed fields of an adopted object. */
  declare public readonly applied: pulumi.Output<Values>;

  constructor(name: string, args: IpRangeArgs, options?: pulumi.CustomResourceOptions) {
    super(ipRangeKind, name, args, options);
  }

  /** A range that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): IpRange {
    return new IpRange(name, {} as IpRangeArgs, { ...options, id });
  }
}
