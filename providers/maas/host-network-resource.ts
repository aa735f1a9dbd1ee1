import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { PartialFailure } from "../dynamic/errors";
import { optional, text } from "../dynamic/fields";
import { type ResourceKind, asRecorded } from "../dynamic/kind";
import { samePlain } from "../dynamic/plain";
import { ServedResource } from "../dynamic/resource";
import type { MachineAnswer } from "./client/machine-types";
import { NetworkFailure, configureNetwork, networkDifferences } from "./configure-network";
import { type MaasConnection, connectMaas } from "./connection";
import { describePresent } from "./host-network/describe-present";
import { diffHostInterfaces } from "./host-network/diff-host-interfaces";
import type { HostInterfaces } from "./host-network/host-interface";
import { type HostInterfacesArgs, hostInterfacesSchema } from "./host-network/host-interfaces-schema";
import { readHostNetwork } from "./host-network/read-host-network";
import {
  type Deployment,
  deploymentOf,
  observedSettings,
  pendingSettings,
  readDeployment,
  type SiteObservation,
  siteObservationSchema,
  type SiteSettings,
  siteSettingsSchema,
} from "./host-network/site-settings";
import { canApply, type Changes, changesSchema, isDeployed, presentChanges } from "./machine-state/changes";
import { type FormerNetwork, formerNetwork } from "./machine-state/former";
import { type Hold, hasHeldStatus, holdField, isPlaceholder, placeholderId } from "./machine-state/hold";
import { placeholderReplaced } from "./machine-state/placeholder";
import {
  formatPending,
  readPending,
  type RecordedChange,
  stillPending,
  type PendingChange,
} from "./machine-state/pending-change";
import { possibility } from "./machine-state/status";
import { stuckError, vanished, waitForMachine } from "./machine-state/wait";
import { presentButPending } from "./pending-network";
import { restoreNetwork } from "./restore-network";

/** Inputs of a {@link HostNetwork}. */
export interface HostNetworkArgs {
  /** System id of the machine: the id of its `Machine`. */
  machine: pulumi.Input<string>;
  /**
   * The interfaces by name. Bonds, bridges and VLAN interfaces that are not named are removed; physical NICs that are not named are
   * left alone, and none is ever deleted.
   */
  interfaces: pulumi.Input<HostInterfacesArgs>;
  /** When a change is applied, for the reader of a preview: `changesOf(machine, "network")`. Default: none. */
  changes?: pulumi.Input<Changes | null>;
  /** `former.network` of the `Machine`: what a destroy puts back. Default: the network at the time when this is created. */
  former?: pulumi.Input<FormerNetwork | null>;
  /**
   * Settings that the machine gets from the subnets of its links when it is deployed. A deployed machine keeps those of its deployment; differences
   * are pending. Default: none are compared.
   */
  site?: pulumi.Input<SiteSettings | null>;
  /** The machine's deployment and the settings of the site as they were before the run. Default: not known. */
  observed?: pulumi.Input<SiteObservation | null>;
  /** How long MAAS may be busy with the machine (releasing, erasing, commissioning), in minutes. Default: 60. */
  waitMinutes?: pulumi.Input<number>;
  /** Leaves the machine out of this run, with the reason. Default: it is handled. */
  hold?: pulumi.Input<Hold | null>;
}

interface HostNetworkInputs {
  machine: string;
  interfaces: HostInterfaces;
  changes: Changes | null;
  former: FormerNetwork | null;
  site: SiteSettings | null;
  observed: SiteObservation | null;
  waitMinutes: number;
  hold: Hold | null;
}

interface HostNetworkOutputs {
  /** Differences recorded but not applied while the machine is in use. */
  pending: RecordedChange[];
  /** The network before; null when `former` tells it. */
  recorded: FormerNetwork | null;
  /** The last deployment of a machine in use, with the settings of the site at that time. */
  deployment: Deployment | null;
}

/** The last deployment of a machine, and the settings of the site that it gets only with the next one. */
interface Deployed {
  readonly deployment: Deployment | null;
  readonly changes: PendingChange[];
}

