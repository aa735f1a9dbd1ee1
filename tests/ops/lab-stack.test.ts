import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import type { LabAddresses } from "../../lab/lab";
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

  it("fills in an address behind an alias, and leaves what is no section to the check of the description", () => {
    const aliased = `config:
  vmo-metal:datacenter:
    maas: &site { url: http://127.0.0.1:5240/MAAS }
    palette: *site
`;
    const made = parse(labConfiguration(aliased, undefined, lab)) as Record<string, Record<string, object>>;
    assert.deepEqual(made["config"]?.["vmo-metal:datacenter"], {
      maas: { url: lab.paletteUrl },
      palette: { url: lab.paletteUrl },
    });
    for (const text of ["text", "[]", ""]) {
      const wrong = `config:\n  vmo-metal:datacenter:\n    maas: ${text}\n`;
      assert.deepEqual(parse(labConfiguration(wrong, undefined, lab)), parse(wrong));
    }
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

  for (const [what, text, expected] of [
    ["no valid YAML", "config:\n  a: [1\n  b: }\n", /at line \d+/],
    ["no settings", "just text\n", /does not begin with settings/],
    ["a config that is no map", "config: 5\n", /no settings below config/],
  ] as const) {
    it(`names the lab's copy, the place and the fix when it holds ${what}`, async () => {
      const root = mkdtempSync(join(tmpdir(), "vmo-metal-lab-stack-"));
      try {
        const project = join(root, "project");
        const copy = join(root, "pulumi", "Pulumi.dev.yaml");
        mkdirSync(project);
        mkdirSync(join(root, "pulumi"));
        writeFileSync(join(project, "Pulumi.yaml"), "name: vmo-metal\nconfig: { datacenter: {} }\n");
        writeFileSync(join(project, "Pulumi.dev.yaml"), committed);
        writeFileSync(copy, text);
        const addresses = { ...lab, folder: root } as LabAddresses;
        const refusal: Error = await prepareLabStack(project, "dev", addresses).then(
          () => assert.fail("it should be refused"),
          (error: unknown) => error as Error,
        );
        assert.match(refusal.message, expected);
        assert.ok(refusal.message.includes(copy), refusal.message);
        assert.match(refusal.message, /remove the file/);
        assert.equal(readFileSync(copy, "utf8"), text);
      } finally {
        rmSync(root, { recursive: true });
      }
    });
  }
});
