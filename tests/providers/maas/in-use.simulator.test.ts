import assert from "node:assert/strict";
import { InputError } from "../../../providers/dynamic/errors";
import { dnsRecordKind } from "../../../providers/maas/dns-record";
import { domainKind } from "../../../providers/maas/domain";
import { fabricKind } from "../../../providers/maas/fabric";
import { ipRangeKind } from "../../../providers/maas/ip-range";
import { resourcePoolKind } from "../../../providers/maas/resource-pool";
import { spaceKind } from "../../../providers/maas/space";
import { subnetKind } from "../../../providers/maas/subnet";
import { vlanKind } from "../../../providers/maas/vlan";
import { zoneKind } from "../../../providers/maas/zone";
import { type Command, type Kept, region } from "./region";

describe("deleting what is in use (simulated MAAS)", () => {
  const maas = region();
  beforeEach(() => maas.simulator.reset());

  /** The system id of a seeded machine. */
  async function machine(command: Command, hostname: string): Promise<string> {
    const found = (await command.link.client.machines.list()).find((candidate) => candidate.hostname === hostname);
    assert.ok(found);
    return found.system_id;
  }

  async function refusal(work: Promise<void>): Promise<string> {
    let message = "";
    await assert.rejects(work, (failure) => {
      assert.ok(failure instanceof InputError, String(failure));
      message = failure.message;
      return true;
    });
    return message;
  }

  for (const [title, kind, field] of [
    ["Resource pool", resourcePoolKind, "pool"],
    ["Zone", zoneKind, "zone"],
  ] as const) {
    it(`${title}: names the machines in it, and leaves it`, async () => {
      const command = maas.command();
      const kept = await command.up(kind, { name: "busy" });
      await command.link.client.machines.update(await machine(command, "worker-1"), { [field]: "busy" });
      const message = await refusal(maas.command().destroy(kind, kept));
      assert.match(message, new RegExp(`${title} "busy" is still in use.*worker-1`));
      assert.ok(await maas.command().refresh(kind, kept));
    });
  }

  it("DNS domain: names machines and records, where MAAS only answers 500", async () => {
    const command = maas.command();
    const kept = await command.up(domainKind, { name: "busy.test" });
    await command.up(dnsRecordKind, { name: "api", domain: "busy.test", addresses: ["10.200.0.1"] });
    await command.link.client.machines.update(await machine(command, "cp-1"), { domain: "busy.test" });
    assert.match(
      await refusal(maas.command().destroy(domainKind, kept)),
      /machines cp-1 and DNS records api\.busy\.test/,
    );
  });

  it("space: names the VLANs in it, which MAAS would leave without one", async () => {
    const command = maas.command();
    const kept = await command.up(spaceKind, { name: "busy" });
    await command.up(vlanKind, { fabric: "fabric-0", vid: 10, space: "busy" });
    assert.match(await refusal(maas.command().destroy(spaceKind, kept)), /fabric-0\/10/);
  });

  it("VLAN: names interfaces and subnets, which MAAS would delete or move", async () => {
    const command = maas.command();
    const kept = await command.up(vlanKind, { fabric: "fabric-0", vid: 10 });
    await command.up(subnetKind, { cidr: "10.1.0.0/24", fabric: "fabric-0", vid: 10 });
    const systemId = await machine(command, "worker-1");
    const found = await command.link.client.machines.get(systemId);
    const nic = found?.interface_set.find(({ name }) => name === "enp1s0");
    await command.link.client.machines.change(systemId, {
      method: "POST",
      path: `nodes/${systemId}/interfaces/`,
      query: { op: "create_vlan" },
      form: { parent: nic?.id, vlan: kept.id },
    });
    const message = await refusal(maas.command().destroy(vlanKind, kept));
    assert.match(message, /worker-1 enp1s0\.10/);
    assert.match(message, /10\.1\.0\.0\/24/);
  });

  it("subnet: names the interfaces linked to it, which MAAS would unlink, of deployed machines too", async () => {
    const command = maas.command();
    const kept = await command.up(subnetKind, { cidr: "10.1.0.0/24", fabric: "fabric-0", vid: 0 });
    const systemId = await machine(command, "worker-1");
    const found = await command.link.client.machines.get(systemId);
    const nic = found?.interface_set.find(({ name }) => name === "enp1s0");
    await command.link.client.machines.change(systemId, {
      method: "POST",
      path: `nodes/${systemId}/interfaces/${nic?.id ?? 0}/`,
      query: { op: "link_subnet" },
      form: { mode: "AUTO", subnet: "cidr:10.1.0.0/24" },
    });
    maas.simulator.setMachineStatus("worker-1", "deployed");
    assert.match(await refusal(maas.command().destroy(subnetKind, kept)), /worker-1 enp1s0/);
  });

  it("fabric: names its subnets with MAAS's own words", async () => {
    const command = maas.command();
    const kept = await command.up(fabricKind, { name: "busy" });
    await command.up(subnetKind, { cidr: "10.1.0.0/24", fabric: "busy", vid: 0 });
    assert.match(await refusal(maas.command().destroy(fabricKind, kept)), /10\.1\.0\.0\/24.*MAAS says/);
  });

  it("IP range: names the ranges that it would overlap", async () => {
    const command = maas.command();
    await command.up(ipRangeKind, {
      subnet: "192.168.0.0/22",
      type: "reserved",
      start: "192.168.1.10",
      end: "192.168.1.20",
    });
    const overlapping = maas
      .command()
      .up(ipRangeKind, { subnet: "192.168.0.0/22", type: "reserved", start: "192.168.1.15", end: "192.168.1.30" });
    await assert.rejects(overlapping, /overlaps.*reserved 192\.168\.1\.10-192\.168\.1\.20/);
  });

  it("keeps other records of a name when its addresses go", async () => {
    const command = maas.command();
    const kept: Kept = await command.up(dnsRecordKind, { name: "www", domain: "maas", addresses: ["10.200.0.1"] });
    const text = await command.up(dnsRecordKind, { name: "www", domain: "maas", type: "TXT", data: "hello" });
    await maas.command().destroy(dnsRecordKind, kept);
    assert.ok(await maas.command().refresh(dnsRecordKind, text));
    await maas.command().destroy(dnsRecordKind, text);
    assert.equal(maas.simulator.store.site.dnsResources.length, 0);
  });
});
