import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Datacenter } from "../../stacks/description/datacenter";
import { formatProblems } from "../../stacks/description/problem";
import { readDatacenter } from "../../stacks/description/read-datacenter";
import { preflight } from "../../stacks/preflight/preflight";
import { neededSecrets } from "../../stacks/preflight/rules/secrets";

const project = join(__dirname, "..", "..");
const examples = join(project, "stacks", "examples");

function read(file: string): Datacenter {
  const stack = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
  const reading = readDatacenter(stack.config["vmo-metal:datacenter"]);
  assert.ok(reading.ok, reading.ok ? "" : formatProblems(reading.problems));
  return reading.datacenter;
}

describe("stacks/examples", () => {
  const files = [join(project, "Pulumi.dev.yaml"), ...readdirSync(examples).map((name) => join(examples, name))];
  for (const file of files) {
    it(`${file.slice(project.length + 1)} is a datacenter in which the preflight finds nothing`, () => {
      const datacenter = read(file);
      const secrets = [...neededSecrets(datacenter).map(({ key }) => key), "guestPassword"];
      assert.deepEqual(preflight(datacenter, { secrets }), { errors: [], warnings: [], silenced: [] });
    });
  }

  it("the smallest one has about 30 lines", () => {
    const lines = readFileSync(join(examples, "Pulumi.dc1.yaml"), "utf8").split("\n");
    assert.ok(lines.filter((line) => !line.startsWith("#")).length <= 32);
  });

  it("the lab's is the reference architecture's default datacenter", () => {
    const dev = read(join(project, "Pulumi.dev.yaml"));
    assert.deepEqual(
      dev.hostGroups.map(({ name, hosts }) => [name, hosts.length, hosts[0]?.layout]),
      [
        ["control-plane", 4, "control-plane"],
        ["worker-pool", 6, "four-nic"],
      ],
    );
    assert.deepEqual([dev.cluster?.controlPlane.size, dev.cluster?.workers[0]?.size], [3, 5]);
    assert.equal(dev.protect, false);
  });

  it("every secret that a description may need is described in Pulumi.yaml, and none has a value there", () => {
    const { config } = parse(readFileSync(join(project, "Pulumi.yaml"), "utf8")) as {
      config: Record<string, { secret?: boolean; default?: unknown; description?: string }>;
    };
    const dev = read(join(project, "Pulumi.dev.yaml"));
    const keys = ["maasApiKey", "paletteApiKey", "guestPassword", ...neededSecrets(dev).map(({ key }) => key)];
    for (const key of keys) assert.deepEqual([config[key]?.secret, config[key]?.default], [true, ""], key);
    for (const [key, { description }] of Object.entries(config)) assert.ok((description ?? "").length > 10, key);
  });
});
