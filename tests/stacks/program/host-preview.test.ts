import assert from "node:assert/strict";
import { formatEffect, hostEffects } from "../../../stacks/host-forecast/host-effects";
import { hostArgs } from "../../../stacks/program/host-args";
import { hostForecasts, recordedLines } from "../../../stacks/program/host-preview";
import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import { datacenterWith } from "../descriptions";
import { siteFacts } from "../site-facts";

const datacenter = datacenterWith();

function forecasts(change?: (machine: MachineFacts) => MachineFacts) {
  const { maas } = siteFacts(change);
  assert.ok(maas);
  return hostForecasts(datacenter, hostArgs(datacenter, maas.machines), maas);
}

describe("the preview of a datacenter's hosts", () => {
  it("names each disk of new hosts in one line a group of equal machines", () => {
    const lines = hostEffects(forecasts()).map(formatEffect);
    assert.deepEqual(
      lines.filter((line) => line.includes("operating system")),
      [`cp-[1-4], worker-[1-6]: operating system on sda (SSD, serials ${Array(10).fill("S1").join(", ")}, 480 GB)`],
    );
    assert.ok(lines.length <= 2, lines.join("\n"));
  });

  it("has nothing of hosts that MAAS does not have, and nothing at all when MAAS could not be asked", () => {
    const some = forecasts((machine) =>
      machine.hostname === "worker-3" ? { ...machine, hostname: "gone", fqdn: "gone.maas" } : machine,
    );
    assert.ok(!some.some(({ host }) => host === "worker-3"));
    assert.deepEqual(hostForecasts(datacenter, hostArgs(datacenter, []), undefined), []);
  });

  it("adds to forecasts what hosts recorded and MAAS does not show, equal lines together", () => {
    const gateway = { subject: "10.20.0.0/16", field: "gateway", actual: "10.20.30.1", desired: "10.20.30.2" };
    const mtu = { subject: "bond_mgmt", field: "mtu", actual: "1500", desired: "9000" };
    const recorded = new Map([
      ["worker-1", [gateway]],
      ["worker-2", [gateway, mtu]],
      ["worker-3", [gateway]],
      ["worker-4", []],
    ]);
    assert.deepEqual(recordedLines(recorded, []), [
      "worker-1, worker-3: pending until repave: 10.20.0.0/16: gateway is 10.20.30.1, wanted 10.20.30.2",
      "worker-2: pending until repave: 10.20.0.0/16: gateway is 10.20.30.1, wanted 10.20.30.2; bond_mgmt: mtu is 1500, wanted 9000",
    ]);
    const known = forecasts().map((forecast) => ({ ...forecast, pending: [gateway, mtu] }));
    assert.deepEqual(recordedLines(recorded, known), []);
  });
});
