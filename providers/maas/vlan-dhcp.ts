import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { vlanIdSchema } from "../../model/quantities";
import { InputError } from "../dynamic/errors";
import { text } from "../dynamic/fields";
import { type Plain, type PlainObject, isObject } from "../dynamic/plain";
import { ServedResource } from "../dynamic/resource";
import type { Fields } from "./client/form";
import type { VlanAnswer } from "./client/site-types";
import type { MaasConnection } from "./connection";
import { fabricOf, findVlan } from "./find-vlan";
import { ownedKind } from "./owned-kind";
import type { OwnershipInputs } from "./owned-kind-options";
import { type Carriers, foreignUsers, isOnVlan, ownerBy } from "./owners";
import type { Origin, Owned } from "./ownership/decide";
import { dhcpObject } from "./ownership/object-names";
import type { Values } from "./ownership/values";
import { chooseRack, rackId, rackName } from "./rack-controllers";

/** A VLAN by the name of its fabric and its vid. */
export interface VlanPlace {
  fabric: string;
  vid: number;
}

/** Inputs of a {@link VlanDhcp}. */
export interface VlanDhcpArgs {
  /** Name of the fabric. */
  fabric: pulumi.Input<string>;
  /** VLAN id. */
  vid: pulumi.Input<number>;
  /** Whether MAAS serves DHCP on the VLAN. Default: true. Needs a dynamic IP range in a subnet of the VLAN. */
  enabled?: pulumi.Input<boolean>;
  /**
   * Hostname or system id of the rack controller that serves it. Default: not described; the one that serves it, else the one that has
   * an interface on the VLAN.
   */
  primaryRack?: pulumi.Input<string | null>;
  /** Hostname or system id of the second rack controller. Default: not described. */
  secondaryRack?: pulumi.Input<string | null>;
  /** The VLAN that requests are relayed to; then `enabled` must be false. Default: not described. */
  relayTo?: pulumi.Input<VlanPlace | null>;
  /** Whether DHCP may be changed at all; set it for a VLAN that this stack created. Default: false; DHCP that is as described needs no permission. */
  adopt?: pulumi.Input<boolean>;
  /** Names of fields whose dangerous change is approved (`maas.approve`). Default: none. */
  approve?: pulumi.Input<string[]>;
  /** Compare only, never write: somebody else manages it. Default: false. */
  reference?: pulumi.Input<boolean>;
}

interface VlanDhcpFields {
  fabric: string;
  vid: number;
  enabled: boolean;
  primaryRack: string | null;
  secondaryRack: string | null;
  relayTo: VlanPlace | null;
}

type VlanDhcpInputs = VlanDhcpFields & OwnershipInputs;

/** DHCP of a VLAN, with the rack controllers by the names that the inputs have for them. */
interface DhcpAnswer {
  readonly vlan: VlanAnswer;
  readonly primaryRack: string | null;
  readonly secondaryRack: string | null;
}

/**
 * The kind behind {@link VlanDhcp}. Every VLAN has DHCP settings: they are adopted, and restored on destroy. They are a resource of their
 * own because of their place in the order: DHCP goes on after the VLAN's dynamic range exists, and off before the range goes.
 */
