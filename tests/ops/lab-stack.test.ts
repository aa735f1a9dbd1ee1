import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { labConfiguration, prepareLabStack } from "../../ops/lab-stack";

const committed = `# comments stay
config:
  vmo-metal:datacenter:
    name: dev
    maas: { url: http://127.0.0.1:5240/MAAS }
    palette: { url: http://127.0.0.1:5250, project: vmo }
`;
const lab = { maasUrl: "http://127.0.0.1:1/MAAS", paletteUrl: "http://127.0.0.1:2" };

describe("labConfiguration", () => {
  it("fills in the lab's addresses and leaves the rest", () => {
    const content = labConfiguration(committed, undefined, lab);
    assert.match(content, /# comments stay/);
    assert.deepEqual(parse(content), {
      config: {
        "vmo-metal:datacenter": {
          name: "dev",
          maas: { url: lab.maasUrl },
          palette: { url: lab.paletteUrl, project: "vmo" },
        },
      },
    });
  });

  it("keeps the salt and other keys of the former copy", () => {
    const former = `encryptionsalt: v1:salt\nconfig:\n  vmo-metal:guestPassword:\n    secure: abc\n  vmo-metal:datacenter: {name: old}\n`;
    const made = parse(labConfiguration(committed, former, lab)) as Record<string, Record<string, unknown>>;
    assert.equal(made["encryptionsalt"], "v1:salt");
    assert.deepEqual(made["config"]?.["vmo-metal:guestPassword"], { secure: "abc" });
    assert.equal((made["config"]?.["vmo-metal:datacenter"] as { name: string }).name, "dev");
  });

  it("leaves a description without Palette metal only", () => {
    const metalOnly =
      "config:\n  vmo-metal:datacenter:\n    name: dev\n    maas: { url: http://127.0.0.1:5240/MAAS }\n";
    const made = parse(labConfiguration(metalOnly, undefined, lab)) as Record<string, Record<string, object>>;
    assert.deepEqual(Object.keys(made["config"]?.["vmo-metal:datacenter"] ?? {}), ["name", "maas"]);
  });

  it("is stable: a second pass changes nothing", () => {
    const once = labConfiguration(committed, undefined, lab);
    assert.equal(labConfiguration(once, once, lab), once);
  });
});

describe("prepareLabStack", () => {
  it("keeps the copy whole when several commands prepare it at once", async () => {
    const root = mkdtempSync(join(tmpdir(), "vmo-metal-lab-stack-"));
    try {
      const project = join(root, "project");
      mkdirSync(project);
      writeFileSync(join(project, "Pulumi.yaml"), "name: vmo-metal\nconfig: { datacenter: {} }\n");
      writeFileSync(join(project, "Pulumi.dev.yaml"), committed);
      const keys = { maasApiKey: "a:b:c", paletteApiKey: "d", adminToken: "e", pulumiPassphrase: "f" };
      const prepare = (port: number) =>
        prepareLabStack(project, "dev", {
          ...keys,
          folder: root,
          maasUrl: `http://127.0.0.1:${port}/MAAS`,
          paletteUrl: "http://127.0.0.1:2",
          controlUrl: "http://127.0.0.1:3",
          paletteProject: "vmo",
          paletteGateway: "dev-gateway",
        });
      // Each call has another address, so that each writes.
      const prepared = await Promise.all(Array.from({ length: 40 }, (_, index) => prepare(1000 + index)));
      const content = parse(readFileSync(prepared[0]?.configurationFile ?? "", "utf8")) as {
        config: Record<string, { name: string; palette: { project: string } }>;
      };
      assert.equal(content.config["vmo-metal:datacenter"]?.name, "dev");
      assert.equal(content.config["vmo-metal:datacenter"]?.palette.project, "vmo");
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
