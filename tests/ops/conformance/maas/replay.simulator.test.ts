import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRecording, type Exchange, type Line } from "../../../../ops/conformance/maas/recording";
import { replay } from "../../../../ops/conformance/maas/replay";
import { agrees, reportLines } from "../../../../ops/conformance/maas/report";
import type { JsonObject } from "../../../../lab/maas/json";
import { runMaasConformance } from "../../../../ops/conformance/maas/run";

const SMALL = join(__dirname, "small-recording.ndjson");
const SHARED = join(__dirname, "../../../../../shared");

function changed(change: (exchange: Exchange) => Partial<Exchange>): Line[] {
  return readRecording(SMALL).map((line) => (line.kind === "exchange" ? { ...line, ...change(line) } : line));
}

async function sum(lines: readonly Line[]): Promise<string> {
  return reportLines(await replay(SMALL, lines)).at(-1) ?? "";
}

describe("The replay of a recording against the MAAS simulator", () => {
  it("agrees with a recording whose ids, times, keys and set orders differ", async () => {
    const printed: string[] = [];
    assert.equal(await runMaasConformance(SMALL, (line) => printed.push(line)), 0);
    assert.equal(printed.at(-1), "31 exchanges: 31 agree, 0 disagree, 0 not served");
    assert.ok(printed.includes("POST /subnets/: 1 agree, 0 disagree"));
  });

  it("sees another status, value, key, type and text", async () => {
    const reads = ({ method, path }: Exchange): boolean => method === "GET" && path.endsWith("/subnets/77/");
    const having = (fields: object) => (exchange: Exchange) =>
      reads(exchange) ? { body: { ...(exchange.body as JsonObject), ...fields } } : {};
    const wrong: ((exchange: Exchange) => Partial<Exchange>)[] = [
      (exchange) => (reads(exchange) ? { status: 409 } : {}),
      having({ rdns_mode: 1 }),
      having({ colour: "blue" }),
      having({ gateway_ip: "" }),
      ({ status }) => (status === 404 ? { body: "No Fabric matches." } : {}),
    ];
    for (const change of wrong) {
      assert.equal(await sum(changed(change)), "31 exchanges: 30 agree, 1 disagree, 0 not served");
    }
  });

  it("sees an id that stands for another object than before", async () => {
    const lines = changed(({ method, path, body }) =>
      method === "GET" && path.endsWith("/subnets/77/") ? { body: { ...(body as object), id: 78 } } : {},
    );
    assert.match(await sum(lines), /, 1 disagree,/);
  });

  it("shows where a disagreement lies", async () => {
    const lines = changed(({ seq }) => (seq === 13 ? { body: [] } : {}));
    const report = await replay(SMALL, lines);
    assert.equal(agrees(report), false);
    const text = reportLines(report).join("\n");
    assert.match(text, /line 13: .*GET \/MAAS\/api\/2\.0\/zones\//);
  });

  it("counts an endpoint that the simulator does not have apart, and such a count does not fail", async () => {
    const lines = changed(({ path }) => (path.endsWith("/tags/") ? { path: "/MAAS/api/2.0/sshkeys/" } : {}));
    const report = await replay(SMALL, lines);
    assert.equal(reportLines(report).at(-1), "31 exchanges: 30 agree, 0 disagree, 1 not served");
    assert.equal(agrees(report), true);
  });

  it("fails with 1 on a disagreement", async () => {
    const folder = mkdtempSync(join(tmpdir(), "recording-"));
    const file = join(folder, "wrong.ndjson");
    const line = { seq: 1, method: "GET", path: "/MAAS/api/2.0/zones/", status: 200, headers: {}, body: [] };
    writeFileSync(file, `${JSON.stringify(line)}\n`);
    assert.equal(await runMaasConformance(file, () => undefined), 1);
    rmSync(folder, { recursive: true });
  });

  for (const [name, exchanges, observations] of [
    ["maas-transcript.ndjson", 735, 60],
    ["maas-transcript-layouts.ndjson", 1320, 513],
    ["maas-transcript-commissioned.ndjson", 123, 0],
  ] as const) {
    const file = join(SHARED, name);
    const here = existsSync(file);
    it(`agrees with ${name} of a real region${here ? "" : " (the recording is not here)"}`, async function () {
      if (!here) this.skip();
      this.timeout(180_000);
      const report = await replay(file, readRecording(file));
      const lines = reportLines(report);
      assert.equal(lines.at(-1), `${exchanges} exchanges: ${exchanges} agree, 0 disagree, 0 not served`);
      assert.equal(report.observations.filter(({ outcome }) => outcome === "agree").length, observations);
    });
  }
});
