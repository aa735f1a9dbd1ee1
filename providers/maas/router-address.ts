import type { SubnetAnswer } from "./client/site-types";
import { compareAddresses } from "../../addressing/address";
import type { MaasConnection } from "./connection";
import { mark } from "./marker";

/** The comment of a reservation; with the marker, what it is recognised by. */
function commentFor(link: MaasConnection, subnet: SubnetAnswer): string {
  return mark(`Router of ${subnet.cidr}`, link.datacenter);
}

/**
 * Reserves a router's address before its gateway is removed from the subnet: the recorded gateway is all that keeps MAAS from handing
 * the address out. Nothing is needed where a range holds the address already, nor in a subnet that MAAS does not manage, where it
 * hands out addresses of reserved ranges only.
 */
export async function reserveRouter(link: MaasConnection, subnet: SubnetAnswer, router: string): Promise<void> {
  const ranges = await link.client.ipRanges.list(0);
  const held = ranges.some(
    (range) =>
      range.subnet.id === subnet.id &&
      compareAddresses(range.start_ip, router) <= 0 &&
      compareAddresses(router, range.end_ip) <= 0,
  );
  if (held) return;
  const comment = commentFor(link, subnet);
  await link.client.ipRanges.create(
    { subnet: subnet.id, type: "reserved", start_ip: router, end_ip: router, comment },
    (range) => range.start_ip === router && range.end_ip === router,
  );
}

/** Deletes the reservation that {@link reserveRouter} made, when the subnet has a gateway again. */
export async function releaseRouter(link: MaasConnection, subnet: SubnetAnswer): Promise<void> {
  const comment = commentFor(link, subnet);
  for (const range of await link.client.ipRanges.list())
    if (range.subnet.id === subnet.id && range.comment === comment) await link.client.ipRanges.remove(String(range.id));
}
