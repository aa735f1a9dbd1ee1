import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type MaasSimulator, startMaasSimulator } from "../../../lab/maas";
import { lookUpSite } from "../../../providers/maas/look-ups/site";
import { readDatacenter } from "../../../stacks/description/read-datacenter";
import { formatEffect, hostEffects } from "../../../stacks/host-forecast/host-effects";
import { hostArgs } from "../../../stacks/program/host-args";
import { hostForecasts } from "../../../stacks/program/host-preview";

const stackFile = join(__dirname, "..", "..", "..", "Pulumi.dev.yaml");

describe("the preview of the hosts of stack dev at the lab", () => {
  let maas: MaasSimulator;
  before(async () => {
    maas = await startMaasSimulator({ timeScale: 600 });
  });
  after(() => maas.close());

  it("names the disk of every host on one line, and the NICs that leave fabrics of their own", async () => {
    const stack = parse(readFileSync(stackFile, "utf8")) as { config: Record<string, unknown> };
    const reading = readDatacenter(stack.config["vmo-metal:datacenter"]);
    assert.ok(reading.ok);
    const look = await lookUpSite({ url: maas.url, apiKey: maas.apiKey, datacenterName: "dev" });
    assert.ok(look.ok);
    const { datacenter } = reading;
    const { machines, objects } = look.site;
    const lines = hostEffects(hostForecasts(datacenter, hostArgs(datacenter, machines, objects), look.site));
    const [disks, ...others] = lines.map(formatEffect);
    assert.match(
      disks ?? "",
      /^cp-\[1-4\], worker-\[1-6\]: operating system on sda \(DELLBOSS VD, serials .*, 480 GB\)$/,
    );
    assert.notEqual(others.length, 0);
    for (const line of others)
      assert.match(line, /: interfaces change VLAN: .* from (a fabric of its own|no VLAN) to datacenter\/untagged/);
  });
});