export const vlanDhcpKind = ownedKind<VlanDhcpFields, object, DhcpAnswer>({
  kind: "maas:VlanDhcp",
  objectKind: "dhcp",
  fields: {
    fabric: {
      type: text("the name of a fabric"),
      always: true,
      read: ({ vlan }, { fabric }) => fabricOf(vlan, fabric),
    },
    vid: {
      type: vlanIdSchema,
      always: true,
      read: ({ vlan }) => vlan.vid,
    },
    enabled: { type: z.boolean().default(true), always: true, read: ({ vlan }) => vlan.dhcp_on },
    primaryRack: { type: z.string().min(1), read: (answer) => answer.primaryRack },
    secondaryRack: { type: z.string().min(1), read: (answer) => answer.secondaryRack },
    relayTo: {
      type: z.strictObject({ fabric: z.string().min(1), vid: vlanIdSchema }),
      read: ({ vlan: { relay_vlan: relay } }, { relayTo }) =>
        relay === null ? null : { fabric: fabricOf(relay, relayTo?.fabric), vid: relay.vid },
    },
  },
  replaceOn: ["fabric", "vid"],
  computed: { rack: ({ vlan }) => vlan.primary_rack },
  legacyPrevious: legacyDhcp,
  legacyApplied: ({ primaryRack, rack }) => ({ primaryRack: primaryRack ?? rack ?? null }),
  checkTogether: (inputs) =>
    inputs.enabled && inputs.relayTo !== null
      ? [{ property: "relayTo", reason: "a VLAN either serves DHCP or relays it: set enabled: false to relay" }]
      : [],
  object: ({ fabric, vid }) => dhcpObject(fabric, vid),
  isIt: () => true,
  async list(link, inputs, age) {
    const vlan = await link.client.fabrics.vlan(inputs.fabric, inputs.vid, age);
    return vlan === undefined ? [] : [await answerOf(link, vlan, inputs)];
  },
  idOf: ({ vlan }) => String(vlan.id),
  async byId(link, id, known) {
    const vlan = await link.client.fabrics.vlanById(id);
    return vlan === undefined ? undefined : answerOf(link, vlan, known);
  },
  owner: (link, { vlan }) => ownerBy(link, carriers(vlan)),
  users: (link, { vlan }) => foreignUsers(link, carriers(vlan)),
  // MAAS serves DHCP only with a primary rack controller, and not on a VLAN that relays.
  async implied(link, { vlan }, { enabled, primaryRack, relayTo }) {
    if (!enabled) return {};
    const chooses = primaryRack === null && (!vlan.dhcp_on || vlan.primary_rack === null);
    return {
      ...(chooses ? { primaryRack: await chooseRack(link.client, vlan) } : {}),
      ...(relayTo === null && vlan.relay_vlan !== null ? { relayTo: null } : {}),
    };
  },
  form: formOf,
  create: async (link, _fields, inputs) =>
    answerOf(link, await findVlan(link.client, inputs.fabric, inputs.vid), inputs),
  send: (link, { vlan }, fields) => send(link, vlan, fields),
  // DHCP was set to what it was before; the VLAN has an owner of its own.
  remove: () => Promise.resolve(),
});

/** DHCP of a VLAN. A rack controller that is not described goes by its system id once this stack has chosen it. */
async function answerOf(
  link: MaasConnection,
  vlan: VlanAnswer,
  known: Partial<VlanDhcpFields> & { readonly rack?: string | null },
): Promise<DhcpAnswer> {
  return {
    vlan,
    primaryRack: await rackName(link.client, vlan.primary_rack, known.primaryRack ?? known.rack),
    secondaryRack: await rackName(link.client, vlan.secondary_rack, known.secondaryRack),
  };
}

/** Racks by system id, the VLAN relayed to by id. */
async function formOf(
  link: MaasConnection,
  values: Partial<VlanDhcpFields>,
  whole: Partial<VlanDhcpFields>,
): Promise<Fields> {
  const idOf = async (rack: string | null | undefined): Promise<string | null | undefined> =>
    typeof rack === "string" ? rackId(link.client, rack) : rack;
  const { relayTo } = values;
  return {
    dhcp_on: values.enabled,
    // MAAS wants to hear of the rack controller whenever DHCP goes on.
    primary_rack: await idOf(values.enabled === true ? whole.primaryRack : values.primaryRack),
    secondary_rack: await idOf(values.secondaryRack),
    relay_vlan:
      relayTo === undefined || relayTo === null
        ? relayTo
        : (await findVlan(link.client, relayTo.fabric, relayTo.vid)).id,
  };
}

