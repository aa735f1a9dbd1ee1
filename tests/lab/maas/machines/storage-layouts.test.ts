import assert from "node:assert/strict";
import type { MaasAnswer } from "../../../../lab/maas/server/route";
import { Region, type Fields } from "./region";

interface Disk {
  name: string;
  used_for: string;
  used_size: number;
  available_size: number;
  partitions: { size: number; used_for: string; bootable: boolean }[];
}

function setLayout(region: Region, fields: Fields): MaasAnswer {
  return region.tell("set_storage_layout", fields);
}

function disks(region: Region): Disk[] {
  return region.read().blockdevice_set as unknown as Disk[];
}

function sketch(region: Region): Record<string, string[]> {
  return Object.fromEntries(
    disks(region).map((disk) => [
      disk.name,
      disk.partitions.map((partition) => `${partition.size} ${partition.used_for}`),
    ]),
  );
}

const EFI = "536870912 fat32 formatted filesystem mounted at /boot/efi";

describe("storage layouts", () => {
  it("flat: EFI and root on the boot disk, sizes rounded down to 4 MiB", () => {
    const region = new Region();
    setLayout(region, { storage_layout: "flat" });
    assert.deepEqual(sketch(region), {
      sda: [EFI, "479455084544 ext4 formatted filesystem mounted at /"],
      sdb: [],
    });
    const [sda] = disks(region);
    assert.deepEqual([sda?.used_size, sda?.available_size], [479997198336, 0]);
  });

  it("root_device moves the root only; boot_size makes a /boot on the boot disk", () => {
    const region = new Region();
    const sdb = region.machine().blockDevices[1]?.id ?? 0;
    setLayout(region, { storage_layout: "flat", root_device: sdb, boot_size: "1G", root_size: "20G" });
    assert.deepEqual(sketch(region), {
      sda: [EFI, "998244352 ext4 formatted filesystem mounted at /boot"],
      sdb: ["19998441472 ext4 formatted filesystem mounted at /"],
    });
  });

  it("lvm: names and size of the logical volume", () => {
    const region = new Region();
    setLayout(region, { storage_layout: "lvm", vg_name: "vgx", lv_name: "root", lv_size: "60G" });
    const [, , volume] = disks(region);
    assert.deepEqual([volume?.name, volume?.used_size], ["vgx-root", 59999518720]);
    assert.deepEqual(sketch(region).sda, [EFI, "479455084544 LVM volume for vgx"]);
    const groups = region.read().volume_groups as object[];
    assert.deepEqual(Object.keys(groups[0] ?? {}).sort(), ["__incomplete__", "id", "system_id"]);
  });

  it("lvm without a size takes all but one extent", () => {
    const region = new Region();
    setLayout(region, { storage_layout: "lvm" });
    const [, , volume] = disks(region);
    assert.deepEqual([volume?.name, volume?.used_size], ["vgroot-lvroot", 479450890240]);
  });

  it("bcache: cached by the SSD beside the boot disk", () => {
    const region = new Region();
    setLayout(region, { storage_layout: "bcache" });
    assert.deepEqual(sketch(region), {
      sda: [EFI, "1073741824 ext4 formatted filesystem mounted at /boot", "478381342720 Backing device for bcache0"],
      sdb: ["959992299520 Cache device for cache0"],
      bcache0: [],
    });
    assert.equal((region.read().bcaches as object[]).length, 1);
    assert.equal((region.read().cache_sets as object[]).length, 1);
  });

  it("blank leaves the disks unused; it ignores root_device", () => {
    const region = new Region();
    setLayout(region, { storage_layout: "blank", root_device: region.machine().blockDevices[1]?.id ?? 0 });
    const uses = disks(region).map((disk) => [disk.used_for, disk.available_size]);
    assert.deepEqual(uses, [
      ["Unused", 479991955456],
      ["Unused", 959992299520],
    ]);
  });

  it("vmfs7 holds the image's partitions and a datastore", () => {
    const region = new Region();
    setLayout(region, { storage_layout: "vmfs7" });
    assert.equal(sketch(region).sda?.length, 5);
    assert.equal(sketch(region).sda?.[4]?.split(" ").slice(1).join(" "), "VMFS extent for datastore1");
    assert.equal(disks(region).at(-1)?.name, "datastore1");
  });

  it("a layout set again is built anew", () => {
    const region = new Region();
    const before = region.machine().blockDevices[0]?.partitions.map((partition) => partition.id);
    setLayout(region, { storage_layout: "flat" });
    const after = region.machine().blockDevices[0]?.partitions.map((partition) => partition.id);
    assert.equal(
      after?.some((id) => before?.includes(id)),
      false,
    );
  });

  const refusals: [string, Fields, object | string][] = [
    [
      "a size of the logical volume beyond the disk",
      { storage_layout: "lvm", lv_size: "9000G" },
      {
        lv_size: ["Size is too large. Maximum size is 479463129088."],
      },
    ],
    [
      "a root beyond the disk",
      { storage_layout: "flat", root_size: "9000G" },
      {
        root_size: ["Size is too large. Maximum size is 478926258176."],
      },
    ],
    [
      "a /boot below 512 MiB",
      { storage_layout: "flat", boot_size: 0 },
      {
        boot_size: ["Size is too small. Minimum size is 536870912."],
      },
    ],
    ["a size that is none", { storage_layout: "flat", root_size: "abc" }, { root_size: ["Enter a valid value."] }],
    ["no layout", {}, { storage_layout: ["This field is required."] }],
    [
      "custom without data",
      { storage_layout: "custom" },
      "Failed to configure storage layout 'custom': No custom storage layout configuration found",
    ],
  ];
  for (const [description, fields, expected] of refusals) {
    it(`refuses ${description} and leaves the disks as they are`, () => {
      const region = new Region();
      const before = structuredClone(region.machine().blockDevices);
      const answer = setLayout(region, fields);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.json ?? answer.text, expected);
      assert.deepEqual(region.machine().blockDevices, before);
    });
  }

  it("names the disks when root_device is none of them", () => {
    const region = new Region();
    const ids = region.machine().blockDevices.map((disk) => `'${disk.id}'`);
    assert.deepEqual(setLayout(region, { storage_layout: "flat", root_device: "sdb" }).json, {
      root_device: [`'sdb' is not a valid root_device.  It should be one of: ${ids.join(", ")}.`],
    });
  });

  it("refuses in every status but Ready", () => {
    const region = new Region();
    for (const status of [0, 6, 8, 10]) {
      region.machine().status = status;
      const answer = setLayout(region, { storage_layout: "flat" });
      const text = "Cannot change the storage layout on a machine that is not Ready.";
      assert.deepEqual([answer.status, answer.text], [409, text]);
    }
  });
});