/** The kind behind {@link HostNetwork}. */
export const hostNetworkKind: ResourceKind<HostNetworkInputs, HostNetworkOutputs, MaasConnection> = {
  kind: "maas:HostNetwork",
  schema: {
    machine: text("the system id of a machine"),
    interfaces: hostInterfacesSchema,
    changes: optional(changesSchema),
    former: optional(
      z.object({ interfaces: z.record(z.string(), z.unknown()), linkUp: z.array(z.string()) }),
    ) as unknown as z.ZodType<FormerNetwork | null>,
    site: optional(siteSettingsSchema),
    observed: optional(siteObservationSchema),
    waitMinutes: z.number().min(0).default(60),
    hold: holdField,
  },
  outputs: ["pending", "recorded", "deployment"],
  // The site is compared by what hosts were deployed with (see `mustUpdate`), not by what was described before.
  informative: ["changes", "former", "site", "observed", "waitMinutes", "hold"],
  replaceOn: ["machine"],
  connect: connectMaas,

  held: ({ hold }) => hold !== null && hold !== undefined,
  otherObject: placeholderReplaced,

  // What is recorded as pending is made as soon as the machine can be changed, also without a refresh.
  mustUpdate: (olds, news) =>
    (readPending(olds.pending).length > 0 && canApply(news.changes)) ||
    (news.observed !== null &&
      !samePlain(
        deployedWith(readDeployment(olds.deployment), news.observed, news.site).changes,
        readPending(olds.pending).filter(isOfSite),
      )),

  async create(link, inputs) {
    if (inputs.hold !== null) return { id: placeholderId(inputs.machine), outputs: heldOutputs };
    await link.client.ready();
    const machine = await machineOf(link, inputs.machine);
    const recorded = inputs.former === null ? formerNetwork(machine) : null;
    const outputs = await apply(link, machine, inputs, { recorded, deployment: null });
    return { id: machine.system_id, outputs };
  },

  async read(link, id, state) {
    if (isPlaceholder(id)) return asRecorded;
    await link.client.ready();
    const machine = await link.client.machines.get(id);
    // Without state there is nothing to keep: the resource is read for the first time.
    if (machine === undefined) return state.machine === undefined ? undefined : asRecorded;
    if (hasHeldStatus(machine) && state.machine !== undefined) return asRecorded;
    const wish = state.interfaces ?? formerNetwork(machine).interfaces;
    const present = describePresent(readHostNetwork(machine), wish);
    const editable = possibility(machine, "network") === "edit";
    const recorded = editable ? [] : readPending(state.pending);
    const { deployment, changes } = await presentDeployment(link, machine, state);
    return {
      id,
      inputs: {
        machine: id,
        interfaces: editable ? present : presentButPending(present, wish, recorded),
        changes: presentChanges(state.changes, machine, "network"),
        former: state.former ?? null,
        site: state.site ?? null,
        observed: state.observed ?? null,
        waitMinutes: state.waitMinutes ?? 60,
        hold: state.hold ?? null,
      },
      outputs: {
        pending: [...stillPending(diffHostInterfaces(present, wish), recorded), ...changes],
        recorded: state.recorded ?? null,
        deployment,
      },
    };
  },

  async update(link, _id, olds, news) {
    await link.client.ready();
    return { outputs: await apply(link, await machineOf(link, news.machine), news, olds) };
  },

  async delete(link, id, state) {
    if (isPlaceholder(id)) return;
    await link.client.ready();
    const machine = await link.client.machines.get(id);
    const former = state.former ?? state.recorded;
    if (machine !== undefined && former !== null) await restoreNetwork(link, machine, former, state.waitMinutes);
  },
};

async function machineOf(link: MaasConnection, systemId: string): Promise<MachineAnswer> {
  const machine = await link.client.machines.get(systemId);
  if (machine === undefined) throw vanished("its description", systemId);
  return machine;
}

/** Makes the network as wanted, or records what waits for the machine to come back. */
async function apply(
  link: MaasConnection,
  first: MachineAnswer,
  inputs: HostNetworkInputs,
  olds: Pick<HostNetworkOutputs, "recorded" | "deployment">,
): Promise<HostNetworkOutputs> {
  const id = first.system_id;
  const { recorded } = olds;
  const outputs = (seen: MachineAnswer, pending: readonly PendingChange[]): HostNetworkOutputs => {
    const site = inputs.observed?.site ?? {};
    const observed = { deployed: isDeployed(seen), id: seen.current_installation_result_id ?? null, site };
    const { deployment, changes } = deployedWith(readDeployment(olds.deployment), observed, inputs.site);
    return { pending: [...pending, ...changes], recorded, deployment };
  };
  const log = link.log.of(hostNetworkKind.kind, first.hostname, id);
  const unfinished = (machine: MachineAnswer, message: string, cause?: Error): PartialFailure => {
    const state = outputs(machine, networkDifferences(machine, inputs.interfaces));
    return new PartialFailure(id, { ...state }, message, { cause });
  };
  const { machine, inTime, when } = await waitForMachine(
    link.client,
    first,
    (seen) => possibility(seen, "network") !== "wait",
    { minutes: inputs.waitMinutes },
    log,
  );
  if (!inTime) {
    throw unfinished(
      machine,
      `Machine ${machine.hostname} (${id}) is still ${machine.status_name} ${when}; its network was not changed. Run the command again to go on.`,
    );
  }
  const possible = possibility(machine, "network");
  if (possible === "stuck") throw await stuckError(link.client, machine, "The network");
  if (possible === "edit") {
    try {
      const { machine: after, done } = await configureNetwork(link, machine, inputs.interfaces, log);
      return outputs(after, done ? [] : networkDifferences(after, inputs.interfaces));
    } catch (failure) {
      if (!(failure instanceof NetworkFailure)) throw failure;
      if (!failure.written) throw failure.cause;
      const now = (await link.client.machines.get(id)) ?? machine;
      throw unfinished(
        now,
        `${failure.message} The host is half configured; the next up repairs it first.`,
        failure.cause,
      );
    }
  }
  const pending = networkDifferences(machine, inputs.interfaces);
  if (pending.length > 0) {
    const state = machine.locked ? "locked" : machine.status_name;
    log.warning(
      `it is ${state}: recorded and not changed until it is released: ${pending.map(formatPending).join("; ")}`,
    );
  }
  return outputs(machine, pending);
}

