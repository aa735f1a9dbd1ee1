import type { MaasClient } from "../../../../providers/maas/client/client";
import { defaultDomainKind } from "../../../../providers/maas/default-domain";
import { dnsRecordKind } from "../../../../providers/maas/dns-record";
import { domainKind } from "../../../../providers/maas/domain";
import { fabricKind } from "../../../../providers/maas/fabric";
import { subnetKind } from "../../../../providers/maas/subnet";
import { type InputCase, type KindCase, type Names, some } from "./kind-case";

/** Statuses of machines that come: New and Commissioning. */
const beginning: readonly number[] = [0, 1];

/** Domain, default domain, and both families of DNS records. */
export function dnsCases(names: Names): KindCase[] {
  const zone = names.domain("records");
  const key = (id: string): string => id.split(":")[1] ?? "";
  const identity: InputCase[] = [
    { input: "name", replaced: "another name is another record", unseen: "as above", to: { name: "other" } },
    {
      input: "domain",
      replaced: "another domain is another record",
      unseen: "as above",
      to: { domain: names.domain("another") },
    },
  ];
  return [
    {
      title: "DNS domain",
      kind: some(domainKind),
      args: { name: names.domain("own"), ttl: 300 },
      inputs: [
        {
          input: "name",
          byHand: (client, id) => client.domains.update(id, { name: names.domain("hand") }),
          to: { name: names.domain("other") },
        },
        {
          input: "authoritative",
          byHand: (client, id) => client.domains.update(id, { authoritative: false }),
          to: { authoritative: false },
        },
        { input: "ttl", byHand: (client, id) => client.domains.update(id, { ttl: 60 }), to: { ttl: null } },
      ],
    },
    {
      title: "default domain",
      kind: some(defaultDomainKind),
      // Whoever enlists a machine at that moment would get it into a domain of the test.
      impossible: async (client) => {
        const enlisting = (await client.machines.list()).filter(({ status }) => beginning.includes(status));
        return enlisting.length === 0
          ? undefined
          : `machines are being enlisted: ${enlisting.map(({ hostname }) => hostname).join(", ")}`;
      },
      before: [
        [some(domainKind), { name: names.domain("default") }],
        [some(domainKind), { name: names.domain("second") }],
      ],
      args: { domain: names.domain("default") },
      inputs: [
        {
          input: "domain",
          byHand: async (client) => client.setDefaultDomain(await domainId(client, names.domain("second"))),
          to: { domain: names.domain("second") },
        },
      ],
    },
    {
      title: "DNS record with addresses",
      kind: some(dnsRecordKind),
      // MAAS keeps the addresses of a record that is deleted until their subnet goes.
      before: [
        [some(domainKind), { name: zone }],
        [some(fabricKind), { name: names.of("dns-fabric") }],
        [some(subnetKind), { cidr: names.network(0), fabric: names.of("dns-fabric"), vid: 0 }],
      ],
      args: { name: "api", domain: zone, addresses: [names.address(0, 9), names.address(0, 10)], ttl: 60 },
      inputs: [
        {
          input: "addresses",
          byHand: (client, id) => client.dnsResources.update(key(id), { ip_addresses: names.address(0, 11) }),
          to: { addresses: [names.address(0, 12)] },
        },
        {
          input: "ttl",
          byHand: (client, id) => client.dnsResources.update(key(id), { address_ttl: 61 }),
          to: { ttl: null },
        },
        ...identity,
        {
          input: "type",
          replaced: "another type is another record",
          unseen: "MAAS does not change it",
          to: { type: "TXT", data: "x", addresses: [] },
        },
        { input: "data", unseen: "an A record has none" },
      ],
    },
    {
      title: "DNS record with data",
      kind: some(dnsRecordKind),
      before: [[some(domainKind), { name: zone }]],
      args: { name: "text", domain: zone, type: "TXT", data: "hello" },
      inputs: [
        {
          input: "data",
          byHand: (client, id) => client.dnsRecords.update(key(id), { rrdata: "by hand" }),
          to: { data: "other" },
        },
        { input: "ttl", byHand: (client, id) => client.dnsRecords.update(key(id), { ttl: 61 }), to: { ttl: 62 } },
        ...identity,
        {
          input: "type",
          replaced: "another type is another record",
          unseen: "MAAS does not change it",
          to: { type: "MX", data: "10 mail" },
        },
        { input: "addresses", unseen: "a TXT record has none" },
      ],
    },
  ];
}

async function domainId(client: MaasClient, name: string): Promise<number> {
  const found = await client.domains.find((domain) => domain.name === name, 0);
  if (found === undefined) throw new Error(`no domain ${name}`);
  return found.id;
}
