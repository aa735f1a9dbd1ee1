import assert from "node:assert/strict";
import { importMachine } from "../../../../lab/maas/machines/import-machine";
import { Region } from "./region";

describe("a machine put in from a recorded answer", () => {
  it("answers what was recorded, and new ids do not clash", () => {
    const source = new Region();
    source.bond("bond0", ["enp1s0", "enp2s0"], { mtu: 9000, tags: "a,b" });
    source.bridge("br0", "bond0");
    source.vlan("bond0", source.places.vlan20);
    source.operate("bond0.20", "link_subnet", { mode: "STATIC", subnet: source.places.data, default_gateway: true });
    source.tell("set_storage_layout", { storage_layout: "lvm" });
    const recorded = source.read();
    const copy = new Region(0);
    importMachine(copy.store, recorded);
    assert.deepEqual(copy.read(), { ...recorded, boot_disk: recorded.boot_disk });
    copy.bond("bond1", ["enp1s1"]);
    const ids = copy.machine().interfaces.map((each) => each.id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it("restores to the addresses that commissioning saw", () => {
    const source = new Region();
    const recorded = source.read();
    const copy = new Region(0);
    importMachine(copy.store, recorded);
    copy.bond("bond0", ["enp1s0", "enp2s0"]);
    copy.tell("restore_networking_configuration");
    assert.deepEqual([copy.links("enp1s0"), copy.has("bond0")], [["auto"], false]);
  });
});
