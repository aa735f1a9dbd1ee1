import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { ApiError, InputError, PartialFailure } from "../../providers/dynamic/errors";
import { printVisible } from "../../providers/dynamic/print-visible";
import { escape } from "../../ops/report/escape";
import { formatProblems } from "../../stacks/description/problem";
import { readDatacenter } from "../../stacks/description/read-datacenter";
import { formatFinding } from "../../stacks/preflight/preflight";
import { log } from "../../stacks/program/log";
import { minimalDescription } from "../stacks/descriptions";
import { mockEngine } from "../mock-engine";

const project = join(__dirname, "..", "..");
const any = fc.string({ unit: "binary" });
/** What no output of ours holds. */
const raw = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u;

describe("control characters in outputs", () => {
  it("are written out in the messages of all errors of providers", () => {
    fc.assert(
      fc.property(any, (text) => {
        const api = { api: "MAAS", method: "GET", endpoint: text, detail: text, advice: text };
        for (const error of [new InputError(text), new ApiError(api), new PartialFailure("id", {}, text)])
          assert.doesNotMatch(error.message, raw);
      }),
    );
  });

  it("are written out in problems and findings, which stay on one line", () => {
    fc.assert(
      fc.property(any, any, (path, message) => {
        const finding = { code: "SIT001", severity: "error", path, message, fix: message } as const;
        for (const text of [formatProblems([{ path, message }]), formatFinding(finding)]) {
          assert.doesNotMatch(text, raw);
          assert.doesNotMatch(text, /\n/);
        }
      }),
    );
  });

  it("are written out where a refusal repeats keys and values of the description", () => {
    fc.assert(
      fc.property(any, any, (key, value) => {
        const reading = readDatacenter({
          ...minimalDescription(),
          [key]: value,
          domain: value,
          fabric: { [key]: value },
        });
        if (!reading.ok) assert.doesNotMatch(formatProblems(reading.problems), raw);
      }),
      { numRuns: 50 },
    );
  });

  it("are written out on pages", () => {
    fc.assert(fc.property(any, (text) => assert.doesNotMatch(escape(text), raw)));
  });

  it("are written out in what the program and its providers log", async () => {
    await mockEngine({});
    const written: unknown[] = [];
    const [print, warn] = [console.log, pulumi.log.warn];
    const target = pulumi.log as { warn: unknown };
    console.log = (line: unknown): void => void written.push(line);
    Object.defineProperty(target, "warn", {
      value: async (line: unknown) => void written.push(line),
      configurable: true,
    });
    try {
      printVisible("machine \x1b[2K\u202eevil");
      await log.warn("machine \x1b[2K\u202eevil");
    } finally {
      console.log = print;
      Object.defineProperty(target, "warn", { value: warn, configurable: true });
    }
    assert.deepEqual(written, ["machine \\x1b[2K\\u202eevil", "machine \\x1b[2K\\u202eevil"]);
  });

  it("leave the program and its providers through these functions only", () => {
    const others = ["stacks/program", "components", "providers"].flatMap((folder) =>
      readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => join(folder, file))
        .filter((file) =>
          /\bconsole\.(log|error|warn|info)\b|\bpulumi\.log\./.test(readFileSync(join(project, file), "utf8")),
        ),
    );
    assert.deepEqual(others.sort(), [
      "components/virtualization/golden-image-resource.ts",
      "providers/dynamic/print-visible.ts",
      "stacks/program/log.ts",
    ]);
  });
});
