import assert from "node:assert/strict";
import fc from "fast-check";
import { hostInterfacesSchema } from "../../../providers/maas/host-network/host-interfaces-schema";
import type { MachineFacts, ObservedMachine } from "../../../providers/maas/look-ups/machine-facts";
import { defaultLayout } from "../../../providers/maas/storage-layout/layout-wish";
import { forecastHost, type HostForecast, isSettled } from "../../../stacks/host-forecast/forecast-host";
import { formatEffect, hostEffects } from "../../../stacks/host-forecast/host-effects";
import { machineFact } from "../site-facts";

const untagged = { fabric: "datacenter", vid: 0 };
const interfaces = hostInterfacesSchema.parse({
  enp1s0: { type: "physical", vlan: untagged },
  enp2s0: { type: "physical", vlan: untagged },
  bond_mgmt: {
    type: "bond",
    parents: ["enp1s0", "enp2s0"],
    links: [{ mode: "AUTO", subnet: "192.168.0.0/22" }],
  },
});

type Nic = ObservedMachine["interface_set"][number];
type Disk = ObservedMachine["blockdevice_set"][number];

/** A machine with other observations; disks are told in both forms. */
function machine(hostname: string, observed: Partial<ObservedMachine> = {}, facts: Partial<MachineFacts> = {}) {
  const fact = machineFact(hostname);
  const seen = { ...fact.observed, ...observed };
  const disks = seen.blockdevice_set.map((disk) => ({
    ...disk,
    idPath: disk.id_path ?? "",
    sizeBytes: disk.size,
    boot: disk.id === seen.boot_disk?.id,
  }));
  return { ...fact, disks, ...facts, observed: seen };
}

const onDatacenter = (nic: Nic): Nic => ({ ...nic, vlan: nic.vlan && { ...nic.vlan, fabric: "datacenter" } });
const nics = machineFact("cp-1").observed.interface_set.map(onDatacenter);
const [boot, second] = nics as [Nic, Nic];
const [sda] = machineFact("cp-1").observed.blockdevice_set as [Disk];
const nvme: Disk = { ...sda, id: 2, name: "nvme0n1", model: "P5520", serial: "N1", size: 3840e9 };
const blank = { partitions: [], filesystem: null, used_for: "Unused" };

function forecast(observed: MachineFacts, more: object = {}): HostForecast {
  return forecastHost({
    host: observed.hostname,
    machine: observed,
    interfaces,
    storage: defaultLayout,
    datacenter: "dc1",
    ...more,
  });
}

const lines = (...forecasts: HostForecast[]): string[] => hostEffects(forecasts).map(formatEffect);

/** How a machine is after the update: the bond over both NICs has the address. */
function settled(hostname: string): MachineFacts {
  const bond: Nic = {
    ...boot,
    id: 9,
    name: "bond_mgmt",
    type: "bond",
    parents: ["enp1s0", "enp2s0"],
    params: { bond_mode: "802.3ad", bond_xmit_hash_policy: "layer3+4", bond_lacp_rate: "fast", mtu: 1500 },
  };
  const members = [boot, second].map((nic) => ({ ...nic, links: [], params: { mtu: 1500 } }));
  return machine(hostname, { interface_set: [...members, bond] }, { description: "[vmo-metal dc1]" });
}

describe("the forecast of a host", () => {
  it("has nothing to report of a host that is as described", () => {
    const calm = forecast(settled("cp-1"));
    assert.ok(isSettled(calm), JSON.stringify(calm));
    assert.deepEqual(lines(calm), []);
  });

  it("names the disk of a host that is new here, with model, serial and size", () => {
    assert.deepEqual(lines(forecast(machine("cp-1", { interface_set: nics }))), [
      "cp-1: operating system on sda (SSD, serial S1, 480 GB)",
    ]);
  });

  it("names the disk that the operating system leaves", () => {
    const moved = machine("cp-1", { interface_set: nics, blockdevice_set: [{ ...sda, ...blank }, nvme] });
    const seen = forecast(moved);
    assert.equal(seen.osDisk?.moves, true);
    assert.deepEqual(lines(seen), [
      "cp-1: operating system to sda (SSD, serial S1, 480 GB); now on nvme0n1 (P5520, serial N1, 3840 GB)",
    ]);
  });

  it("names the disks below a volume group or RAID that carry the root file system", () => {
    const part = { id: 5, size: 1, bootable: false, filesystem: { fstype: "lvm-pv", mount_point: null } };
    const volume: Disk = {
      ...sda,
      ...blank,
      id: 7,
      name: "vg-root",
      type: "virtual",
      filesystem: { fstype: "ext4", mount_point: "/" },
    };
    const raid = machine("cp-1", {
      blockdevice_set: [{ ...sda, partitions: [part] }, { ...nvme, partitions: [part] }, volume],
    });
    assert.match(lines(forecast(raid))[0] ?? "", /operating system on sda .*; now on sda, nvme0n1 \(lvm layout\)/);
  });

  it("puts equal effects of several hosts on one line, each serial listed", () => {
    const hosts = ["cp-1", "cp-2", "cp-3"].map((name, index) =>
      forecast(machine(name, { interface_set: nics, blockdevice_set: [{ ...sda, serial: `S${index + 1}` }] })),
    );
    assert.deepEqual(lines(...hosts), ["cp-[1-3]: operating system on sda (SSD, serials S1, S2, S3, 480 GB)"]);
  });

  it("names NICs that leave their VLAN, those from fabrics of their own together", () => {
    const moved = [boot, second].map((nic, index) => ({
      ...nic,
      vlan: nic.vlan && { ...nic.vlan, fabric: `fabric-${index + 7}`, vid: 0 },
    }));
    const fabricsOfOneNic = new Set(["fabric-7", "fabric-8"]);
    assert.ok(
      lines(forecast(machine("cp-1", { interface_set: moved }), { fabricsOfOneNic })).includes(
        "cp-1: interfaces change VLAN: enp1s0, enp2s0 from a fabric of its own to datacenter/untagged",
      ),
    );
    assert.ok(
      lines(forecast(machine("cp-1", { interface_set: moved }))).includes(
        "cp-1: interfaces change VLAN: enp1s0 from fabric-7/untagged to datacenter/untagged; enp2s0 from fabric-8/untagged to datacenter/untagged",
      ),
    );
  });

  it("reports no move of what is on a fabric that only gets another name", () => {
    const unnamed = machine("cp-1");
    const renamedFabric = { from: "fabric-0", to: "datacenter" };
    assert.deepEqual(forecast(unnamed, { renamedFabric }).vlans, []);
    assert.equal(forecast(unnamed).vlans.length, 2);
  });

  it("names bonds made by hand that are removed, and the addresses that are given up", () => {
    const subnet = { cidr: "10.9.0.0/24" };
    const bond0: Nic = {
      ...boot,
      id: 9,
      name: "bond0",
      type: "bond",
      parents: ["enp1s0", "enp2s0"],
      params: { bond_mode: "active-backup" },
      links: [
        { id: 3, mode: "static", ip_address: "10.9.0.7", subnet },
        { id: 4, mode: "auto", subnet: { cidr: "192.168.0.0/22" } },
      ],
    };
    const bonded = machine("cp-1", { interface_set: [{ ...boot, links: [] }, second, bond0] });
    assert.deepEqual(lines(forecast(bonded)).slice(1), [
      "cp-1: removed, because not described: bond0 (bond on enp1s0, enp2s0)",
      "cp-1: addresses given up: STATIC 10.9.0.7 of bond0",
    ]);
  });

  it("leaves the addresses of a NIC alone that the description does not use", () => {
    const spare: Nic = {
      ...second,
      id: 8,
      name: "eno9",
      links: [{ id: 6, mode: "static", ip_address: "10.9.0.9", subnet: { cidr: "10.9.0.0/24" } }],
    };
    assert.deepEqual(forecast(machine("cp-1", { interface_set: [boot, second, spare] })).addresses, []);
  });

  it("names interfaces whose MTU changes", () => {
    const jumbo = nics.map((nic) => ({ ...nic, params: { mtu: 9000 } }));
    assert.ok(
      lines(forecast(machine("cp-1", { interface_set: jumbo }))).includes("cp-1: MTU: enp1s0, enp2s0 9000 -> 1500"),
    );
  });

  it("has only pending changes, with values, for a host in use", () => {
    const deployed = { ...settled("cp-1"), status: 6, statusName: "Deployed" };
    const [one, two, bond] = deployed.observed.interface_set as [Nic, Nic, Nic];
    const set = [one, two, { ...bond, params: { ...(bond.params as object), mtu: 1400 } }];
    const seen = forecast({ ...deployed, observed: { ...deployed.observed, interface_set: set } });
    assert.deepEqual(seen.pending, [
      { part: "network", subject: "bond_mgmt", field: "mtu", actual: "1400", desired: "1500" },
    ]);
    assert.deepEqual(lines(seen), ["cp-1: pending until repave: bond_mgmt: mtu is 1400, wanted 1500 (Deployed)"]);
  });

  it("lists every host of an effect once, in an order that does not depend on the order of the hosts", () => {
    const names = ["cp-1", "cp-2", "cp-10", "cp-3"];
    const forecasts = names.map((name, index) =>
      forecast(machine(name, index % 2 === 0 ? {} : { interface_set: nics })),
    );
    const expected = hostEffects(forecasts);
    fc.assert(
      fc.property(fc.shuffledSubarray(forecasts, { minLength: 4, maxLength: 4 }), (shuffled) => {
        assert.deepEqual(hostEffects(shuffled), expected);
        for (const effect of expected) assert.equal(new Set(effect.hosts).size, effect.hosts.length);
      }),
    );
  });
});
