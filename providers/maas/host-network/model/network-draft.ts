import type { VlanReference } from "../host-interface";
import type { PresentInterface, PresentLink, PresentNetwork } from "../present-network";

/** What a link is made of, without its id. */
export type NewLink = Omit<PresentLink, "id">;

/**
 * A network under change: the rules by which MAAS 3.6 changes the relatives of an interface. What is made gets negative ids, since
 * only MAAS can give real ones.
 */
export class NetworkDraft {
  private readonly items: Map<string, PresentInterface>;
  private defaultGatewayLinkId: number | undefined;

  constructor(private readonly origin: PresentNetwork) {
    this.items = new Map(origin.interfaces);
    this.defaultGatewayLinkId = origin.defaultGatewayLinkId;
  }

  /** The network with all changes so far. */
  finish(): PresentNetwork {
    const { bootInterfaceId, bridgeTakesLinks } = this.origin;
    return {
      interfaces: this.items,
      ...(bootInterfaceId === undefined ? {} : { bootInterfaceId }),
      ...(this.defaultGatewayLinkId === undefined ? {} : { defaultGatewayLinkId: this.defaultGatewayLinkId }),
      bridgeTakesLinks,
    };
  }

  get bridgeTakesLinks(): boolean {
    return this.origin.bridgeTakesLinks;
  }

  find(name: string): PresentInterface | undefined {
    return this.items.get(name);
  }

  /** All interfaces. */
  all(): PresentInterface[] {
    return [...this.items.values()];
  }

  /** The interfaces directly above one. */
  childrenOf(name: string): PresentInterface[] {
    return this.all().filter((item) => item.parents.includes(name));
  }

  /** The bond that a NIC is a member of. */
  bondOf(name: string): PresentInterface | undefined {
    return this.childrenOf(name).find((item) => item.type === "bond");
  }

  /** The bridge on an interface. */
  bridgeOn(name: string): PresentInterface | undefined {
    return this.childrenOf(name).find((item) => item.type === "bridge");
  }

  /** Whether an interface is, or sits directly or indirectly on, another. */
  sitsOn(name: string, lower: string): boolean {
    return name === lower || (this.items.get(name)?.parents ?? []).some((parent) => this.sitsOn(parent, lower));
  }

  /** Changes fields of an interface; relatives are not touched. */
  patch(name: string, fields: Partial<PresentInterface>): void {
    const item = this.items.get(name);
    if (item !== undefined) this.items.set(name, { ...item, ...fields });
  }

  add(item: Omit<PresentInterface, "id">): void {
    const id = Math.min(0, ...this.all().map((other) => other.id)) - 1;
    this.items.set(item.name, { id, ...item });
  }

  /** Takes an interface and all above it away; what was below keeps its VLAN and MTU. */
  remove(name: string): void {
    for (const child of this.childrenOf(name)) this.remove(child.name);
    this.dropLinks(name);
    this.items.delete(name);
  }

  /** Gives an interface another name; relatives follow. */
  rename(name: string, to: string): void {
    const item = this.items.get(name);
    if (item === undefined || name === to) return;
    for (const child of this.childrenOf(name))
      this.patch(child.name, { parents: child.parents.map((parent) => (parent === name ? to : parent)).sort() });
    this.items.delete(name);
    this.items.set(to, { ...item, name: to });
  }

  /** Takes all links off without putting a LINK_UP in their place. */
  dropLinks(name: string): void {
    const links = this.items.get(name)?.links ?? [];
    if (links.length === 0) return;
    if (links.some((link) => link.id === this.defaultGatewayLinkId)) this.defaultGatewayLinkId = undefined;
    this.patch(name, { links: [] });
  }

  /** Saving an interface saves all above it, and a bridge that is saved takes the links off what it sits on. */
  saved(name: string): void {
    for (const item of this.all())
      if (item.type === "bridge" && this.sitsOn(item.name, name)) for (const port of item.parents) this.dropLinks(port);
  }

  /** Moves all links, ids and default gateway included, from one interface to another that has none. */
  moveLinks(from: string, to: string): void {
    this.patch(to, { links: this.items.get(from)?.links ?? [] });
    this.patch(from, { links: [] });
  }

  /** Adds a link; a LINK_UP gives way to it. Returns the link's id. */
  addLink(name: string, link: NewLink): number {
    const id = Math.min(0, ...this.all().flatMap((item) => item.links.map((other) => other.id))) - 1;
    const links = (this.items.get(name)?.links ?? []).filter((other) => other.mode !== "LINK_UP");
    this.patch(name, { links: [...links, { id, ...link }] });
    return id;
  }

  /** Removes one link; the last one leaves a LINK_UP. */
  removeLink(name: string, id: number): void {
    const links = (this.items.get(name)?.links ?? []).filter((link) => link.id !== id);
    if (id === this.defaultGatewayLinkId) this.defaultGatewayLinkId = undefined;
    this.patch(name, { links });
    if (links.length === 0) this.addLink(name, { mode: "LINK_UP" });
  }

  setDefaultGateway(linkId: number | undefined): void {
    this.defaultGatewayLinkId = linkId;
  }

  /** Puts an interface on a VLAN, or on none. */
  setVlan(name: string, vlan: VlanReference | undefined): void {
    const item = this.items.get(name);
    if (item === undefined) return;
    const { vlan: _former, ...rest } = item;
    this.items.set(name, vlan === undefined ? rest : { ...rest, vlan });
  }

  /**
   * Sets the MTU of an interface. Interfaces above that have a bigger one come down to it; interfaces below that have a smaller one
   * or none are raised to it; both go on from there.
   */
  setMtu(name: string, mtu: number): void {
    const item = this.items.get(name);
    if (item === undefined || item.mtu === mtu) return;
    this.patch(name, { mtu });
    this.saved(name);
    for (const child of this.childrenOf(name))
      if (child.mtu !== undefined && child.mtu > mtu) this.setMtu(child.name, mtu);
    for (const parent of item.parents) if ((this.items.get(parent)?.mtu ?? 0) < mtu) this.setMtu(parent, mtu);
  }

  /** Removes the MTU of an interface; relatives keep theirs. */
  clearMtu(name: string): void {
    const item = this.items.get(name);
    if (item === undefined) return;
    const { mtu: _former, ...rest } = item;
    this.items.set(name, rest);
  }

  /** Sets a MAC address; VLAN interfaces above follow, bridges keep theirs. */
  setMacAddress(name: string, macAddress: string): void {
    this.patch(name, { macAddress });
    for (const child of this.childrenOf(name)) if (child.type === "vlan") this.setMacAddress(child.name, macAddress);
  }
}
