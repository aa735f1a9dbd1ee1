import assert from "node:assert/strict";
import type { JsonValue } from "../../../lab/maas/json";
import { SITE_NAMES, type SiteName } from "../../../lab/maas/seed/sites";
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

  it("boots all from one VLAN, where each boot NIC has a discovered address and an AUTO link", () => {
    for (const machine of machines) {
      const [boot] = elements(member(machine, "interface_set"));
      assert.equal(member(member(boot, "vlan"), "fabric"), "fabric-0");
      assert.equal(member(elements(member(boot, "links"))[0], "mode"), "auto");
      assert.equal(elements(member(boot, "discovered")).length, 1);
    }
  });

  it("has other NICs as commissioning leaves them: with a discovered address, on a fabric of their own, or without a cable", () => {
    const kinds = new Map<string, number>();
    const own = new Map<unknown, number>();
    for (const machine of machines) {
      for (const nic of elements(member(machine, "interface_set")).slice(1)) {
        const vlan = member(nic, "vlan") ?? null;
        const discovered = elements(member(nic, "discovered") ?? []).length;
        const links = elements(member(nic, "links")).length;
        const fabric = vlan === null ? null : member(vlan, "fabric");
        if (fabric !== null && fabric !== "fabric-0") own.set(fabric, (own.get(fabric) ?? 0) + 1);
        const place = fabric === null ? "none" : fabric === "fabric-0" ? "provisioning" : "own fabric";
        const kind = `${place}, ${discovered} discovered, ${links} links`;
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
    }
    assert.deepEqual([...kinds.keys()].sort(), [
      "none, 0 discovered, 0 links",
      "own fabric, 0 discovered, 1 links",
      "provisioning, 1 discovered, 0 links",
      "provisioning, 1 discovered, 1 links",
    ]);
    assert.ok([...own.values()].every((count) => count === 1));
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
    const fabrics = names((await region.get("/fabrics/")).body);
    assert.ok(fabrics.every((name) => /^fabric-\d+$/.test(String(name))));
    const [subnet, ...others] = elements((await region.get("/subnets/")).body);
    assert.deepEqual(
      [member(subnet, "cidr"), member(subnet, "gateway_ip"), member(subnet, "dns_servers"), others.length],
      ["192.168.0.0/22", "192.168.0.1", ["192.168.0.53", "192.168.0.54"], 0],
    );
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

describe("The sites that a lab can start with", () => {
  async function siteOf(site: SiteName): Promise<{ region: RegionClient; machines: Map<unknown, JsonValue> }> {
    const region = await RegionClient.start({ seed: { site } });
    const listed = elements((await region.get("/machines/")).body);
    return { region, machines: new Map(listed.map((machine) => [member(machine, "hostname"), machine])) };
  }

  it("occupied has networks with names, gateways and MTUs, and objects of other teams and of another datacenter", async () => {
    const { region, machines } = await siteOf("occupied");
    const subnets = elements((await region.get("/subnets/")).body).map((subnet) =>
      [
        member(subnet, "cidr"),
        member(member(subnet, "vlan"), "vid"),
        member(member(subnet, "vlan"), "mtu"),
        member(subnet, "gateway_ip"),
        member(subnet, "managed"),
      ]
        .map((value) => JSON.stringify(value))
        .join(" "),
    );
    for (const subnet of [
      '"192.168.0.0/22" 0 1500 "192.168.0.1" true',
      '"172.16.0.0/22" 10 1500 "172.16.0.1" true',
      '"10.20.0.0/16" 20 9000 "10.20.30.1" true',
      '"10.21.0.0/21" 107 9000 "10.21.0.1" true',
      '"10.30.0.0/24" 300 1500 "10.30.0.1" false',
    ]) {
      assert.ok(subnets.includes(subnet), `${subnet} is not among ${subnets.join(", ")}`);
    }
    for (const path of ["/resourcepools/", "/zones/", "/subnets/"]) {
      const marked = elements((await region.get(path)).body).filter((one) =>
        JSON.stringify(member(one, "description")).endsWith('[vmo-metal north]"'),
      );
      assert.equal(marked.length, 1, path);
    }
    const states = Object.fromEntries(
      ["worker-1", "worker-7", "blue-1", "blue-2", "arrived-1"].map((host) => [
        host,
        member(machines.get(host) ?? null, "status_name"),
      ]),
    );
    assert.deepEqual(states, {
      "worker-1": "Ready",
      "worker-7": "Broken",
      "blue-1": "Deployed",
      "blue-2": "Ready",
      "arrived-1": "New",
    });
    assert.equal(member(machines.get("blue-1") ?? null, "owner"), "blue");
    assert.deepEqual(names(member(machines.get("worker-3") ?? null, "interface_set")).slice(4), ["bond0", "bond0.107"]);
    const disks = elements(member(machines.get("worker-8") ?? null, "physicalblockdevice_set"));
    const root = disks.find((disk) => JSON.stringify(disk).includes('"mount_point":"/"'));
    assert.equal(member(root, "name"), "nvme0n1");
    await region.close();
  });

  it("occupied and routed are made with fewer workers too", async () => {
    for (const site of SITE_NAMES) {
      const region = await RegionClient.start({ seed: { site, workers: 0 } });
      assert.ok(elements((await region.get("/machines/")).body).length >= 5, site);
      await region.close();
    }
  });

  it("routed boots the hosts of each rack from the rack's own fabric and subnet, in a zone of their own", async () => {
    const { region, machines } = await siteOf("routed");
    const places = [...machines].map(([host, machine]) => {
      const [boot] = elements(member(machine, "interface_set"));
      const [link] = elements(member(boot, "links"));
      return [
        host,
        member(member(machine, "zone"), "name"),
        member(member(boot, "vlan"), "fabric"),
        member(member(link, "subnet"), "cidr"),
      ].join(" ");
    });
    for (const place of [
      "cp-1 rack-1 fabric-0 192.168.0.0/22",
      "cp-2 rack-2 rack-2 10.52.0.0/22",
      "cp-3 rack-3 rack-3 10.53.0.0/22",
      "worker-3 rack-1 fabric-0 192.168.0.0/22",
      "worker-4 rack-2 rack-2 10.52.0.0/22",
      "worker-9 rack-3 rack-3 10.53.0.0/22",
    ]) {
      assert.ok(places.includes(place), `${place} is not among ${places.join(", ")}`);
    }
    await region.close();
  });
});
