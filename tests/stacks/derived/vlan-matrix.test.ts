import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { vlanMatrix, vlanMatrixLines, workerLayouts } from "../../../stacks/derived/vlan-matrix";
import { datacenterWith } from "../descriptions";

const usable = (vlans: string, layout: Parameters<typeof vlanMatrix>[1]): Record<string, boolean> => {
  const datacenter = datacenterWith({ networks: { virtualMachines: { vlans } } });
  return Object.fromEntries(vlanMatrixLines(vlanMatrix(datacenter, layout)).map((line) => [line.vlans, line.usable]));
};

describe("VLANs for virtual machines, by layout", () => {
  it("are the VM VLANs and the untagged one with four NICs", () => {
    assert.deepEqual(usable("21-100", "four-nic"), { untagged: true, "10": false, "20": false, "21-100": true });
  });

  it("do not hold 10 and 20 with two NICs, whatever the description says", () => {
    assert.deepEqual(usable("10,20-100", "two-nic"), { untagged: true, "10": false, "20": false, "21-100": true });
  });

  it("hold the data VLAN where it is on the bridge", () => {
    const uses = vlanMatrix(
      datacenterWith({ networks: { virtualMachines: { vlans: "20-30" } } }),
      "two-nic-shared-data-vlan",
    );
    assert.deepEqual(
      uses.find(({ vlan }) => vlan === 20),
      { vlan: 20, usable: true, reason: "shared with the data network of the hosts" },
    );
    assert.match(uses.find(({ vlan }) => vlan === 10)?.reason ?? "", /bond0\.10 takes it from below br0/);
  });

  it("are none on hosts without a bridge", () => {
    assert.ok(vlanMatrix(datacenterWith(), "control-plane").every((use) => !use.usable));
    assert.ok(!workerLayouts.includes("control-plane"));
  });

  it("are as the table of docs/virtualization.md says", () => {
    const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "virtualization.md"), "utf8");
    const rows = page
      .split("\n")
      .filter((line) => /^\| `[a-z-]+`/.test(line))
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const described = rows.flatMap(([, names = ""]) => [...names.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name));
    assert.deepEqual(described.sort(), [...workerLayouts].sort());
    for (const [, names = "", management = "", data = "", machines = "", untagged = ""] of rows)
      for (const layout of workerLayouts.filter((name) => names.includes(`\`${name}\``))) {
        const on = layout === "node-on-bridge" ? { management: { vlan: 0 } } : {};
        const networks = { ...on, storage: { cidr: "172.17.0.0/22" }, virtualMachines: { vlans: "20-100" } };
        const uses = vlanMatrix(datacenterWith({ networks }), layout);
        const yes = (vlan: number): boolean => uses.find((use) => use.vlan === vlan)?.usable === true;
        assert.deepEqual(
          [management, data, machines, untagged].map((cell) => cell.startsWith("yes")),
          [yes(10), yes(20), yes(30), yes(0)],
          layout,
        );
      }
  });
});
