import * as pulumi from "@pulumi/pulumi";
import { withPreviousType } from "../component-aliases";
import { HostNetwork } from "../../providers/maas/host-network-resource";
import type { HostInterfacesArgs } from "../../providers/maas/host-network/host-interfaces-schema";
import type { SiteObservation, SiteSettings } from "../../providers/maas/host-network/site-settings";
import { Machine } from "../../providers/maas/machine";
import type { MachineFormer } from "../../providers/maas/machine-state/former";
import { type Hold, isPlaceholder } from "../../providers/maas/machine-state/hold";
import type { Changes } from "../../providers/maas/machine-state/changes";
import type { RecordedChange } from "../../providers/maas/machine-state/pending-change";
import { PoolMembership } from "../../providers/maas/pool-membership";
import type { LayoutWish } from "../../providers/maas/storage-layout/layout-wish";
import { StorageLayout } from "../../providers/maas/storage-layout-resource";
import type { Site } from "./site";

/** One machine of MAAS and what it is to be, as plain data. */
export interface HostArgs {
  /** Its name in this program and in messages: the hostname, else what it is found by. */
  name: string;
  /** How the machine is found in MAAS: exactly one of these. */
  find: { hostname: string } | { systemId: string } | { macAddress: string } | { tag: string };
  /** System id of its machine as observed before the run; null when MAAS could not be asked, or the host is held. */
  systemId: string | null;
  resourcePool: string;
  /** The zone, or a proposal for a machine that was given none yet: see `zoneChoices`. */
  zone: string;
  /** Zones among which the machine keeps the one that it has; null when the description states its zone. */
  zoneChoices: string[] | null;
  tags: string[];
  /** Bonds, VLAN interfaces, bridges and links by name, from the host layout. */
  interfaces: HostInterfacesArgs;
  /** The storage layout; what is left out has its default. */
  storage: Partial<Omit<LayoutWish, "layout">> & { layout?: "flat" | "lvm" | "blank" };
  /** When a change of the host is applied: see `changesOf`. */
  changes: { network: Changes; storage: Changes };
  /** Settings that the host gets from its subnets when it is deployed; null when MAAS could not be asked. */
  site: SiteSettings | null;
  /** Its deployment, and those settings as they were before the run; null when MAAS could not be asked. */
  observed: SiteObservation | null;
  /** Why the host is left out of this run; null when it is handled. */
  hold: Hold | null;
}

/**
 * A host: its machine is found, its network and its storage layout are finished, and only then it enters the resource pool from which
 * Palette allocates. On destroy it leaves the pool first. A host that is held keeps its resources, so that the graph has the same shape whatever was
 * observed; none of them is compared or written.
 */
export class Host extends pulumi.ComponentResource {
  /** The machine's system id; empty for a host that has been held ever since it was described. */
  readonly systemId: pulumi.Output<string>;
  /** The zone that the machine was given. */
  readonly zone: pulumi.Output<string>;
  /** Differences that are applied when the machine is released or deployed again; empty when it is as described. */
  readonly pending: pulumi.Output<RecordedChange[]>;

  constructor(name: string, args: HostArgs, site: Site, options: pulumi.ComponentResourceOptions = {}) {
    super("vmo-metal:Host", name, {}, withPreviousType(options, "vmo-metal:bare-metal:Host"));
    const { hold } = args;
    const machine = new Machine(name, { find: args.find, systemId: args.systemId, hold }, { parent: this });
    // The observed id is known in a preview, also of a machine that is new to the stack or replaces another; `former` keeps the order.
    const systemId: pulumi.Input<string> = args.systemId ?? machine.id;
    const network = new HostNetwork(
      `${name}-network`,
      {
        machine: systemId,
        interfaces: args.interfaces,
        changes: args.changes.network,
        former: machine.former.apply((former) => former?.network ?? null),
        site: args.site,
        observed: args.observed,
        hold,
      },
      { parent: this, dependsOn: [...site.subnets.values(), ...site.bareVlans] },
    );
    const storage = new StorageLayout(
      `${name}-storage`,
      { machine: systemId, ...args.storage, changes: args.changes.storage, hold },
      { parent: this, dependsOn: [network] },
    );
    const membership = new PoolMembership(
      `${name}-pool`,
      {
        machine: systemId,
        pool: of(site.resourcePools, args.resourcePool).name,
        zone: of(site.zones, args.zone).name,
        zoneChoices: args.zoneChoices,
        domain: site.domain.name,
        tags: args.tags,
        former: machine.former.apply(placeOf),
        hold,
      },
      // All zones: the machine may be in another one than the proposed.
      { parent: this, dependsOn: [network, storage, ...site.zones.values(), ...site.settings, ...site.tags.values()] },
    );
    this.systemId = machine.id.apply((id) => (isPlaceholder(id) ? "" : id));
    this.zone = membership.zone;
    this.pending = pulumi.all([network.pending, storage.pending]).apply((lists) => lists.flat());
    this.registerOutputs({ systemId: this.systemId, pending: this.pending });
  }
}

/** What of a machine's previous values its membership restores. */
function placeOf(former: MachineFormer | null): Omit<MachineFormer, "network"> | null {
  if (former === null) return null;
  const { network: _network, ...place } = former;
  return place;
}

function of<Value>(values: ReadonlyMap<string, Value>, key: string): Value {
  const value = values.get(key);
  if (value === undefined) throw new Error(`The site has no ${key}`);
  return value;
}
