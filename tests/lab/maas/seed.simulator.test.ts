import assert from "node:assert/strict";
import type { JsonValue } from "../../../lab/maas/json";
import { elements, member, RegionClient } from "./region-client";

function names(list: JsonValue | undefined): unknown[] {
  return elements(list).map((one) => member(one, "name"));
}

describe("The seed of the simulated region", () => {
  let region: RegionClient;
  let machines: JsonValue[];

  before(async () => {
    region = await RegionClient.start({});
    machines = elements((await region.get("/machines/")).body);
  });

  after(() => region.close());

  it("has 14 Ready machines in the order of their kinds", () => {
    const expected = [
      "cp-1",
      "cp-2",
      "cp-3",
      "cp-4",
      ...Array.from({ length: 9 }, (_, index) => `worker-${index + 1}`),
    ];
    assert.deepEqual(
      machines.map((machine) => member(machine, "hostname")),
      [...expected, "other-1"],
    );
    assert.ok(machines.every((machine) => member(machine, "status_name") === "Ready"));
  });

  it("gives control-plane machines two NICs and workers four, with the names of the reference architecture", () => {
    for (const machine of machines.slice(0, 4)) {
      assert.deepEqual(names(member(machine, "interface_set")), ["enp1s0", "enp2s0"]);
    }
    for (const machine of machines.slice(4, 13)) {
      assert.deepEqual(names(member(machine, "interface_set")), ["enp1s0", "enp2s0", "enp1s1", "enp2s1"]);
      assert.deepEqual(names(member(machine, "physicalblockdevice_set")), ["sda", "sdb", "sdc"]);
    }
  });

  it("boots all from one VLAN and has the other NICs on several fabrics or none", () => {
    const fabrics = new Set<unknown>();
    for (const machine of machines) {
      const [boot, ...others] = elements(member(machine, "interface_set"));
      assert.equal(member(member(boot, "vlan"), "fabric"), "fabric-0");
      assert.equal(member(elements(member(boot, "links"))[0], "mode"), "auto");
      for (const nic of others) fabrics.add(member(member(nic, "vlan") ?? null, "fabric") ?? null);
    }
    assert.deepEqual([...fabrics].map(String).sort(), ["fabric-0", "fabric-1", "fabric-2", "null"]);
  });

  it("gives every disk and NIC its own serial and MAC address", () => {
    const macs = machines.flatMap((machine) =>
      elements(member(machine, "interface_set")).map((nic) => member(nic, "mac_address")),
    );
    const serials = machines.flatMap((machine) =>
      elements(member(machine, "physicalblockdevice_set")).map((disk) => member(disk, "serial")),
    );
    assert.equal(new Set(macs).size, macs.length);
    assert.equal(new Set(serials).size, serials.length);
  });

  it("has what MAAS makes by itself, one foreign pool, images and disk erasing", async () => {
    assert.deepEqual(names((await region.get("/resourcepools/")).body), ["default", "other"]);
    assert.deepEqual(names((await region.get("/zones/")).body), ["default"]);
    assert.deepEqual(names((await region.get("/domains/")).body), ["maas"]);
    assert.deepEqual(names((await region.get("/fabrics/")).body), ["fabric-0", "fabric-1", "fabric-2"]);
    assert.deepEqual(names((await region.get("/subnets/")).body), ["192.168.0.0/22"]);
    assert.ok(names((await region.get("/boot-resources/")).body).includes("ubuntu/jammy"));
    assert.equal((await region.get("/boot-resources/?op=is_importing")).body, false);
    assert.equal((await region.get("/maas/?op=get_config&name=enable_disk_erasing_on_release")).body, true);
    const [rack] = elements((await region.get("/rackcontrollers/")).body);
    assert.equal(member(rack, "fqdn"), "maas-rack.maas");
  });

  it("has as many workers as are asked for", async () => {
    const large = await RegionClient.start({ seed: { workers: 300 } });
    const listed = elements((await large.get("/machines/")).body);
    assert.equal(listed.length, 305);
    assert.equal(new Set(listed.map((machine) => member(machine, "system_id"))).size, 305);
    await large.close();
  });
});
