import type { PresentNetwork } from "../../../../providers/maas/host-network/present-network";

/** A network as plain data without ids: two that are equal here look the same to everybody but MAAS's own tables. */
export function withoutIds(network: PresentNetwork): Record<string, unknown> {
  const gateway = network.defaultGatewayLinkId;
  const entries = [...network.interfaces.values()].map(({ id: _id, links, ...item }): [string, unknown] => [
    item.name,
    {
      ...item,
      links: links
        .filter((link) => link.mode !== "LINK_UP")
        .map(({ id, ...link }) => ({ ...link, gateway: id === gateway })),
    },
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
