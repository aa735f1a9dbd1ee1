import assert from "node:assert/strict";
import { formatEffect, hostEffects } from "../../../stacks/host-forecast/host-effects";
import { hostArgs } from "../../../stacks/program/host-args";
import { hostForecasts, recordedLines } from "../../../stacks/program/host-preview";
import type { MachineFacts } from "../../../providers/maas/look-ups/machine-facts";
import { datacenterWith } from "../descriptions";
import { siteFacts, siteObjects, subnetFact } from "../site-facts";

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

  it("names the settings of the site that a deployed host keeps, by what it recorded of its deployment", () => {
    const { maas } = siteFacts((machine) =>
      machine.hostname === "worker-1" || machine.hostname === "worker-2"
        ? { ...machine, status: 6, statusName: "Deployed", description: "[vmo-metal dc1]" }
        : machine,
    );
    assert.ok(maas);
    const objects = siteObjects({ subnets: [subnetFact("10.20.0.0/16", { gateway_ip: "10.20.30.1" })] });
    const moved = datacenterWith({ networks: { data: { gateway: "10.20.30.2" } } });
    const site = { "10.20.0.0/16": { settings: { gateway: "10.20.30.9" }, routes: {} } };
    const previous = [
      {
        urn: "urn:pulumi:dev::vmo-metal::vmo-metal:Host$pulumi-nodejs:dynamic/maas:HostNetwork::worker-2-network",
        type: "pulumi-nodejs:dynamic/maas:HostNetwork",
        name: "worker-2-network",
        outputs: { deployment: { id: null, site } },
      },
    ];
    const found = hostForecasts(moved, hostArgs(moved, maas.machines, objects), maas, previous);
    const gatewayOf = (name: string) =>
      found.find(({ host }) => host === name)?.pending.filter(({ part }) => part === "site");
    const change = { part: "site", subject: "10.20.0.0/16", field: "gateway", desired: "10.20.30.2" };
    assert.deepEqual(gatewayOf("worker-1"), [{ ...change, actual: "10.20.30.1" }]);
    assert.deepEqual(gatewayOf("worker-2"), [{ ...change, actual: "10.20.30.9" }]);
    assert.deepEqual(gatewayOf("worker-3"), []);
  });

  it("adds to forecasts what hosts recorded and MAAS does not show, equal lines together", () => {
    const gateway = {
      part: "site" as const,
      subject: "10.20.0.0/16",
      field: "gateway",
      actual: "10.20.30.1",
      desired: "10.20.30.2",
    };
    const mtu = { part: "network" as const, subject: "bond_mgmt", field: "mtu", actual: "1500", desired: "9000" };
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
