import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { optional, text, textSet } from "../dynamic/fields";
import { type ResourceKind, asRecorded } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";
import type { MachineAnswer } from "./client/machine-types";
import { decisionAge } from "./client/machines";
import { type MaasConnection, connectMaas } from "./connection";
import { stillInUse } from "./in-use";
import { type MachineFormer, formerOf } from "./machine-state/former";
import { type Hold, hasHeldStatus, holdField, isPlaceholder, placeholderId } from "./machine-state/hold";
import { refuseLocked } from "./machine-state/locked";
import { placeholderReplaced } from "./machine-state/placeholder";
import { inUse } from "./machine-state/status";
import { vanished } from "./machine-state/wait";
import { mark, unmark } from "./marker";
import { changeTags, existingPlace, moveMachine } from "./place-machine";
import { refuseOtherDatacenter } from "./take-machine";

/** How a machine stood before. */
export type PlaceFormer = Omit<MachineFormer, "network">;

/** Inputs of a {@link PoolMembership}. */
export interface PoolMembershipArgs {
  /** System id of the machine: the id of its `Machine`. */
  machine: pulumi.Input<string>;
  /** Name of the resource pool. */
  pool: pulumi.Input<string>;
  /** Name of the zone. With `zoneChoices` it is a proposal for a machine that was given none yet. */
  zone: pulumi.Input<string>;
  /**
   * The zones that the machine may be in while its own is not described. The one that it was given first stays, whatever `zone` proposes later: a
   * zone is a physical fact. Default: none, the machine is in `zone`.
   */
  zoneChoices?: pulumi.Input<string[] | null>;
  /** The zone that the machine was given first. Default: filled in from `zone` and the last run. */
  assignedZone?: pulumi.Input<string | null>;
  /** Name of the DNS domain. */
  domain: pulumi.Input<string>;
  /** Hostname that the machine gets. Default: the one that it has. */
  hostname?: pulumi.Input<string | null>;
  /** What MAAS shows of the machine; a marker naming the datacenter is added. Default: empty. */
  description?: pulumi.Input<string>;
  /** Tags that it gets; others that it has stay. Default: none. */
  tags?: pulumi.Input<string[]>;
  /** `former` of the `Machine`: what a destroy puts back. Default: as the machine stands when this is created. */
  former?: pulumi.Input<PlaceFormer | null>;
  /** Leaves the machine out of this run, with the reason. Default: it is handled. */
  hold?: pulumi.Input<Hold | null>;
}

interface PoolMembershipInputs {
  machine: string;
  pool: string;
  zone: string;
  zoneChoices: string[] | null;
  /** The zone that the machine was given, also while someone has moved it by hand; filled in by the check. */
  assignedZone: string | null;
  domain: string;
  hostname: string | null;
  description: string;
  tags: string[];
  former: PlaceFormer | null;
  hold: Hold | null;
}

interface PoolMembershipOutputs {
  /** How the machine stood when this was created; null when `former` tells it. */
  recorded: PlaceFormer | null;
}

/** Keeps of a machine's `former` what is put back here. */
const former = z.object({
  hostname: z.string(),
  pool: z.string(),
  zone: z.string(),
  domain: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
});

/**
 * The kind behind {@link PoolMembership}: the last write to a host, and the first to be taken back, since Palette allocates whatever
 * is in the pool.
 */
