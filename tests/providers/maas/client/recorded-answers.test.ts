import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { describeMismatch } from "../../../../providers/http/answer-schema";
import { interfaceSchema, machineSchema } from "../../../../providers/maas/client/machine-types";
import * as site from "../../../../providers/maas/client/site-types";

const folder = join(__dirname, "../../../../../shared");
const recordings = ["maas-transcript.ndjson", "maas-transcript-layouts.ndjson", "maas-transcript-commissioned.ndjson"];

/** Schemas by what the path begins with below `/api/2.0/`. The first that fits counts. */
const schemas: readonly [RegExp, z.ZodType][] = [
  [/^resourcepools?\//, site.poolSchema],
  [/^zones\//, site.zoneSchema],
  [/^spaces\//, site.spaceSchema],
  [/^domains\//, site.domainSchema],
  [/^dnsresources\//, site.dnsResourceSchema],
  [/^dnsresourcerecords\//, site.dnsRecordSchema],
  [/^(fabrics\/[^/]+\/)?vlans\//, site.vlanSchema],
  [/^fabrics\//, site.fabricSchema],
  [/^subnets\//, site.subnetSchema],
  [/^ipranges\//, site.ipRangeSchema],
  [/^static-routes\//, site.staticRouteSchema],
  [/^tags\//, site.tagSchema],
  [/^rackcontrollers\//, site.rackControllerSchema],
  [/^nodes\/[^/]+\/interfaces\//, interfaceSchema],
  [/^machines\//, machineSchema],
];

interface Recorded {
  readonly seq: number;
  readonly path?: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly status?: number;
  readonly body?: unknown;
}

/** Operations that answer the object or a list of them; all others answer something else. */
const objectOperations =
  /^(set_|create_|link_subnet|unlink_subnet|disconnect|restore_|release|allocate|deploy|lock|unlock)/;

describe("Schemas of MAAS's answers", function () {
  this.timeout(60_000);

  for (const name of recordings) {
    it(`accept every answer of ${name}`, function () {
      const file = join(folder, name);
      if (!existsSync(file)) {
        console.log(`        skipped: ${name} is not in ../shared`);
        return this.skip();
      }
      const refused: string[] = [];
      let read = 0;
      for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
        const { seq, path, query, status, body } = JSON.parse(line) as Recorded;
        const operation = query?.["op"];
        if (status !== 200 || path === undefined || typeof body !== "object" || body === null) continue;
        if (typeof operation === "string" && !objectOperations.test(operation)) continue;
        const below = path.replace(/^\/MAAS\/api\/2\.0\//, "");
        const schema = schemas.find(([prefix]) => prefix.test(below))?.[1];
        if (schema === undefined) continue;
        for (const value of Array.isArray(body) ? (body as unknown[]) : [body]) {
          read += 1;
          const parsed = schema.safeParse(value);
          if (!parsed.success) refused.push(`${seq} ${path}: ${describeMismatch(parsed.error, value)}`);
        }
      }
      assert.deepEqual(refused.slice(0, 10), []);
      assert.ok(read > 50, `${read} answers were read`);
    });
  }
});
