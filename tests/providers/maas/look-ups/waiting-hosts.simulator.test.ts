import assert from "node:assert/strict";
import { type HostWish, lookUpWaitingHosts } from "../../../../providers/maas/look-ups/waiting-hosts";
import { storageLayoutKind } from "../../../../providers/maas/storage-layout-resource";
import { hostRegion } from "../host-region";
import { fourNic, hostUp, withField } from "../hosts";

describe("looking up which hosts wait for their machines (simulated MAAS)", () => {
  const maas = hostRegion();
  const address = () => ({ url: maas.simulator.url, apiKey: maas.simulator.apiKey });
  const wish = (changes: Partial<HostWish> = {}): HostWish => ({
    name: "first",
    find: { hostname: "worker-1" },
    interfaces: fourNic as unknown as HostWish["interfaces"],
    storage: {},
    ...changes,
  });
  const otherNetwork = {
    interfaces: withField(fourNic, "bond_mgmt.10", { mtu: 1400 }) as unknown as HostWish["interfaces"],
  };
  const otherLayout = { storage: { layout: "lvm" } };
  const waiting = async (...wishes: HostWish[]): Promise<readonly string[]> => {
    const found = await lookUpWaitingHosts(address(), wishes);
    assert.ok(found.ok);
    return found.names;
  };

  /** Takes a machine as Palette does: MAAS then gives it its filesystems. */
  async function allocate(systemId: string): Promise<void> {
    const request = {
      method: "POST",
      path: "machines/",
      query: { op: "allocate" },
      form: { system_id: systemId },
    } as const;
    await maas.command().link.client.machines.change(systemId, request);
  }

  it("names a host in use that is other than wished for, in its network or its storage layout; no other", async () => {
    const { machine } = await hostUp(maas.command(), "worker-1");
    await maas.command().up(storageLayoutKind, { machine: machine.id });
    assert.deepEqual(await waiting(wish(otherNetwork), wish(otherLayout)), [], "a Ready machine is changed at once");
    await allocate(machine.id);
    maas.simulator.setMachineStatus("worker-1", "deployed");
    assert.deepEqual(await waiting(wish()), []);
    const elsewhere = wish({ name: "second", find: { hostname: "worker-2" }, ...otherNetwork });
    assert.deepEqual(await waiting(wish(otherNetwork), elsewhere), ["first"]);
    assert.deepEqual(await waiting(wish(otherLayout)), ["first"]);
  });

  it("only reads, and says nothing of a host that MAAS does not have", async () => {
    assert.deepEqual(await waiting(wish({ find: { hostname: "nobody" } })), []);
    assert.equal(maas.writes(), 0);
  });

  it("tells why it does not know", async () => {
    const found = await lookUpWaitingHosts({ ...address(), url: "http://127.0.0.1:1/MAAS" }, [wish()]);
    assert.match(found.ok ? "" : found.reason, /127\.0\.0\.1:1.*ECONNREFUSED/s);
  });
});