/**
 * Sends the settings, in two steps where MAAS needs them: it takes a VLAN to relay to only while DHCP is off; it refuses the present
 * primary as secondary, drops the secondary when that becomes the primary, and makes it the primary when the primary goes.
 *
 * @throws InputError when MAAS answers without an error but keeps other settings, as it does for some combinations
 */
async function send(link: MaasConnection, vlan: VlanAnswer, fields: Fields): Promise<void> {
  const { fabrics } = link.client;
  const { dhcp_on = vlan.dhcp_on, primary_rack = vlan.primary_rack, secondary_rack = vlan.secondary_rack } = fields;
  const { relay_vlan = vlan.relay_vlan?.id ?? null } = fields;
  if (vlan.dhcp_on && relay_vlan !== null) await fabrics.updateVlan(vlan.id, { dhcp_on: false });
  const demoted = secondary_rack !== null && secondary_rack === vlan.primary_rack;
  const first = await fabrics.updateVlan(vlan.id, demoted ? { ...fields, secondary_rack: null } : fields);
  const racksTaken = first.primary_rack === primary_rack && first.secondary_rack === secondary_rack;
  const answer = racksTaken ? first : await fabrics.updateVlan(vlan.id, { primary_rack, secondary_rack });
  const taken =
    answer.dhcp_on === dhcp_on &&
    answer.primary_rack === primary_rack &&
    answer.secondary_rack === secondary_rack &&
    (answer.relay_vlan?.id ?? null) === relay_vlan;
  if (taken) return;
  throw new InputError(
    `MAAS took the DHCP settings of VLAN ${vlan.vid} of fabric "${vlan.fabric}" without an error but kept others ` +
      `(DHCP ${answer.dhcp_on ? "on" : "off"}, rack controller ${answer.primary_rack ?? "none"}). Compare them in the MAAS UI.`,
  );
}

/** Subnets and machines on the VLAN. */
function carriers(vlan: VlanAnswer): Carriers {
  return {
    subnets: (subnet) => subnet.vlan.id === vlan.id,
    machines: (machine) => isOnVlan(machine, ({ id }) => id === vlan.id),
  };
}

/** Earlier versions recorded system ids, and the VLAN relayed to by an id, of which only "none" can be restored. */
function legacyDhcp(former: Plain): PlainObject {
  if (!isObject(former)) return {};
  const { relayVlan, ...others } = former;
  return { ...others, ...(relayVlan === null ? { relayTo: null } : {}) };
}

/** DHCP of a VLAN (API: vlans, dhcp_on). It depends on the {@link IpRange} with the dynamic addresses. */
export class VlanDhcp extends ServedResource<VlanDhcpInputs, Owned, MaasConnection> {
  declare public readonly fabric: pulumi.Output<string>;
  declare public readonly vid: pulumi.Output<number>;
  declare public readonly enabled: pulumi.Output<boolean>;
  declare public readonly primaryRack: pulumi.Output<string | null>;
  declare public readonly secondaryRack: pulumi.Output<string | null>;
  declare public readonly relayTo: pulumi.Output<VlanPlace | null>;
  /** System id of the rack controller that serves the VLAN. */
  declare public readonly rack: pulumi.Output<string | null>;
  declare public readonly adopt: pulumi.Output<boolean>;
  declare public readonly approve: pulumi.Output<string[]>;
  declare public readonly reference: pulumi.Output<boolean>;
  /** Whether it was created here, adopted, or is only referenced. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** Values that managed fields of an adopted object had before. */
  declare public readonly previous: pulumi.Output<Values>;
  /** Values that this stack gave the managed fields of an adopted object. */
  declare public readonly applied: pulumi.Output<Values>;

  constructor(name: string, args: VlanDhcpArgs, options?: pulumi.CustomResourceOptions) {
    super(vlanDhcpKind, name, args, options);
  }

  /** DHCP of a VLAN that is managed elsewhere, by the VLAN's MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): VlanDhcp {
    return new VlanDhcp(name, {} as VlanDhcpArgs, { ...options, id });
  }
}
