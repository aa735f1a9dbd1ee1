import * as pulumi from "@pulumi/pulumi";
import { HostNetwork } from "../../providers/maas/host-network-resource";
import type { HostInterfacesArgs } from "../../providers/maas/host-network/host-interfaces-schema";
import { Machine } from "../../providers/maas/machine";
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
  resourcePool: string;
  zone: string;
  tags: string[];
  /** Bonds, VLAN interfaces, bridges and links by name, from the host layout. */
  interfaces: HostInterfacesArgs;
  /** The storage layout; what is left out has its default. */
  storage: Partial<Omit<LayoutWish, "layout">> & { layout?: "flat" | "lvm" | "blank" };
  /** When a change of the host is applied: see `changesOf`. */
  changes: { network: Changes; storage: Changes };
}

/**
 * A host: its machine is found, its network and its storage layout are finished, and only then it enters the resource pool from which
 * Palette allocates. On destroy it leaves the pool first.
 */
export class Host extends pulumi.ComponentResource {
  /** The machine's system id. */
  readonly systemId: pulumi.Output<string>;
  /** Differences that are applied when the machine is released; empty when the machine is as described. */
  readonly pending: pulumi.Output<RecordedChange[]>;

  constructor(name: string, args: HostArgs, site: Site, options: pulumi.ComponentResourceOptions = {}) {
    super("vmo-metal:Host", name, {}, options);
    const machine = new Machine(name, { find: args.find }, { parent: this });
    const network = new HostNetwork(
      `${name}-network`,
      {
        machine: machine.id,
        interfaces: args.interfaces,
        changes: args.changes.network,
        former: machine.former.apply((former) => former.network),
      },
      { parent: this, dependsOn: [...site.subnets.values(), ...site.bareVlans] },
    );
    const storage = new StorageLayout(
      `${name}-storage`,
      { machine: machine.id, ...args.storage, changes: args.changes.storage },
      { parent: this, dependsOn: [network] },
    );
    new PoolMembership(
      `${name}-pool`,
      {
        machine: machine.id,
        pool: of(site.resourcePools, args.resourcePool).name,
        zone: of(site.zones, args.zone).name,
        domain: site.domain.name,
        tags: args.tags,
        former: machine.former.apply(({ network: _network, ...place }) => place),
      },
      { parent: this, dependsOn: [network, storage, ...site.settings, ...site.tags.values()] },
    );
    this.systemId = machine.id;
    this.pending = pulumi.all([network.pending, storage.pending]).apply((lists) => lists.flat());
    this.registerOutputs({ systemId: this.systemId, pending: this.pending });
  }
}

function of<Value>(values: ReadonlyMap<string, Value>, key: string): Value {
  const value = values.get(key);
  if (value === undefined) throw new Error(`The site has no ${key}`);
  return value;
}
