import fc from "fast-check";
import { applyCall } from "../../../../providers/maas/host-network/apply-call";
import type { Call } from "../../../../providers/maas/host-network/call";
import { checkHostInterfaces } from "../../../../providers/maas/host-network/check-host-interfaces";
import type {
  BondParameters,
  HostInterface,
  HostInterfaces,
  HostLink,
} from "../../../../providers/maas/host-network/host-interface";
import type { PresentInterface, PresentNetwork } from "../../../../providers/maas/host-network/present-network";
import { BOND, BRIDGE, SUBNETS, vlan, withRealIds } from "./networks";

/** How large random networks get. */
export interface Size {
  nics: number;
  bonds: number;
  bridges: number;
  vlans: number;
}

const LACP: BondParameters = BOND;
const BACKUP: BondParameters = { ...BOND, mode: "active-backup" };

/** The MTUs of a network: 1500 everywhere, none, mixed but everywhere, or on some interfaces only. */
export type Mtus = "same" | "none" | "mixed" | "some";

const MTUS: Record<Mtus, readonly (number | undefined)[]> = {
  same: [1500],
  none: [undefined],
  mixed: [1500, 1500, 9000],
  some: [undefined, 1500, 9000],
};

function drawMtus(mtus: Mtus, draw: Draw): () => number | undefined {
  return () => pick(MTUS[mtus], draw);
}

/** A random description that contradicts nothing. */
export function arbitraryWanted(size: Size, mtus: Mtus): fc.Arbitrary<HostInterfaces> {
  return seeds()
    .map((seed) => buildWanted(size, drawFrom(seed), mtus))
    .filter((wanted) => checkHostInterfaces(wanted).length === 0);
}

/** What an earlier, interrupted or foreign hand may have left: random calls on NICs that nothing was done to. */
export function arbitraryPresent(size: Size, mtus: Mtus, edits = 9): fc.Arbitrary<PresentNetwork> {
  return seeds().map((seed) => {
    const draw = drawFrom(seed);
    const mtu = drawMtus(mtus, draw);
    let network = freshNics(size.nics, draw, mtu);
    const count = edits === 0 ? 0 : draw(edits);
    for (let edit = 0; edit < count; edit += 1) {
      const outcome = applyCall(randomCall(network, size, draw, mtu), network);
      if (outcome.network !== undefined) network = outcome.network;
    }
    return withRealIds(network);
  });
}

type Draw = (below: number) => number;

/** Networks are too entangled to be made smaller piece by piece: a seed says it all. */
function seeds(): fc.Arbitrary<number> {
  return fc.noShrink(fc.nat({ max: 0x7fffffff }));
}

