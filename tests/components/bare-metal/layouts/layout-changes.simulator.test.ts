import assert from "node:assert/strict";
import { hostLayout } from "../../../../components/bare-metal/layouts/host-layout";
import { type LayoutName, layouts } from "../../../../components/bare-metal/layouts/layout-table";
import type { PlainObject } from "../../../../providers/dynamic/plain";
import { networkDifferences } from "../../../../providers/maas/configure-network";
import { hostInterfacesSchema } from "../../../../providers/maas/host-network/host-interfaces-schema";
import { hostNetworkKind } from "../../../../providers/maas/host-network-resource";
import { machineKind } from "../../../../providers/maas/machine";
import { subnetKind } from "../../../../providers/maas/subnet";
import { vlanKind } from "../../../../providers/maas/vlan";
import { fabric, hostArgs, makeSite } from "../../../providers/maas/hosts";
import { region } from "../../../providers/maas/region";
import { raLayout } from "./networks";

/** Untagged PXE as in the tables of the reference architecture; tagged PXE on a VLAN and in a subnet of its own. */
const pxe = { untagged: { vlan: 0, cidr: "192.168.0.0/22" }, tagged: { vlan: 5, cidr: "192.168.4.0/22" } };

interface Variant {
  name: string;
  interfaces: PlainObject;
}

const variants = (Object.keys(layouts) as LayoutName[]).flatMap((layout) =>
  (["untagged", "tagged"] as const).map((tagging): Variant => {
    const args = raLayout(layout, { fabric });
    const networks = args.networks.map((network) =>
      network.role === "provisioning" ? { ...network, ...pxe[tagging] } : network,
    );
    const interfaces = hostLayout({ ...args, networks }) as unknown as PlainObject;
    return { name: `${layout} with ${tagging} PXE`, interfaces };
  }),
);

/** A way through the variants that goes from each to every other. */
const tour = variants.flatMap((one, index) => [one, ...variants.slice(index + 1).flatMap((other) => [other, one])]);

describe("the layouts on a Ready machine (simulated MAAS)", function () {
  this.timeout(300_000);
  const maas = region({ seed: { workers: 1 } });

  it("change from each to every other in place, and a second apply has nothing to do", async () => {
    const command = maas.command();
    await makeSite(command);
    await command.up(vlanKind, { fabric, vid: 5 });
    await command.up(vlanKind, { fabric, vid: 30, mtu: 9000 });
    await command.up(subnetKind, { cidr: pxe.tagged.cidr, fabric, vid: pxe.tagged.vlan });
    await command.up(subnetKind, { cidr: "10.130.0.0/24", fabric, vid: 30 });
    const machine = await command.up(machineKind, { find: { hostname: "worker-1" } });
    const path = `nodes/${machine.id}/interfaces/`;
    for (const [name, mac] of [
      ["enp1s2", "52:54:00:00:0b:05"],
      ["enp2s2", "52:54:00:00:0b:06"],
    ] as const) {
      const form = { name, mac_address: mac };
      await command.link.client.machines.change(machine.id, {
        method: "POST",
        path,
        query: { op: "create_physical" },
        form,
      });
    }

    let kept = await command.up(hostNetworkKind, hostArgs(machine, tour[0]?.interfaces).network);
    const nics = await physicalNics(machine.id);
    for (const [index, { name, interfaces }] of tour.entries()) {
      const step = `${tour[index - 1]?.name ?? "nothing"} to ${name}`;
      const args = hostArgs(machine, interfaces).network;
      kept = await command.update(hostNetworkKind, kept, args);
      assert.deepEqual(kept.state.pending, [], step);
      const seen = await maas.command().link.client.machines.read(machine.id);
      assert.ok(seen);
      assert.deepEqual(networkDifferences(seen, hostInterfacesSchema.parse(interfaces)), [], step);
      maas.simulator.requests.clear();
      kept = await command.update(hostNetworkKind, kept, args);
      const writes = maas.simulator.requests.list().filter(({ method }) => method !== "GET");
      assert.deepEqual(writes, [], `${step}, again`);
    }
    assert.deepEqual(await physicalNics(machine.id), nics, "NICs and boot interface");
  });

  async function physicalNics(systemId: string): Promise<unknown> {
    const machine = await maas.command().link.client.machines.read(systemId);
    const nics = machine?.interface_set.filter(({ type }) => type === "physical");
    return {
      boot: machine?.boot_interface?.id,
      nics: nics?.map(({ id, name, mac_address }) => [id, name, mac_address]),
    };
  }
});
