import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type MaasSimulator, startMaasSimulator } from "../../../lab/maas";
import { lookUpSite } from "../../../providers/maas/look-ups/site";
import type { Datacenter } from "../../../stacks/description/datacenter";
import { readDatacenter } from "../../../stacks/description/read-datacenter";
import { formatFinding, preflight, type PreflightReport } from "../../../stacks/preflight/preflight";
import { neededSecrets } from "../../../stacks/preflight/rules/secrets";

const stackFile = join(__dirname, "..", "..", "..", "Pulumi.dev.yaml");

/** The lab's datacenter, with more machines asked for if wanted. */
function labDatacenter(workers: string): Datacenter {
  const stack = parse(readFileSync(stackFile, "utf8")) as { config: Record<string, unknown> };
  const written = stack.config["vmo-metal:datacenter"] as { hosts: Record<string, { machines: string }> };
  const pool = { ...written.hosts["worker-pool"], machines: workers };
  const reading = readDatacenter({ ...written, hosts: { ...written.hosts, "worker-pool": pool } });
  assert.ok(reading.ok);
  return reading.datacenter;
}

describe("the preflight of stack dev at the lab", () => {
  let maas: MaasSimulator;
  before(async () => {
    maas = await startMaasSimulator({ timeScale: 600 });
  });
  after(() => maas.close());

  async function check(workers = "worker-[1-6]"): Promise<PreflightReport> {
    const datacenter = labDatacenter(workers);
    const { apiKey, url } = maas;
    const look = await lookUpSite({ url, apiKey, datacenterName: workers, images: ["ubuntu/jammy"] });
    assert.ok(look.ok, look.ok ? "" : look.reason);
    const secrets = [...neededSecrets(datacenter).map(({ key }) => key), "guestPassword"];
    return preflight(datacenter, { secrets, facts: { maas: look.site, palette: null } });
  }

  it("finds nothing, with the lab's machines on stray VLANs as they are", async () => {
    const report = await check();
    assert.deepEqual([...report.errors, ...report.warnings].map(formatFinding), []);
  });

  it("names a machine that the lab does not have and goes on without it", async () => {
    const { errors, warnings } = await check("worker-[5-10]");
    assert.deepEqual(errors, []);
    assert.deepEqual(
      warnings.map(({ code, host }) => [code, host]),
      [["SIT001", "worker-10"]],
    );
  });
});
