import assert from "node:assert/strict";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { machineKind } from "../../../providers/maas/machine";
import { storageLayoutKind } from "../../../providers/maas/storage-layout-resource";
import { appliedNow, onRepave } from "./hosts";
import { type Kept, region } from "./region";

describe("storage layout (simulated MAAS)", () => {
  const maas = region();
  let machine = "";
  beforeEach(async () => {
    maas.simulator.reset();
    machine = (await maas.command().up(machineKind, { find: { hostname: "worker-1" } })).id;
    maas.simulator.requests.clear();
  });

  const args = (more: PlainObject = {}): PlainObject => ({ machine, changes: appliedNow, ...more });
  const layouts = (): number =>
    maas.simulator.requests.list().filter(({ query }) => query.includes("set_storage_layout")).length;

  async function clean(kept: Kept, wanted: PlainObject): Promise<void> {
    const seen = await maas.command().refresh(storageLayoutKind, kept);
    assert.ok(seen);
    const { changes } = await maas.command().diff(storageLayoutKind, seen, wanted);
    assert.equal(changes, false, JSON.stringify(seen.state));
  }

  /** Sets a layout as somebody at the UI would. */
  async function byHand(fields: Record<string, string | number>): Promise<void> {
    await maas.command().link.client.machines.operate(machine, "set_storage_layout", fields);
  }

  it("leaves a machine alone that has the layout already", async () => {
    const kept = await maas.command().up(storageLayoutKind, args());
    assert.equal(kept.state.osDisk, "sda");
    assert.equal(layouts(), 0);
    await clean(kept, args());
  });

  for (const [layout, more] of [
    ["lvm", { volumeGroup: "vg", logicalVolume: "root", logicalVolumeSize: "60G" }],
    ["lvm", {}],
    ["blank", {}],
    ["flat", { rootSize: "100G", bootSize: "1G" }],
  ] as const) {
    it(`sets ${layout} ${JSON.stringify(more)}, and stays so`, async () => {
      const wanted = args({ layout, ...more });
      const kept = await maas.command().up(storageLayoutKind, wanted);
      assert.equal(layouts(), 1);
      await clean(kept, wanted);
      const again = await maas.command().refresh(storageLayoutKind, kept);
      assert.deepEqual(again?.state, kept.state);
    });
  }

  for (const [input, wish, byOthers] of [
    ["rootSize", { rootSize: "100G" }, { storage_layout: "flat", root_size: "200G" }],
    ["rootSize", {}, { storage_layout: "flat", root_size: "200G" }],
    ["bootSize", { bootSize: "1G" }, { storage_layout: "flat", boot_size: "2G" }],
    ["bootSize", { bootSize: "1G" }, { storage_layout: "flat" }],
    ["bootSize", {}, { storage_layout: "flat", boot_size: "2G" }],
    ["volumeGroup", { layout: "lvm", volumeGroup: "vg" }, { storage_layout: "lvm", vg_name: "other" }],
    ["volumeGroup", { layout: "lvm" }, { storage_layout: "lvm", vg_name: "other" }],
    ["logicalVolume", { layout: "lvm", logicalVolume: "lv" }, { storage_layout: "lvm", lv_name: "other" }],
    ["logicalVolumeSize", { layout: "lvm", logicalVolumeSize: "60G" }, { storage_layout: "lvm", lv_size: "70G" }],
    ["logicalVolumeSize", { layout: "lvm" }, { storage_layout: "lvm", lv_size: "70G" }],
  ] as const) {
    it(`shows ${input} of ${JSON.stringify(wish)} changed by hand to ${JSON.stringify(byOthers)}, and heals it`, async () => {
      const kept = await maas.command().up(storageLayoutKind, args(wish));
      await byHand(byOthers);
      const seen = await maas.command().refresh(storageLayoutKind, kept);
      assert.ok(seen);
      assert.notDeepEqual(seen.state[input], kept.state[input]);
      assert.equal((await maas.command().diff(storageLayoutKind, seen, args(wish))).changes, true);
      await clean(await maas.command().update(storageLayoutKind, seen, args(wish)), args(wish));
    });
  }

  it("leaves sizes alone that the machine has already", async () => {
    const wish = args({ layout: "lvm", logicalVolumeSize: "60G" });
    await maas.command().up(storageLayoutKind, wish);
    maas.simulator.requests.clear();
    await clean(await maas.command().up(storageLayoutKind, wish), wish);
    assert.equal(layouts(), 0);
  });

  it("shows that the layout was changed by hand, and heals it", async () => {
    const kept = await maas.command().up(storageLayoutKind, args());
    await byHand({ storage_layout: "lvm" });
    const seen = await maas.command().refresh(storageLayoutKind, kept);
    assert.ok(seen);
    assert.equal(seen.state.layout, "lvm");
    assert.equal((await maas.command().diff(storageLayoutKind, seen, args())).changes, true);
    await clean(await maas.command().update(storageLayoutKind, seen, args()), args());
  });

  it("shows another disk that was put into the layout, and takes it out", async () => {
    const kept = await maas.command().up(storageLayoutKind, args());
    const found = await maas.command().link.client.machines.read(machine);
    const sdb = found?.blockdevice_set.find(({ name }) => name === "sdb");
    await byHand({ storage_layout: "flat", root_device: sdb?.id ?? 0 });
    const seen = await maas.command().refresh(storageLayoutKind, kept);
    assert.ok(seen);
    assert.deepEqual(seen.state.otherDisks, ["sdb"]);
    assert.equal((await maas.command().diff(storageLayoutKind, seen, args())).changes, true);
    await clean(await maas.command().update(storageLayoutKind, seen, args()), args());
  });

  it("refuses a LUN of the array, and a rule that fits several disks", async () => {
    const disk = { serial: null, idPath: null, minimumGigabytes: null, maximumGigabytes: null };
    await assert.rejects(
      maas.command().up(storageLayoutKind, args({ disk: { ...disk, model: "FlashArray" } })),
      /worker-1.*storage array/,
    );
    const sanBoot = args({ disk: { ...disk, model: "FlashArray" }, sanBoot: true });
    await assert.rejects(maas.command().up(storageLayoutKind, sanBoot), /worker-1.*fits 2 disks/);
    assert.equal(layouts(), 0);
  });

  it("is recorded on a deployed machine, clean while it waits, and set when the machine is back", async () => {
    const kept = await maas.command().up(storageLayoutKind, args());
    maas.simulator.setMachineStatus("worker-1", "deployed");
    const wish = args({ layout: "lvm", changes: onRepave });
    assert.equal((await maas.command().diff(storageLayoutKind, kept, wish)).changes, true);
    const recorded = await maas.command().update(storageLayoutKind, kept, wish);
    assert.equal(layouts(), 0);
    assert.deepEqual(recorded.state.pending, [
      { part: "storage", subject: "storage layout", field: "layout", actual: "custom", desired: "lvm" },
    ]);
    await clean(recorded, wish);
    maas.simulator.setMachineStatus("worker-1", "ready");
    const ready = args({ layout: "lvm" });
    assert.equal((await maas.command().diff(storageLayoutKind, recorded, ready)).changes, true);
    const applied = await maas.command().update(storageLayoutKind, recorded, ready);
    assert.deepEqual(applied.state.pending, []);
    await clean(applied, ready);
  });

  it("names a machine that was never commissioned", async () => {
    maas.simulator.setMachineStatus("worker-1", "new");
    await assert.rejects(
      maas.command().up(storageLayoutKind, args({ layout: "lvm" })),
      /worker-1.*is New\. Commission it first/,
    );
  });

  it("touches nothing when it is destroyed", async () => {
    const kept = await maas.command().up(storageLayoutKind, args({ layout: "lvm" }));
    maas.simulator.requests.clear();
    await maas.command().destroy(storageLayoutKind, kept);
    assert.equal(maas.simulator.requests.list().length, 0);
  });
});
