import assert from "node:assert/strict";
import { chosenNics } from "../../../../components/bare-metal/layouts/nic-choice";

const NICS = [
  { name: "ens1f1", macAddress: "52:54:00:00:00:04", linkSpeedMbps: 25000 },
  { name: "eno1", macAddress: "52:54:00:00:00:01", linkSpeedMbps: 1000 },
  { name: "ens1f0", macAddress: "52:54:00:00:00:03", linkSpeedMbps: 25000 },
];

describe("the choice of NICs", () => {
  it("takes names without asking the machine", () => {
    assert.deepEqual(chosenNics([{ name: "eno1" }, { name: "eno2" }], undefined), ["eno1", "eno2"]);
  });

  it("finds a NIC by its MAC address", () => {
    assert.deepEqual(chosenNics([{ macAddress: "52:54:00:00:00:03" }], NICS), ["ens1f0"]);
  });

  it("finds all NICs of a speed, in order of name", () => {
    assert.deepEqual(chosenNics([{ speedMbps: 25000 }], NICS), ["ens1f0", "ens1f1"]);
  });

  it("names a NIC once, however often it is chosen", () => {
    assert.deepEqual(chosenNics([{ name: "ens1f1" }, { speedMbps: 25000 }], NICS), ["ens1f1", "ens1f0"]);
  });

  it("says which NICs there are when none fits", () => {
    assert.throws(
      () => chosenNics([{ speedMbps: 100000 }], NICS),
      /no NIC has speed 100000 Mbit\/s; the machine has: .*eno1 \(52:54:00:00:00:01, 1000 Mbit\/s\)/,
    );
  });

  it("says that MAC address and speed need MAAS", () => {
    assert.throws(
      () => chosenNics([{ macAddress: "52:54:00:00:00:03" }], undefined),
      /while MAAS cannot be asked; choose it by name/,
    );
  });
});
