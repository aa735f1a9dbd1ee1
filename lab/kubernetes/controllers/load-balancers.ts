import { Netmask } from "netmask";
import { fieldOf, listOf, textMapOf, textOf, type KubernetesObject } from "../objects";
import { exactly, type Plan, type Step } from "./plan";
import type { Snapshot } from "./snapshot";

const ADDRESS_ANNOTATIONS = ["metallb.io/loadBalancerIPs", "metallb.universe.tf/loadBalancerIPs"];
const POOL_ANNOTATIONS = ["metallb.io/address-pool", "metallb.universe.tf/address-pool"];

/** MetalLB: each Service of type LoadBalancer gets an address of a pool; one that asks for an address gets that one. */
export function planLoadBalancers(snapshot: Snapshot): Plan {
  const services = snapshot.all("Service").filter((service) => textOf(service, "spec", "type") === "LoadBalancer");
  const taken = new Set(services.flatMap((service) => addressOf(service) ?? []));
  const steps = services.flatMap((service): Step[] => {
    if (addressOf(service) !== undefined) return [];
    const address = chooseAddress(snapshot.all("IPAddressPool"), service, taken);
    if (address === undefined) return [];
    taken.add(address);
    const status = { loadBalancer: { ingress: [{ ip: address, ipMode: "VIP" }] } };
    return [{ do: "merge-status", target: exactly(service), status, manager: "metallb-controller" }];
  });
  return { steps };
}

function addressOf(service: KubernetesObject): string | undefined {
  return textOf(listOf(service, "status", "loadBalancer", "ingress")[0], "ip");
}

function chooseAddress(
  pools: KubernetesObject[],
  service: KubernetesObject,
  taken: ReadonlySet<string>,
): string | undefined {
  const annotations = textMapOf(service, "metadata", "annotations");
  const annotated = (names: string[]) => names.flatMap((name) => annotations[name] ?? [])[0];
  const wishedPool = annotated(POOL_ANNOTATIONS);
  const candidates = pools.filter((pool) =>
    wishedPool === undefined ? fieldOf(pool, "spec", "autoAssign") !== false : pool.metadata.name === wishedPool,
  );
  const wished = annotated(ADDRESS_ANNOTATIONS) ?? textOf(service, "spec", "loadBalancerIP");
  for (const pool of candidates) {
    for (const address of poolAddresses(pool)) {
      if (!taken.has(address) && (wished === undefined || address === wished)) return address;
    }
  }
  return undefined;
}

/** The IPv4 addresses of a pool, in order; ranges and networks. */
function* poolAddresses(pool: KubernetesObject): Generator<string> {
  for (const entry of listOf(pool, "spec", "addresses")) {
    if (typeof entry !== "string") continue;
    const [first = "", last = first] = entry.includes("/")
      ? networkEnds(entry)
      : entry.split("-").map((part) => part.trim());
    for (let number = toNumber(first); number <= toNumber(last); number += 1) yield toAddress(number);
  }
}

function networkEnds(cidr: string): [string, string] {
  const network = new Netmask(cidr);
  return [network.base, toAddress(toNumber(network.base) + network.size - 1)];
}

function toNumber(address: string): number {
  return address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function toAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
