import type { Call } from "../call";
import { applyCall } from "../apply-call";
import type { HostInterface, HostInterfaces } from "../host-interface";
import { parentsOf } from "../host-interface";
import type { PresentInterface, PresentNetwork } from "../present-network";

/** Which present bond, bridge or VLAN interface becomes which wanted one: wanted name to present name. */
export type Pairing = ReadonlyMap<string, string>;

/** A plan under construction: the calls so far and the network that they lead to. */
export class PlanBuilder {
  readonly calls: Call[] = [];
  /** Wanted name to the name that the interface has at the moment. */
  private readonly current: Map<string, string>;

  constructor(
    private present: PresentNetwork,
    readonly wanted: HostInterfaces,
    pairing: Pairing,
  ) {
    this.current = new Map(pairing);
    for (const [name, item] of Object.entries(wanted)) if (item.type === "physical") this.current.set(name, name);
  }

  /** The network after the calls so far. */
  get network(): PresentNetwork {
    return this.present;
  }

  /** The interface that is, or becomes, a wanted one; undefined as long as it has to be made. */
  find(name: string): PresentInterface | undefined {
    const current = this.current.get(name);
    return current === undefined ? undefined : this.present.interfaces.get(current);
  }

  /** The interface of a present name. */
  findPresent(name: string): PresentInterface | undefined {
    return this.present.interfaces.get(name);
  }

  /** The wanted interfaces on top of one. */
  wantedAbove(name: string): [string, HostInterface][] {
    return Object.entries(this.wanted).filter(([, item]) => parentsOf(item).includes(name));
  }

  /** The present interfaces directly above one. */
  presentAbove(name: string): PresentInterface[] {
    return [...this.present.interfaces.values()].filter((item) => item.parents.includes(name));
  }

  /** The present bonds, bridges and VLAN interfaces that become no wanted one. */
  doomed(): PresentInterface[] {
    const kept = new Set(this.current.values());
    return [...this.present.interfaces.values()].filter((item) => item.type !== "physical" && !kept.has(item.name));
  }

  /** Adds a call unless it would be refused; says whether it was added. */
  add(call: Call): boolean {
    const outcome = applyCall(call, this.present);
    if (outcome.refused !== undefined) return false;
    this.present = outcome.network;
    this.calls.push(call);
    return true;
  }

  /** Notes the present name of a wanted interface after it was made or renamed. */
  named(name: string): void {
    this.current.set(name, name);
  }
}

/** Bonds before bridges before VLAN interfaces. */
const RANK: Record<HostInterface["type"], number> = { physical: 0, bond: 1, bridge: 2, vlan: 3 };

/** Names of wanted interfaces, each after those that it sits on; on one level bonds, bridges, then VLAN interfaces. */
export function bottomUp(wanted: HostInterfaces): string[] {
  const depth = (name: string, level = 0): number => {
    const item = wanted[name];
    if (item === undefined || level > 8) return 0;
    return Math.max(0, ...parentsOf(item).map((parent) => 1 + depth(parent, level + 1)));
  };
  const rank = (name: string): number => RANK[wanted[name]?.type ?? "physical"];
  return Object.keys(wanted).sort((a, b) => depth(a) - depth(b) || rank(a) - rank(b));
}
