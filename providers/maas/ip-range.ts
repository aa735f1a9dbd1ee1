import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { compareAddresses } from "../../addressing/address";
import { networkContains } from "../../addressing/network";
import { InputError } from "../dynamic/errors";
import { ServedResource } from "../dynamic/resource";
import type { IpRangeAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { mark, unmark, withMarkerOf } from "./marker";
import { address, network } from "./network-field";
import { ownedKind } from "./owned-kind";
import type { Origin, Owned } from "./ownership";

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
  /** What it is for. Default: empty. */
  comment?: pulumi.Input<string>;
}

interface IpRangeInputs {
  subnet: string;
  type: "reserved" | "dynamic";
  start: string;
  end: string;
  comment: string;
}

/** The values that a range taken over had before. */
export interface IpRangeFormer {
  type: string;
  start: string;
  end: string;
  comment: string;
}

/** The kind behind {@link IpRange}. */
export const ipRangeKind = ownedKind<IpRangeInputs, IpRangeAnswer, IpRangeFormer>({
  kind: "maas:IpRange",
  schema: {
    subnet: network(),
    type: z.enum(["reserved", "dynamic"], { error: "must be reserved or dynamic" }),
    start: address(),
    end: address(),
    comment: z.string().default(""),
  },
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
  what: (inputs) => `IP range ${inputs.start}-${inputs.end}`,
  isIt: (answer, inputs) => sameEnds(answer, inputs),
  list: (link, _inputs, age) => link.client.ipRanges.list(age),
  idOf: (answer) => String(answer.id),
  byId: (link, id) => link.client.ipRanges.get(id),
  // An equal range holds no data: taking it over changes at most its comment and type.
  claim: (answer) => ({ adopt: unmark(answer.comment).datacenter === undefined, description: answer.comment }),
  async create(link, inputs) {
    const subnet = await link.client.subnets.find((candidate) => candidate.cidr === inputs.subnet);
    if (subnet === undefined) {
      throw new InputError(`MAAS has no subnet ${inputs.subnet} for the range; describe it first.`, "subnet");
    }
    return naming(link, inputs, () =>
      link.client.ipRanges.create(
        {
          subnet: subnet.id,
          type: inputs.type,
          start_ip: inputs.start,
          end_ip: inputs.end,
          comment: mark(inputs.comment, link.datacenter),
        },
        (answer) => sameEnds(answer, inputs),
      ),
    );
  },
  inputsOf: (answer, state) => ({
    subnet: answer.subnet.cidr,
    type: answer.type === "dynamic" ? "dynamic" : "reserved",
    start: answer.start_ip,
    end: answer.end_ip,
    // MAAS does not clear a comment: of a range taken over it stays when none is described.
    comment: state.comment === "" && unmark(answer.comment).datacenter === undefined ? "" : unmark(answer.comment).text,
  }),
  write: (link, answer, inputs, origin) =>
    naming(link, inputs, () =>
      link.client.ipRanges.update(String(answer.id), {
        type: inputs.type,
        start_ip: inputs.start,
        end_ip: inputs.end,
        comment:
          origin === "created" ? mark(inputs.comment, link.datacenter) : withMarkerOf(answer.comment, inputs.comment),
      }),
    ),
  formerOf: (answer) => ({
    type: answer.type,
    start: answer.start_ip,
    end: answer.end_ip,
    comment: answer.comment,
  }),
  // MAAS does not clear a comment: an empty former one leaves ours behind, which is said once.
  restore: (link, answer, former) => {
    if (former.comment === "" && answer.comment !== "") {
      link.log
        .of("maas:IpRange", `${former.start}-${former.end}`, String(answer.id))
        .warning("MAAS does not clear the comment of a range; it keeps the present one.");
    }
    return link.client.ipRanges.update(String(answer.id), {
      type: former.type,
      start_ip: former.start,
      end_ip: former.end,
      comment: former.comment,
    });
  },
  remove: (link, answer) => link.client.ipRanges.remove(String(answer.id)),
});

function sameEnds(answer: IpRangeAnswer, inputs: IpRangeInputs): boolean {
  return answer.start_ip === inputs.start && answer.end_ip === inputs.end;
}

/** MAAS says that a range conflicts, not with which: names those that it overlaps. */
async function naming(
  link: MaasConnection,
  inputs: IpRangeInputs,
  call: () => Promise<IpRangeAnswer>,
): Promise<IpRangeAnswer> {
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
export class IpRange extends ServedResource<IpRangeInputs, Owned<IpRangeFormer>, MaasConnection> {
  declare public readonly subnet: pulumi.Output<string>;
  declare public readonly type: pulumi.Output<"reserved" | "dynamic">;
  declare public readonly start: pulumi.Output<string>;
  declare public readonly end: pulumi.Output<string>;
  declare public readonly comment: pulumi.Output<string>;
  /** Whether it was created here or taken over. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** The values that a range taken over had before. */
  declare public readonly former: pulumi.Output<IpRangeFormer | null>;

  constructor(name: string, args: IpRangeArgs, options?: pulumi.CustomResourceOptions) {
    super(ipRangeKind, name, args, options);
  }

  /** A range that is managed elsewhere, by its MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): IpRange {
    return new IpRange(name, {} as IpRangeArgs, { ...options, id });
  }
}
