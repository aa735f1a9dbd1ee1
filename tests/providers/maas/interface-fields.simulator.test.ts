import assert from "node:assert/strict";
import { z } from "zod";
import type { MaasClient } from "../../../providers/maas/client/client";
import { hostInterfacesSchema } from "../../../providers/maas/host-network/host-interfaces-schema";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { hostRegion } from "./host-region";
import { fabric, hostArgs, hostUp } from "./hosts";
import { interfaceFieldCases, type InterfaceByHand, type InterfaceIds, wholeHost } from "./interface-field-cases";

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  const?: unknown;
  additionalProperties?: JsonSchema;
}

/** Every field that an interface can have, as `bond.bond.mode`, and of its links, as `link.mode`. */
function fieldsOfSchema(): Set<string> {
  const schema = z.toJSONSchema(hostInterfacesSchema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const types = schema.additionalProperties?.oneOf ?? schema.additionalProperties?.anyOf ?? [];
  const fields = new Set<string>();
  for (const { properties = {} } of types) {
    const type = String(properties["type"]?.const);
    for (const [name, property] of Object.entries(properties)) {
      if (name === "type") continue;
      if (name === type && type !== "vlan")
        for (const part of Object.keys(property.properties ?? {})) fields.add(`${type}.${name}.${part}`);
      else fields.add(`${type}.${name}`);
      const links = name === "links" ? (property.items?.oneOf ?? property.items?.anyOf ?? []) : [];
      for (const link of links) for (const part of Object.keys(link.properties ?? {})) fields.add(`link.${part}`);
    }
  }
  return fields;
}

describe("every field of an interface (simulated MAAS)", () => {
  const maas = hostRegion();

  beforeEach(async () => {
    const { client } = maas.command().link;
    const subnet = await client.subnets.find(({ cidr }) => cidr === "172.16.0.0/22");
    await client.subnets.update(String(subnet?.id ?? 0), { gateway_ip: "172.16.0.1" });
  });

  it("is in the table", () => {
    assert.deepEqual(interfaceFieldCases.map(({ field }) => field).sort(), [...fieldsOfSchema()].sort());
  });

  async function doByHand(client: MaasClient, id: string, { on, form, operation: op }: InterfaceByHand): Promise<void> {
    const machine = await client.machines.read(id);
    const vlans = (await client.fabrics.list()).find(({ name }) => name === fabric)?.vlans ?? [];
    const find = (name: string) => machine?.interface_set.find((item) => item.name === name);
    const ids: InterfaceIds = {
      interface: (name) => find(name)?.id ?? 0,
      vlan: (vid) => vlans.find((vlan) => vlan.vid === vid)?.id ?? 0,
      link: (name) => find(name)?.links[0]?.id ?? 0,
    };
    const request = { path: `nodes/${id}/interfaces/${ids.interface(on)}/`, form: form(ids) };
    if (op === undefined) await client.machines.change(id, { method: "PUT", ...request });
    else await client.machines.change(id, { method: "POST", query: { op }, ...request });
  }

  for (const { field, byHand, to } of interfaceFieldCases) {
    it(`${field}: shows when it is changed by hand, and is healed`, async () => {
      const host = await hostUp(maas.command(), "worker-1", wholeHost);
      const args = hostArgs(host.machine, wholeHost).network;
      await maas.clean(host.network, args);
      for (const step of byHand) await doByHand(maas.command().link.client, host.machine.id, step);
      const seen = await maas.command().refresh(hostNetworkKind, host.network);
      assert.ok(seen);
      assert.equal((await maas.command().diff(hostNetworkKind, seen, args)).changes, true, "the drift does not show");
      await maas.clean(await maas.command().update(hostNetworkKind, seen, args), args);
    });

    it(`${field}: is changed as the program says`, async () => {
      const host = await hostUp(maas.command(), "worker-1", wholeHost);
      const args = hostArgs(host.machine, to).network;
      assert.equal((await maas.command().diff(hostNetworkKind, host.network, args)).changes, true);
      await maas.clean(await maas.command().update(hostNetworkKind, host.network, args), args);
    });
  }
});
