import assert from "node:assert/strict";
import fc from "fast-check";
import { machineKind } from "../../../../providers/maas/machine";
import { resolveVlans } from "../../../../providers/maas/network-references";
import { applyCall } from "../../../../providers/maas/host-network/apply-call";
import { callRequest } from "../../../../providers/maas/host-network/call-request";
import type { HostInterfaces, HostLink } from "../../../../providers/maas/host-network/host-interface";
import { planHostNetwork } from "../../../../providers/maas/host-network/plan-host-network";
import type { PresentNetwork } from "../../../../providers/maas/host-network/present-network";
import { readHostNetwork } from "../../../../providers/maas/host-network/read-host-network";
import { fabric, makeSite } from "../hosts";
import { region } from "../region";
import { arbitraryWanted } from "./arbitrary-networks";
import { SUBNETS, withoutIds } from "./networks";

const NICS = ["enp1s0", "enp1s1", "enp2s0", "enp2s1"];
const SIZE = { nics: 4, bonds: 2, bridges: 2, vlans: 3 };

/** A random description with the names that the lab's machines have. */
const wantedInTheLab = arbitraryWanted(SIZE, "some").map((wanted): HostInterfaces => {
  const text = NICS.reduce(
    (json, nic, index) => json.replaceAll(`"n${index + 1}"`, `"${nic}"`),
    JSON.stringify(wanted).replaceAll('"datacenter"', `"${fabric}"`),
  );
  const renamed = JSON.parse(text) as HostInterfaces;
  return Object.fromEntries(
    Object.entries(renamed).map(([name, item]) => [name, { ...item, links: item.links.map(withGateway) }]),
  );
});

/** Only the data subnet of the lab has a gateway. */
function withGateway(link: HostLink): HostLink {
  return { ...link, defaultGateway: link.defaultGateway && link.subnet === SUBNETS[2] };
}

describe("the model of MAAS against the lab, which was written apart from it", function () {
  this.timeout(60_000);
  const maas = region();

  it("agrees after every call of random plans", async () => {
    maas.simulator.reset();
    const command = maas.command();
    await makeSite(command);
    const { id: systemId } = await command.up(machineKind, { find: { hostname: "worker-1" } });
    const { machines } = command.link.client;
    const read = async (): Promise<PresentNetwork> =>
      readHostNetwork((await machines.read(systemId)) ?? assert.fail("the machine is gone"));

    let compared = 0;
    for (const wanted of fc.sample(wantedInTheLab, 30)) {
      const vlanId = await resolveVlans(command.link.client, wanted);
      let network = await read();
      for (const call of planHostNetwork(network, wanted)) {
        const interfaceId = (name: string) => network.interfaces.get(name)?.id ?? assert.fail(`no ${name}`);
        const { method, path, operation, form } = callRequest(call, { systemId, interfaceId, vlanId });
        await machines.change(systemId, {
          method,
          path,
          ...(operation === undefined ? {} : { query: { op: operation } }),
          ...(method === "DELETE" ? {} : { form }),
        });
        const expected = applyCall(call, network).network ?? assert.fail("refused");
        network = await read();
        assert.deepEqual(withoutIds(expected), withoutIds(network), JSON.stringify(call));
        compared += 1;
      }
      assert.deepEqual(planHostNetwork(network, wanted), []);
    }
    assert.ok(compared > 80, `only ${compared} calls were compared`);
  });
});
