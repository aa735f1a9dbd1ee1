import { refusal } from "../../server/refusal";
import { nextFreeAddress } from "../../site/subnet-usage";
import type { Store } from "../../store";
import { subnetById } from "./subnets";

/**
 * The next free address of a subnet.
 *
 * @throws MaasRefusal 503 when none is left.
 */
export function freeAddress(store: Store, subnetId: number): string {
  const subnet = subnetById(store, subnetId);
  const address = nextFreeAddress(store, subnet);
  if (address === undefined) throw refusal(503, `No more IPs available in subnet: ${subnet.cidr}.`);
  return address;
}