/** What is recorded of a host that is held since it was described. */
const heldOutputs: HostNetworkOutputs = { pending: [], recorded: null, deployment: null };

/** Whether a recorded change is one of the site's settings. */
function isOfSite(change: RecordedChange): boolean {
  return typeof change !== "string" && change.part === "site";
}

function deployedWith(recorded: Deployment | null, observed: SiteObservation, site: SiteSettings | null): Deployed {
  const deployment = deploymentOf(recorded, observed);
  return { deployment, changes: site === null ? [] : pendingSettings(deployment, site) };
}

/**
 * The deployment of a machine that was just read: the recorded one, or the one that followed it. One that nothing is recorded of is left to
 * an update: what MAAS has now may be drift that came after it.
 */
async function presentDeployment(
  link: MaasConnection,
  machine: MachineAnswer,
  state: Partial<HostNetworkInputs & HostNetworkOutputs>,
): Promise<Deployed> {
  const { site = null } = state;
  const recorded = readDeployment(state.deployment);
  const seen = { deployed: isDeployed(machine), id: machine.current_installation_result_id ?? null };
  if (recorded === null) return { deployment: null, changes: [] };
  if (site === null || !seen.deployed || samePlain(recorded.id, seen.id))
    return deployedWith(recorded, { ...seen, site: {} }, site);
  const [subnets, routes] = await Promise.all([link.client.subnets.list(), link.client.staticRoutes.list()]);
  return deployedWith(recorded, { ...seen, site: observedSettings(site, subnets, routes) }, site);
}

/**
 * The whole network of a machine (API: interfaces): VLANs and MTUs of its NICs, bonds, bridges, VLAN interfaces and addresses. One
 * resource, because MAAS's side effects cross interfaces. On a deployed machine a change is recorded and made when it is released.
 */
export class HostNetwork extends ServedResource<HostNetworkInputs, HostNetworkOutputs, MaasConnection> {
  declare public readonly machine: pulumi.Output<string>;
  declare public readonly interfaces: pulumi.Output<HostInterfaces>;
  declare public readonly changes: pulumi.Output<Changes | null>;
  declare public readonly former: pulumi.Output<FormerNetwork | null>;
  declare public readonly waitMinutes: pulumi.Output<number>;
  /** Differences recorded but not applied while the machine is in use; empty when the host is as described. */
  declare public readonly pending: pulumi.Output<RecordedChange[]>;
  declare public readonly hold: pulumi.Output<Hold | null>;
  declare public readonly site: pulumi.Output<SiteSettings | null>;
  declare public readonly observed: pulumi.Output<SiteObservation | null>;
  /** The network before, unless `former` tells it. */
  declare public readonly recorded: pulumi.Output<FormerNetwork | null>;
  /** The last deployment of a machine in use, with the settings of the site at that time; null for others. */
  declare public readonly deployment: pulumi.Output<Deployment | null>;

  constructor(name: string, args: HostNetworkArgs, options?: pulumi.CustomResourceOptions) {
    // The description's short form: the check gives it its defaults.
    const interfaces = args.interfaces as pulumi.Input<HostInterfaces>;
    super(hostNetworkKind, name, { ...args, interfaces }, options);
  }

  /** The network of a machine that is managed elsewhere, by the machine's system id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): HostNetwork {
    return new HostNetwork(name, {} as HostNetworkArgs, { ...options, id });
  }
}
