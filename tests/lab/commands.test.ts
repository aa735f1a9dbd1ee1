import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readPairs, UsageError } from "../../lab/commands/command";
import { environmentText } from "../../lab/commands/environment";
import { requestsText } from "../../lab/commands/more";
import { statusText } from "../../lab/commands/status";

const LAB = {
  folder: "/tmp/it's a lab",
  maasUrl: "http://127.0.0.1:5240/MAAS",
  paletteUrl: "http://127.0.0.1:8443",
  controlUrl: "http://127.0.0.1:1",
  maasApiKey: "a:b:c",
  paletteApiKey: "k$e`y",
  adminToken: "t",
  pulumiPassphrase: "p",
  paletteProject: "vmo",
  paletteGateway: "dev-gateway",
};

describe("commands of the lab", () => {
  it("env: a shell reads back exactly the keys, under the stack's names", () => {
    const script = `${environmentText(LAB, "dc-1")}\nprintf '%s|%s|%s' "$VMO_METAL_DC_1_MAAS_API_KEY" "$VMO_METAL_DC_1_PALETTE_API_KEY" "$PULUMI_HOME"`;
    assert.equal(
      execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" }),
      "a:b:c|k$e`y|/tmp/it's a lab/pulumi/home",
    );
  });

  it("faults: reads pairs with numbers and booleans as such", () => {
    assert.deepEqual(readPairs(["kind=status", "status=500", "on=true", "path=/a=b"]), {
      kind: "status",
      status: 500,
      on: true,
      path: "/a=b",
    });
    assert.throws(() => readPairs(["kind"]), UsageError);
  });

  it("requests: counts by endpoint, ids left out, most frequent first", () => {
    const get = (path: string) => ({ method: "GET", path });
    const text = requestsText({
      maas: {
        requests: [
          get("/MAAS/api/2.0/nodes/x1y2ab/interfaces/7/"),
          get("/MAAS/api/2.0/nodes/abcdef/interfaces/8/"),
          { method: "POST", path: "/MAAS/api/2.0/machines/abcdef/", operation: "deploy" },
        ],
      },
      palette: { requests: [get("/v1/spectroclusters/65f0c0")] },
    });
    assert.match(
      text,
      /^ +2 {2}maas +GET +\/MAAS\/api\/2\.0\/nodes\/\*\/interfaces\/\*\/\n +1 {2}maas +POST +\/MAAS\/api\/2\.0\/machines\/\*\/\?op=deploy\n +1 {2}palette +GET +\/v1\/spectroclusters\/\*$/,
    );
  });

  it("status: machines by MAAS's words, clusters with what is missing", () => {
    const text = statusText({
      lab: { pid: 7, timeScale: 60, memoryMebibytes: 90, faults: { maas: [{ id: 1, kind: "latency" }] } },
      maas: { machines: [{ status: 4 }, { status: 4 }, { status: 6 }] },
      palette: { clusters: [{ status: { state: "Running" } }] },
      kubernetes: [
        { name: "dc1", server: "https://127.0.0.1:1", processes: { etcd: 5 }, objects: { Node: [{ name: "a" }] } },
      ],
    });
    for (const part of ["2 Ready, 1 Deployed", "1 Running", "only etcd runs", "Node 1", '"kind":"latency"']) {
      assert.ok(text.includes(part), part);
    }
  });
});