/** A small generator of pseudo-random numbers (xorshift). */
function drawFrom(seed: number): Draw {
  let state = seed ^ 0x9e3779b9;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function pick<Value>(values: readonly Value[], draw: Draw): Value {
  const value = values[draw(values.length)];
  if (value === undefined && values.length === 0) throw new Error("nothing to pick from");
  return value as Value;
}

function freshNics(count: number, draw: Draw, mtuOf: () => number | undefined): PresentNetwork {
  const nics = Array.from({ length: count }, (_, index): PresentInterface => {
    const on = pick([undefined, vlan(10), { fabric: "elsewhere", vid: 0 }, vlan(0), vlan(0), vlan(0), vlan(0)], draw);
    const enabled = draw(15) > 0;
    const mtu = mtuOf();
    const linked = index === 0 && on?.fabric === "datacenter" && on.vid === 0;
    return {
      id: index + 1,
      name: `n${index + 1}`,
      type: "physical",
      macAddress: `52:54:00:00:00:0${index + 1}`,
      ...(on === undefined ? {} : { vlan: on }),
      ...(mtu === undefined ? {} : { mtu }),
      enabled,
      tags: [],
      parents: [],
      links:
        !enabled || on === undefined
          ? []
          : [linked ? { id: 1, mode: "AUTO", subnet: SUBNETS[0] } : { id: index + 1, mode: "LINK_UP" }],
    };
  });
  return {
    interfaces: new Map(nics.map((nic) => [nic.name, nic])),
    bootInterfaceId: 1,
    bridgeTakesLinks: draw(8) === 0,
  };
}

const NAMES = { bond: ["b1", "b2"], bridge: ["r1", "r2"], vlan: ["v1", "v2", "v3"] };

function buildWanted(size: Size, draw: Draw, mtus: Mtus): HostInterfaces {
  const wanted: Record<string, HostInterface> = {};
  const mtuOf = drawMtus(mtus, draw);
  const mtu = () => {
    const value = mtuOf();
    return value === undefined ? {} : { mtu: value };
  };
  const nics = Array.from({ length: 1 + draw(size.nics) }, (_, index) => `n${index + 1}`);
  for (const name of nics)
    wanted[name] = { type: "physical", vlan: vlan(0), ...mtu(), enabled: true, links: links(draw, 0) };
  const bases = [...nics];
  for (const name of NAMES.bond.slice(0, draw(size.bonds + 1))) {
    const members = bases.filter(() => draw(2) === 0).filter((item) => nics.includes(item));
    if (members.length === 0) continue;
    for (const member of members) {
      bases.splice(bases.indexOf(member), 1);
      wanted[member] = { ...(wanted[member] as HostInterface), links: [] };
    }
    const bond = pick([LACP, BACKUP], draw);
    wanted[name] = { type: "bond", vlan: vlan(0), ...mtu(), parents: members, bond, tags: [], links: links(draw, 0) };
    bases.push(name);
  }
  const ports = [...bases];
  for (const name of NAMES.bridge.slice(0, draw(size.bridges + 1))) {
    if (ports.length === 0) break;
    const [port = ""] = ports.splice(draw(ports.length), 1);
    wanted[port] = { ...(wanted[port] as HostInterface), links: [] };
    wanted[name] = {
      type: "bridge",
      vlan: vlan(0),
      ...mtu(),
      parents: [port],
      bridge: BRIDGE,
      tags: [],
      links: links(draw, 0),
    };
    bases.push(name);
  }
  for (const name of NAMES.vlan.slice(0, draw(size.vlans + 1))) {
    const vid = pick([10, 20], draw);
    wanted[name] = {
      type: "vlan",
      vlan: vlan(vid),
      ...mtu(),
      parents: [pick(bases, draw)],
      tags: [],
      links: links(draw, vid),
    };
  }
  if (draw(2) === 0) giveDefaultGateway(wanted, draw);
  return wanted;
}

function links(draw: Draw, vid: number): HostLink[] {
  const subnet = SUBNETS[vid / 10] ?? SUBNETS[0];
  return draw(2) === 0 ? [] : [{ mode: "AUTO", subnet, defaultGateway: false }];
}

function giveDefaultGateway(wanted: Record<string, HostInterface>, draw: Draw): void {
  const holders = Object.entries(wanted).filter(([, item]) => item.links.length > 0);
  if (holders.length === 0) return;
  const [name, item] = pick(holders, draw);
  wanted[name] = { ...item, links: item.links.map((link) => ({ ...link, defaultGateway: true })) };
}

function randomCall(network: PresentNetwork, size: Size, draw: Draw, mtuOf: () => number | undefined): Call {
  const all = [...network.interfaces.values()];
  const nics = all.filter((item) => item.type === "physical").map((item) => item.name);
  const any = pick(all, draw);
  const name = (kind: "bond" | "bridge" | "vlan") => pick([...NAMES[kind], `x${kind}`], draw);
  const mtu = mtuOf();
  const common = { tags: [], ...(mtu === undefined ? {} : { mtu }) };
  const made = (type: string) => all.filter((item) => item.type === type).length;
  switch (draw(10)) {
    case 0:
    case 1:
      if (made("bond") >= size.bonds) break;
      return {
        operation: "create_bond",
        name: name("bond"),
        parents: pickSome(nics, draw),
        bond: pick([LACP, BACKUP], draw),
        ...common,
      };
    case 2:
      if (made("bridge") >= size.bridges) break;
      return { operation: "create_bridge", name: name("bridge"), parent: any.name, bridge: BRIDGE, ...common };
    case 3:
    case 4:
      if (made("vlan") >= size.vlans) break;
      return {
        operation: "create_vlan",
        name: name("vlan"),
        parent: any.name,
        vlan: vlan(pick([10, 20], draw)),
        ...common,
      };
    case 5:
      if (any.type !== "physical" && draw(3) === 0) return { operation: "delete", interface: any.name };
      break;
    case 6:
      return {
        operation: "update",
        interface: any.name,
        type: any.type,
        fields: { mtu: mtu ?? null },
        tags: any.tags,
      };
    case 7: {
      const bonds = all.filter((item) => item.type === "bond");
      if (bonds.length === 0) break;
      const bond = pick(bonds, draw);
      return {
        operation: "update",
        interface: bond.name,
        type: "bond",
        fields: { parents: pickSome(nics, draw) },
        tags: bond.tags,
      };
    }
    default:
  }
  const on = any.vlan ?? vlan(0);
  return {
    operation: "link_subnet",
    interface: any.name,
    mode: "AUTO",
    subnet: SUBNETS[on.vid / 10] ?? SUBNETS[0],
    vlan: on,
    defaultGateway: draw(3) === 0,
  };
}

function pickSome(names: readonly string[], draw: Draw): string[] {
  const some = names.filter(() => draw(2) === 0);
  return some.length === 0 ? names.slice(0, 1) : some;
}
