import { z } from "zod";
import { checkedText } from "../../../model/checked-text";
import { tagNameProblem } from "../../../model/maas-names";
import { mtuSchema, vlanIdSchema } from "../../../model/quantities";
import { canonicalMacAddress, macAddressProblem } from "../../../addressing/mac-address";
import { canonicalCidr, networkContains, networkProblem } from "../../../addressing/network";
import { isAddress } from "../../../addressing/address";
import { checkHostInterfaces } from "./check-host-interfaces";
import { compareLinks } from "./compare-links";
import { BOND_MODES, XMIT_HASH_POLICIES } from "./host-interface";
import type { HostInterface, HostInterfaces, VlanReference } from "./host-interface";

/** The MTU of every described interface that names none, in bytes. */
export const DEFAULT_MTU = 1500;

const vlan = z.strictObject({ fabric: z.string().min(1), vid: vlanIdSchema });

const bond = z.strictObject({
  mode: z.enum(BOND_MODES).default("802.3ad"),
  miimon: z.int().min(0).default(100),
  updelay: z.int().min(0).default(0),
  downdelay: z.int().min(0).default(0),
  lacpRate: z.enum(["fast", "slow"]).default("fast"),
  xmitHashPolicy: z.enum(XMIT_HASH_POLICIES).default("layer3+4"),
  numGratArp: z.int().min(0).max(255).default(1),
});

const bridge = z.strictObject({
  type: z.enum(["standard", "ovs"]).default("standard"),
  stp: z.boolean().default(false),
  forwardDelay: z.int().min(0).default(15),
});

const cidr = text(networkProblem).transform(canonicalCidr);

const link = z
  .discriminatedUnion("mode", [
    z.strictObject({ mode: z.literal("AUTO"), subnet: cidr, defaultGateway: z.boolean().default(false) }),
    z.strictObject({
      mode: z.literal("STATIC"),
      subnet: cidr,
      ipAddress: text((value) => (isAddress(value) ? undefined : "is not an IPv4 address")).optional(),
      defaultGateway: z.boolean().default(false),
    }),
    z.strictObject({
      mode: z.literal("DHCP"),
      subnet: cidr.optional(),
      defaultGateway: z.literal(false).default(false),
    }),
    z.strictObject({ mode: z.literal("LINK_UP"), defaultGateway: z.literal(false).default(false) }),
  ])
  .superRefine((value, context) => {
    if (value.mode !== "STATIC" || value.ipAddress === undefined) return;
    if (networkContains(value.subnet, value.ipAddress)) return;
    context.addIssue({
      code: "custom",
      path: ["ipAddress"],
      message: `${value.ipAddress} is not in ${value.subnet}: give an address of the link's subnet`,
    });
  });

const common = {
  mtu: mtuSchema.default(DEFAULT_MTU),
  links: z.array(link).default([]),
};
const tags = z.array(checkedText(tagNameProblem));
const macAddress = text(macAddressProblem).transform(canonicalMacAddress).optional();
const parents = z.array(z.string()).min(1);

const hostInterface = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("physical"),
    vlan,
    ...common,
    enabled: z.boolean().default(true),
    tags: tags.optional(),
  }),
  z.strictObject({
    type: z.literal("bond"),
    vlan: vlan.optional(),
    ...common,
    parents,
    tags: tags.default([]),
    bond: bond.prefault({}),
    macAddress,
  }),
  z.strictObject({
    type: z.literal("bridge"),
    vlan: vlan.optional(),
    ...common,
    parents,
    tags: tags.default([]),
    bridge: bridge.prefault({}),
    macAddress,
  }),
  z.strictObject({ type: z.literal("vlan"), vlan, ...common, parents, tags: tags.default([]) }),
]);

/**
 * The interfaces of a machine as they are written, by name: short input in, complete description out. It fills in every default, sorts
 * what has no order, writes addresses the way MAAS answers them, gives bonds and bridges the VLAN of what they sit on, and refuses
 * what MAAS could never hold (see {@link checkHostInterfaces}). Its output is valid input and gives itself again.
 *
 * Defaults: MTU 1500; no links; bond 802.3ad (RA), miimon 100 ms, no delays (LACP itself decides when a member carries traffic), LACP
 * rate fast (a dead member is left after 3 s instead of 90 s), hash policy layer3+4 (many connections between the same two hosts
 * spread over the members), 1 gratuitous ARP; bridge standard without STP, forward delay 15 s; NICs enabled; tags of bonds, bridges
 * and VLAN interfaces none, those of NICs left alone.
 */
export const hostInterfacesSchema = z.record(z.string(), hostInterface).transform((input, context): HostInterfaces => {
  const complete = Object.fromEntries(
    Object.entries(input)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, completeInterface(item, input)]),
  );
  for (const { path, message } of checkHostInterfaces(complete))
    context.issues.push({ code: "custom", input, path: [...path], message });
  return complete;
});

/** What is written: the input of {@link hostInterfacesSchema}. */
export type HostInterfacesArgs = z.input<typeof hostInterfacesSchema>;

/** One interface as it is written. */
export type HostInterfaceArgs = HostInterfacesArgs[string];

/** One link as it is written. LINK_UP is the same as no link. */
export type HostLinkArgs = NonNullable<HostInterfaceArgs["links"]>[number];

/** The parameters of a bond as they are written. */
export type BondArgs = z.input<typeof bond>;

/** The parameters of a bridge as they are written. */
export type BridgeArgs = z.input<typeof bridge>;

type ParsedInterface = z.output<typeof hostInterface>;

function completeInterface(item: ParsedInterface, all: Readonly<Record<string, ParsedInterface>>): HostInterface {
  const links = item.links
    .flatMap((entry) => (entry.mode === "LINK_UP" ? [] : [withoutUndefined(entry)]))
    .sort(compareLinks);
  if (item.type === "physical")
    return withoutUndefined({ ...item, links, ...(item.tags === undefined ? {} : { tags: sorted(item.tags) }) });
  return withoutUndefined({
    ...item,
    links,
    vlan: item.vlan ?? inheritedVlan(item, all),
    parents: sorted(item.parents),
    tags: sorted(item.tags),
  });
}

/** The VLAN of the first interface below that names one. */
function inheritedVlan(
  item: ParsedInterface,
  all: Readonly<Record<string, ParsedInterface>>,
  depth = 0,
): VlanReference | undefined {
  if (item.vlan !== undefined || item.type === "physical" || depth > 8) return item.vlan;
  for (const parent of item.parents) {
    const below = all[parent];
    const found = below === undefined ? undefined : inheritedVlan(below, all, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function text(problem: (value: string) => string | undefined) {
  return z.string().superRefine((value, context) => {
    const found = problem(value);
    if (found !== undefined) context.addIssue({ code: "custom", message: `"${value}" ${found}` });
  });
}

/** Keys without a value left out, as the types of a description ask. */
function withoutUndefined<Value extends object>(value: Value): DefinedOnly<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as DefinedOnly<Value>;
}

type DefinedOnly<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };
