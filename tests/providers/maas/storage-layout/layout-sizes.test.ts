import assert from "node:assert/strict";
import fc from "fast-check";
import { sizeInBytes } from "../../../../model/disk-size";
import { type LayoutSizes, presentSizes } from "../../../../providers/maas/storage-layout/layout-sizes";
import type { UsedDevice } from "../../../../providers/maas/storage-layout/present-layout";

const nothing: LayoutSizes = {
  rootSize: null,
  bootSize: null,
  volumeGroup: null,
  logicalVolume: null,
  logicalVolumeSize: null,
};

function disk(available: number, partitions: UsedDevice["partitions"], name = "sda"): UsedDevice {
  const used_for = `GPT partitioned with ${partitions.length} partitions`;
  const whole = { id: 1, type: "physical", size: 480_000_000_000, filesystem: null };
  return { ...whole, name, available_size: available, partitions, used_for };
}

const mounted = (size: number, mount_point: string) => ({
  size,
  filesystem: { fstype: "ext4", mount_point },
  used_for: `ext4 formatted filesystem mounted at ${mount_point}`,
});

const physicalVolume = (size: number, group: string) => ({
  size,
  filesystem: { fstype: "lvm-pv", mount_point: null },
  used_for: `LVM volume for ${group}`,
});

const volume = (name: string, size: number): UsedDevice => ({
  id: 9,
  name,
  type: "virtual",
  size,
  available_size: 0,
  partitions: [],
  filesystem: { mount_point: "/" },
  used_for: "ext4 formatted filesystem mounted at /",
});

describe("sizeInBytes", () => {
  for (const [text, bytes] of [
    ["100G", 100_000_000_000],
    ["1.5T", 1_500_000_000_000],
    ["512m", 512_000_000],
    ["4194304", 4_194_304],
    ["0", undefined],
    ["50%", undefined],
    ["10GB", undefined],
    ["", undefined],
  ] as const)
    it(`of "${text}" is ${bytes}`, () => assert.equal(sizeInBytes(text), bytes));
});

describe("presentSizes", () => {
  it("are MAAS's defaults when root takes what /boot/efi leaves", () => {
    const flat = [disk(0, [mounted(536_870_912, "/boot/efi"), mounted(479_455_084_544, "/")])];
    assert.deepEqual(presentSizes(flat, nothing, false), nothing);
  });

  it("show a root that leaves room, and a /boot, where nothing was said of them", () => {
    const flat = [
      disk(378_000_000_000, [
        mounted(536_870_912, "/boot/efi"),
        mounted(998_244_352, "/boot"),
        mounted(99_996_401_664, "/"),
      ]),
    ];
    assert.deepEqual(presentSizes(flat, nothing, false), {
      ...nothing,
      rootSize: "99996401664",
      bootSize: "998244352",
    });
  });

  it("are the wished ones where MAAS only rounded them", () => {
    const flat = [
      disk(378_000_000_000, [
        mounted(536_870_912, "/boot/efi"),
        mounted(998_244_352, "/boot"),
        mounted(99_996_401_664, "/"),
      ]),
    ];
    const wish = { ...nothing, rootSize: "100G", bootSize: "1G" };
    assert.deepEqual(presentSizes(flat, wish, false), wish);
  });

  it("read group, volume and size of an lvm layout, dashes in names too", () => {
    const lvm = [
      disk(0, [mounted(536_870_912, "/boot/efi"), physicalVolume(479_455_084_544, "vg-a")]),
      volume("vg-a-root-1", 59_999_518_720),
    ];
    const wish = { ...nothing, volumeGroup: "vg-a", logicalVolume: "root-1", logicalVolumeSize: "60G" };
    assert.deepEqual(presentSizes(lvm, wish, true), wish);
    assert.deepEqual(presentSizes(lvm, nothing, true), {
      ...nothing,
      volumeGroup: "vg-a",
      logicalVolume: "root-1",
      logicalVolumeSize: "59999518720",
    });
  });

  it("are MAAS's defaults for an lvm layout that names nothing", () => {
    const lvm = [
      disk(0, [mounted(536_870_912, "/boot/efi"), physicalVolume(479_455_084_544, "vgroot")]),
      volume("vgroot-lvroot", 479_450_890_240),
    ];
    assert.deepEqual(presentSizes(lvm, nothing, true), nothing);
  });

  it("never show a wished size as another one because of MAAS's rounding", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 400 }), (gigabytes) => {
        const size = Math.floor((gigabytes * 1e9) / 4_194_304) * 4_194_304;
        const wish = { ...nothing, rootSize: `${gigabytes}G` };
        const flat = [disk(480e9 - size, [mounted(size, "/")])];
        assert.equal(presentSizes(flat, wish, false).rootSize, wish.rootSize);
        const other = [disk(480e9 - size, [mounted(size + 4_194_304, "/")])];
        assert.notEqual(presentSizes(other, wish, false).rootSize, wish.rootSize);
      }),
    );
  });
});
