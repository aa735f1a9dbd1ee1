import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { vlanMatrix, vlansByLayout, vlanUses, workerLayouts } from "../../../stacks/derived/vlan-matrix";
import { datacenterWith } from "../descriptions";

const usable = (vlans: string, layout: Parameters<typeof vlanUses>[1]): Record<string, boolean> => {
  const datacenter = datacenterWith({ networks: { virtualMachines: { vlans } } });
  const lines = vlansByLayout(datacenter).find((column) => column.layout === layout)?.lines ?? [];
  return Object.fromEntries(lines.map((line) => [line.vlans, line.usable]));
};

describe("VLANs for virtual machines, by layout", () => {
  it("are the VM VLANs and the untagged one with four NICs", () => {
    assert.deepEqual(usable("21-100", "four-nic"), { untagged: true, "10": false, "20": false, "21-100": true });
  });

  it("do not hold 10 and 20 with two NICs, whatever the description says", () => {
    assert.deepEqual(usable("10,20-100", "two-nic"), { untagged: true, "10": false, "20": false, "21-100": true });
  });

  it("hold the data VLAN where it is on the bridge", () => {
    const uses = vlanUses(
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
    assert.ok(vlanUses(datacenterWith(), "control-plane").every((use) => !use.usable));
    assert.ok(!workerLayouts.includes("control-plane"));
  });

  it("stand side by side, the workers' own layout first, split where any layout answers otherwise", () => {
    const { layouts, rows } = vlanMatrix(datacenterWith({ networks: { virtualMachines: { vlans: "18-22" } } }));
    assert.deepEqual(
      layouts.map(({ layout, inUse }) => [layout, inUse]),
      [
        ["four-nic", true],
        ["two-nic", false],
        ["two-nic-shared-data-vlan", false],
      ],
    );
    assert.deepEqual(
      rows.map(({ vlans, answers }) => [vlans, ...answers.map(({ usable }) => usable)]),
      [
        ["untagged", true, true, true],
        ["10", false, false, false],
        ["18-19", true, true, true],
        ["20", false, false, true],
        ["21-22", true, true, true],
      ],
    );
  });

  it("have a column only for layouts that the networks allow", () => {
    const names = (networks: object): string[] =>
      vlanMatrix(datacenterWith({ networks })).layouts.map(({ layout }) => layout);
    assert.ok(names({ storage: { cidr: "172.17.0.0/22", vlan: 30 } }).includes("six-nic"));
    assert.ok(names({ management: { vlan: 0 } }).includes("node-on-bridge"));
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
        const uses = vlanUses(datacenterWith({ networks }), layout);
        const yes = (vlan: number): boolean => uses.find((use) => use.vlan === vlan)?.usable === true;
        assert.deepEqual(
          [management, data, machines, untagged].map((cell) => cell.startsWith("yes")),
          [yes(10), yes(20), yes(30), yes(0)],
          layout,
        );
      }
  });
});
