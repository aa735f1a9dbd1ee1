import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { InputError } from "../dynamic/errors";
import { optional, text } from "../dynamic/fields";
import type { ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import type { Fields } from "./client/form";
import type { VlanAnswer } from "./client/site-types";
import { type MaasConnection, connectMaas } from "./connection";
import { findVlan } from "./find-vlan";
import { chooseRack, rackId, rackName } from "./rack-controllers";
import { gone } from "./refusals";

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
  /** Hostname or system id of the rack controller that serves it. Default: the one that has an interface on the VLAN. */
  primaryRack?: pulumi.Input<string | null>;
  /** Hostname or system id of the second rack controller. Default: none. */
  secondaryRack?: pulumi.Input<string | null>;
  /** The VLAN that requests are relayed to; then `enabled` must be false. Default: none. */
  relayTo?: pulumi.Input<VlanPlace | null>;
}

interface VlanDhcpInputs {
  fabric: string;
  vid: number;
  enabled: boolean;
  primaryRack: string | null;
  secondaryRack: string | null;
  relayTo: VlanPlace | null;
}

/** DHCP of a VLAN before: system ids of the rack controllers, id of the VLAN relayed to. */
export interface VlanDhcpFormer {
  enabled: boolean;
  primaryRack: string | null;
  secondaryRack: string | null;
  relayVlan: number | null;
}

interface VlanDhcpOutputs {
  /** System id of the rack controller that serves the VLAN. */
  rack: string | null;
  former: VlanDhcpFormer;
}

/**
 * The kind behind {@link VlanDhcp}. DHCP is a resource of its own because of its place in the order: it goes on after the VLAN's
 * dynamic range exists, and off before the range goes.
 */
export const vlanDhcpKind: ResourceKind<VlanDhcpInputs, VlanDhcpOutputs, MaasConnection> = {
  kind: "maas:VlanDhcp",
  schema: {
    fabric: text("the name of a fabric"),
    vid: z.int().min(0).max(4094, { error: "must be from 0 to 4094" }),
    enabled: z.boolean().default(true),
    primaryRack: optional(z.string().min(1)),
    secondaryRack: optional(z.string().min(1)),
    relayTo: optional(z.strictObject({ fabric: z.string().min(1), vid: z.int().min(0).max(4094) })),
  },
  outputs: ["rack", "former"],
  replaceOn: ["fabric", "vid"],
  connect: connectMaas,

  checkTogether: (inputs) =>
    inputs.enabled && inputs.relayTo !== null
      ? [{ property: "relayTo", reason: "a VLAN either serves DHCP or relays it: set enabled: false to relay" }]
      : [],

  async create(link, inputs) {
    await link.client.ready();
    const vlan = await findVlan(link.client, inputs.fabric, inputs.vid);
    const former = {
      enabled: vlan.dhcp_on,
      primaryRack: vlan.primary_rack,
      secondaryRack: vlan.secondary_rack,
      relayVlan: vlan.relay_vlan?.id ?? null,
    };
    return { id: String(vlan.id), outputs: { rack: await write(link, vlan, inputs), former } };
  },

  async read(link, id, state) {
    await link.client.ready();
    const vlan = await link.client.fabrics.vlanById(id);
    if (vlan === undefined) return undefined;
    const chosen = state.primaryRack === null && vlan.primary_rack === state.rack;
    const relay = vlan.relay_vlan;
    return {
      id,
      inputs: {
        fabric: vlan.fabric,
        vid: vlan.vid,
        enabled: vlan.dhcp_on,
        primaryRack: chosen ? null : await rackName(link.client, vlan.primary_rack, state.primaryRack),
        secondaryRack: await rackName(link.client, vlan.secondary_rack, state.secondaryRack),
        relayTo: relay === null ? null : { fabric: relay.fabric, vid: relay.vid },
      },
      outputs: {
        rack: vlan.primary_rack,
        former: state.former ?? { enabled: false, primaryRack: null, secondaryRack: null, relayVlan: null },
      },
    };
  },

  async update(link, id, olds, news) {
    await link.client.ready();
    const vlan = await link.client.fabrics.vlanById(id);
    if (vlan === undefined) throw gone(`VLAN ${olds.vid} of fabric "${olds.fabric}"`, id);
    return { outputs: { rack: await write(link, vlan, news), former: olds.former } };
  },

  async delete(link, id, state) {
    await link.client.ready();
    const vlan = await link.client.fabrics.vlanById(id);
    if (vlan === undefined) return;
    await send(link, vlan, {
      dhcp_on: state.former.enabled,
      primary_rack: state.former.primaryRack,
      secondary_rack: state.former.secondaryRack,
      relay_vlan: state.former.relayVlan,
    });
  },
};