export const poolMembershipKind: ResourceKind<PoolMembershipInputs, PoolMembershipOutputs, MaasConnection> = {
  kind: "maas:PoolMembership",
  schema: {
    machine: text("the system id of a machine"),
    pool: text("the name of a resource pool"),
    zone: text("the name of a zone"),
    zoneChoices: optional(z.array(z.string()).min(1)),
    assignedZone: optional(z.string()),
    domain: text("the name of a DNS domain"),
    hostname: optional(
      z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i, {
        error: "must be a hostname without a domain: letters, digits and -",
      }),
    ),
    description: z.string().default(""),
    tags: textSet(),
    former: optional(former),
    hold: holdField,
  },
  outputs: ["recorded"],
  informative: ["zoneChoices", "assignedZone", "former", "hold"],
  replaceOn: ["machine"],
  connect: connectMaas,

  held: ({ hold }) => hold !== null && hold !== undefined,
  otherObject: placeholderReplaced,

  settle(inputs, olds) {
    const zone = keptZone(inputs, olds);
    return { ...inputs, zone, assignedZone: zone };
  },

  refuse(olds, news) {
    const { zoneChoices, machine } = news;
    const assigned = olds["assignedZone"] ?? olds["zone"];
    if (zoneChoices === null || typeof assigned !== "string" || zoneChoices.includes(assigned)) return undefined;
    if (isPlaceholder(machine) || olds["machine"] !== machine) return undefined;
    return (
      `Machine ${machine} is in the zone "${assigned}", which the description does not name for it any more (it names ${zoneChoices.join(", ")}). ` +
      "A machine never changes its zone by itself. Keep the zone in the description, or state with `zone` in which one each of its machines is."
    );
  },

  async create(link, inputs) {
    if (inputs.hold !== null) return { id: placeholderId(inputs.machine), outputs: { recorded: null } };
    await link.client.ready();
    const machine = await machineOf(link, inputs.machine);
    const { network: _network, ...recorded } = formerOf(machine);
    refuseOtherDatacenter(machine, link.datacenter);
    await place(link, machine, inputs, []);
    return { id: machine.system_id, outputs: { recorded: inputs.former === null ? recorded : null } };
  },

  async read(link, id, state) {
    if (isPlaceholder(id)) return asRecorded;
    await link.client.ready();
    const machine = await link.client.machines.get(id);
    // Without state there is nothing to keep: the resource is read for the first time.
    if (machine === undefined) return state.machine === undefined ? undefined : asRecorded;
    if (hasHeldStatus(machine) && state.machine !== undefined) return asRecorded;
    const described = state.hostname !== null && state.hostname !== undefined;
    return {
      id,
      inputs: {
        machine: id,
        pool: machine.pool.name,
        zone: machine.zone.name,
        zoneChoices: state.zoneChoices ?? null,
        assignedZone: state.assignedZone ?? state.zone ?? null,
        domain: machine.domain.name,
        hostname: described ? machine.hostname : null,
        description: unmark(machine.description).text,
        tags: (state.tags ?? []).filter((tag) => machine.tag_names.includes(tag)),
        former: state.former ?? null,
        hold: state.hold ?? null,
      },
      outputs: { recorded: state.recorded ?? null },
    };
  },

  async update(link, _id, olds, news) {
    await link.client.ready();
    const machine = await machineOf(link, news.machine);
    const ours = formerTags(olds);
    const dropped = olds.tags.filter((tag) => !news.tags.includes(tag) && !ours.includes(tag));
    await place(link, machine, news, dropped);
    return { outputs: { recorded: olds.recorded } };
  },

  async delete(link, id, state) {
    if (isPlaceholder(id)) return;
    await link.client.ready();
    const machine = await link.client.machines.get(id, decisionAge);
    if (machine === undefined) return;
    refuseLocked(machine);
    if (inUse(machine)) {
      throw stillInUse(
        `The membership of machine ${machine.hostname} (${id}) in resource pool ${machine.pool.name}`,
        `the machine is ${machine.status_name}${machine.owner === null ? "" : `, held by ${machine.owner}`}`,
        "Release it first: scale the cluster down or delete it, which releases its machines.",
      );
    }
    const before = state.former ?? state.recorded;
    if (before === null) return;
    const log = link.log.of("maas:PoolMembership", machine.hostname, id);
    const { tags, ...stood } = before;
    const hostname = state.hostname === null ? machine.hostname : stood.hostname;
    await moveMachine(link.client, machine, await existingPlace(link.client, { ...stood, hostname }, log));
    await changeTags(link.client, machine, { add: [], remove: state.tags.filter((tag) => !tags.includes(tag)) });
  },
};

/** The zone that was given first, while the description leaves the choice; else the described one. */
function keptZone(
  { zone, zoneChoices }: Pick<PoolMembershipInputs, "zone" | "zoneChoices">,
  olds: Partial<PoolMembershipInputs> | undefined,
): string {
  const assigned = olds?.assignedZone ?? olds?.zone;
  return zoneChoices !== null && assigned !== undefined && zoneChoices.includes(assigned) ? assigned : zone;
}

async function machineOf(link: MaasConnection, systemId: string): Promise<MachineAnswer> {
  const machine = await link.client.machines.get(systemId);
  if (machine === undefined) throw vanished("its description", systemId);
  refuseLocked(machine);
  return machine;
}

/** Tags first, the pool last: in the pool the machine may be allocated at once. */
async function place(
  link: MaasConnection,
  machine: MachineAnswer,
  inputs: PoolMembershipInputs,
  dropped: readonly string[],
): Promise<void> {
  await changeTags(link.client, machine, { add: inputs.tags, remove: dropped });
  await moveMachine(link.client, machine, {
    hostname: inputs.hostname ?? machine.hostname,
    pool: inputs.pool,
    zone: inputs.zone,
    domain: inputs.domain,
    description: mark(inputs.description, link.datacenter),
  });
}

function formerTags(state: PoolMembershipInputs & PoolMembershipOutputs): readonly string[] {
  return (state.former ?? state.recorded)?.tags ?? [];
}

/**
 * The place of a machine: resource pool, zone, domain, description, tags, in one write. It depends on the host's network and storage
 * layout, so that a host enters its pool when it is finished (design: a host enters its pool last).
 */
export class PoolMembership extends ServedResource<PoolMembershipInputs, PoolMembershipOutputs, MaasConnection> {
  declare public readonly machine: pulumi.Output<string>;
  declare public readonly pool: pulumi.Output<string>;
  declare public readonly zone: pulumi.Output<string>;
  declare public readonly zoneChoices: pulumi.Output<string[] | null>;
  /** The zone that the machine was given, also while someone has moved it by hand. */
  declare public readonly assignedZone: pulumi.Output<string | null>;
  declare public readonly domain: pulumi.Output<string>;
  declare public readonly hostname: pulumi.Output<string | null>;
  declare public readonly description: pulumi.Output<string>;
  declare public readonly tags: pulumi.Output<string[]>;
  declare public readonly former: pulumi.Output<PlaceFormer | null>;
  declare public readonly hold: pulumi.Output<Hold | null>;
  /** How the machine stood when this was created, unless `former` tells it. */
  declare public readonly recorded: pulumi.Output<PlaceFormer | null>;

  constructor(name: string, args: PoolMembershipArgs, options?: pulumi.CustomResourceOptions) {
    super(poolMembershipKind, name, args, options);
  }

  /** The place of a machine that is managed elsewhere, by the machine's system id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): PoolMembership {
    return new PoolMembership(name, {} as PoolMembershipArgs, { ...options, id });
  }
}
