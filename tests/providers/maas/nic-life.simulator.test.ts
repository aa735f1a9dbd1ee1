import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { hostNetworkKind } from "../../../providers/maas/host-network-resource";
import { fourNic, hostArgs, hostDown, hostUp, makeSite, withField } from "./hosts";
import { region } from "./region";

/** The four-NIC worker after `enp1s1` was renamed, as a newer kernel does it with the ports of some NICs. */
function withRenamedNic(): PlainObject {
  const { enp1s1, ...others } = fourNic;
  return withField({ ...others, enp1s1np0: enp1s1 as PlainObject }, "bond_data", { parents: ["enp1s1np0", "enp2s1"] });
}

describe("NICs that are renamed or swapped (simulated MAAS)", () => {
  const maas = region();
  beforeEach(async () => {
    maas.simulator.reset();
    await makeSite(maas.command());
  });

  const writes = (): string[] =>
    maas.simulator.requests
      .list()
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path}`);
  const nicsOf = async (id: string) => (await maas.command().link.client.machines.read(id))?.interface_set ?? [];
  async function nic(id: string, name: string) {
    const found = (await nicsOf(id)).find((item) => item.name === name);
    return found ?? assert.fail(`no ${name}`);
  }
  async function rename(id: string, from: string, to: string): Promise<void> {
    const { id: number } = await nic(id, from);
    const path = `nodes/${id}/interfaces/${number}/`;
    await maas.command().link.client.machines.change(id, { method: "PUT", path, form: { name: to } });
  }

  it("shows a renamed NIC as a difference, and writes nothing once the description names it", async () => {
    const host = await hostUp(maas.command(), "worker-1");
    await rename(host.machine.id, "enp1s1", "enp1s1np0");
    const seen = await maas.command().refresh(hostNetworkKind, host.network);
    assert.ok(seen);
    const before = hostArgs(host.machine).network;
    assert.equal((await maas.command().diff(hostNetworkKind, seen, before)).changes, true);
    const after = hostArgs(host.machine, withRenamedNic()).network;
    assert.equal((await maas.command().diff(hostNetworkKind, seen, after)).changes, true);
    maas.simulator.requests.clear();
    const updated = await maas.command().update(hostNetworkKind, seen, after);
    assert.deepEqual(writes(), []);
    const clean = await maas.command().refresh(hostNetworkKind, updated);
    assert.ok(clean);
    assert.equal((await maas.command().diff(hostNetworkKind, clean, after)).changes, false);
  });

  it("names the NICs that a machine has when the description still has the old name", async () => {
    const host = await hostUp(maas.command(), "worker-1");
    await rename(host.machine.id, "enp1s1", "enp1s1np0");
    const changed = hostArgs(host.machine, withField(fourNic, "br0", { bridge: { forwardDelay: 4 } })).network;
    await assert.rejects(maas.command().update(hostNetworkKind, host.network, changed), /worker-1.*enp1s1/s);
  });

  it("restores what it can of a machine whose NIC was renamed", async () => {
    const host = await hostUp(maas.command(), "worker-1");
    await rename(host.machine.id, "enp1s1", "enp1s1np0");
    await hostDown(maas.command(), host);
    const left = await nicsOf(host.machine.id);
    assert.deepEqual(
      left.map(({ type }) => type),
      left.map(() => "physical"),
      "no bond, bridge or VLAN interface is left",
    );
  });

  it("puts a swapped NIC of the same name back into its bond, whatever its MAC address", async () => {
    const host = await hostUp(maas.command(), "worker-1");
    const { id } = host.machine;
    const old = await nic(id, "enp2s1");
    const { machines } = maas.command().link.client;
    const path = `nodes/${id}/interfaces/${old.id}/`;
    await machines.change(id, { method: "DELETE", path });
    await machines.change(id, {
      method: "POST",
      path: `nodes/${id}/interfaces/`,
      query: { op: "create_physical" },
      form: { name: "enp2s1", mac_address: "52:54:00:99:99:01", vlan: old.vlan?.id ?? 0 },
    });
    const args = hostArgs(host.machine).network;
    const seen = await maas.command().refresh(hostNetworkKind, host.network);
    assert.ok(seen);
    assert.equal((await maas.command().diff(hostNetworkKind, seen, args)).changes, true, "the swap is seen");
    const healed = await maas.command().update(hostNetworkKind, seen, args);
    assert.deepEqual((await nic(id, "bond_data")).parents.toSorted(), ["enp1s1", "enp2s1"]);
    const clean = await maas.command().refresh(hostNetworkKind, healed);
    assert.ok(clean);
    assert.equal((await maas.command().diff(hostNetworkKind, clean, args)).changes, false);
    await hostDown(maas.command(), { ...host, network: healed });
    assert.equal((await nic(id, "enp2s1")).mac_address, "52:54:00:99:99:01", "the new NIC stays");
  });
});