/** The fields of a VLAN that are about its DHCP; racks by system id, the VLAN relayed to by id. */
interface DhcpFields extends Fields {
  readonly dhcp_on: boolean;
  readonly primary_rack: string | null;
  readonly secondary_rack: string | null;
  readonly relay_vlan: number | null;
}

/** Makes the VLAN's DHCP as wanted, and looks whether MAAS really took it: some combinations it drops without a word. */
async function write(link: MaasConnection, vlan: VlanAnswer, inputs: VlanDhcpInputs): Promise<string | null> {
  const primary =
    inputs.primaryRack === null
      ? inputs.enabled
        ? await chooseRack(link.client, vlan)
        : null
      : await rackId(link.client, inputs.primaryRack);
  const secondary = inputs.secondaryRack === null ? null : await rackId(link.client, inputs.secondaryRack);
  const relay = inputs.relayTo === null ? null : await findVlan(link.client, inputs.relayTo.fabric, inputs.relayTo.vid);
  const answer = await send(link, vlan, {
    dhcp_on: inputs.enabled,
    primary_rack: primary,
    secondary_rack: secondary,
    relay_vlan: relay?.id ?? null,
  });
  const taken =
    answer.dhcp_on === inputs.enabled &&
    answer.primary_rack === primary &&
    answer.secondary_rack === secondary &&
    (answer.relay_vlan?.id ?? null) === (relay?.id ?? null);
  if (!taken) {
    throw new InputError(
      `MAAS took the DHCP settings of VLAN ${inputs.vid} of fabric "${inputs.fabric}" without an error but kept others ` +
        `(DHCP ${answer.dhcp_on ? "on" : "off"}, rack controller ${answer.primary_rack ?? "none"}). Compare them in the MAAS UI.`,
    );
  }
  return primary;
}

/**
 * Sends the settings, in two steps where MAAS needs them: it takes a VLAN to relay to only while DHCP is off; it refuses the present primary
 * as secondary, drops the secondary when that becomes the primary, and makes it the primary when the primary goes.
 */
async function send(link: MaasConnection, vlan: VlanAnswer, fields: DhcpFields): Promise<VlanAnswer> {
  const { fabrics } = link.client;
  if (vlan.dhcp_on && fields.relay_vlan !== null) await fabrics.updateVlan(vlan.id, { dhcp_on: false });
  const demoted = fields.secondary_rack !== null && fields.secondary_rack === vlan.primary_rack;
  const answer = await fabrics.updateVlan(vlan.id, demoted ? { ...fields, secondary_rack: null } : fields);
  const { primary_rack, secondary_rack } = fields;
  if (answer.primary_rack === primary_rack && answer.secondary_rack === secondary_rack) return answer;
  return fabrics.updateVlan(vlan.id, { primary_rack, secondary_rack });
}

/** DHCP of a VLAN (API: vlans, dhcp_on). It depends on the {@link IpRange} with the dynamic addresses. */
export class VlanDhcp extends ServedResource<VlanDhcpInputs, VlanDhcpOutputs, MaasConnection> {
  declare public readonly fabric: pulumi.Output<string>;
  declare public readonly vid: pulumi.Output<number>;
  declare public readonly enabled: pulumi.Output<boolean>;
  declare public readonly primaryRack: pulumi.Output<string | null>;
  declare public readonly secondaryRack: pulumi.Output<string | null>;
  declare public readonly relayTo: pulumi.Output<VlanPlace | null>;
  /** System id of the rack controller that serves the VLAN. */
  declare public readonly rack: pulumi.Output<string | null>;
  /** How DHCP was before; put back on destroy. */
  declare public readonly former: pulumi.Output<VlanDhcpFormer>;

  constructor(name: string, args: VlanDhcpArgs, options?: pulumi.CustomResourceOptions) {
    super(vlanDhcpKind, name, args, options);
  }

  /** DHCP of a VLAN that is managed elsewhere, by the VLAN's MAAS id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): VlanDhcp {
    return new VlanDhcp(name, {} as VlanDhcpArgs, { ...options, id });
  }
}
