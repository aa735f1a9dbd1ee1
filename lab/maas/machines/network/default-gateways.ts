import type { Store } from "../../store";
import type { AddressRecord, InterfaceRecord, MachineRecord } from "../model";
import { addressFamily, subnetById, vlanById } from "./subnets";

interface Candidate {
  ip: string;
  /** Lowest first. */
  rank: number[];
}

function typeRank(machine: MachineRecord, record: InterfaceRecord): number {
  switch (record.type) {
    case "bond":
    case "bridge":
      return 1;
    case "physical":
      return record.id === machine.bootInterfaceId ? 2 : 3;
    case "vlan":
      return 4;
  }
}

const ALLOCATION_RANK: Partial<Record<AddressRecord["allocationType"], number>> = {
  sticky: 1,
  user_reserved: 2,
  auto: 3,
};

function compare(a: Candidate, b: Candidate): number {
  const at = a.rank.findIndex((value, index) => value !== b.rank[index]);
  return at < 0 ? 0 : (a.rank[at] ?? 0) - (b.rank[at] ?? 0);
}

/** Gateways of the subnets that a machine's interfaces are linked to, best first. */
function candidates(store: Store, machine: MachineRecord): Candidate[] {
  const found = machine.interfaces.flatMap((record) =>
    record.addresses.flatMap((address) => {
      const rank = ALLOCATION_RANK[address.allocationType];
      if (rank === undefined || address.subnetId === null) return [];
      const subnet = subnetById(store, address.subnetId);
      if (subnet.gatewayIp === null || subnet.gatewayIp === "") return [];
      const managed = vlanById(store, subnet.vlanId).dhcpOn ? 0 : 1;
      return [{ ip: subnet.gatewayIp, rank: [managed, typeRank(machine, record), rank, record.id] }];
    }),
  );
  return found.sort(compare);
}

function chosen(store: Store, machine: MachineRecord, linkId: number | null): string | undefined {
  if (linkId === null) return undefined;
  const link = machine.interfaces.flatMap((each) => each.addresses).find((address) => address.id === linkId);
  if (link === undefined || link.subnetId === null) return undefined;
  const gateway = subnetById(store, link.subnetId).gatewayIp ?? "";
  return gateway === "" ? undefined : gateway;
}

/** The gateways that a machine will use: the one chosen, else the best guess, for each address family. */
export function defaultGateways(store: Store, machine: MachineRecord): { ipv4: string | null; ipv6: string | null } {
  const guesses = candidates(store, machine);
  const guess = (family: 4 | 6): string | undefined => guesses.find(({ ip }) => addressFamily(ip) === family)?.ip;
  return {
    ipv4: chosen(store, machine, machine.gatewayLinkIpv4Id) ?? guess(4) ?? null,
    ipv6: chosen(store, machine, machine.gatewayLinkIpv6Id) ?? guess(6) ?? null,
  };
}
