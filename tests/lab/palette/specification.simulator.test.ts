import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { palettePart } from "../../../ops/conformance/palette/palette-part";
import { readSpecification } from "../../../ops/conformance/palette/specification";
import { MaasStandIn } from "./support/maas-stand-in";
import { startTestPalette } from "./support/start";
import { tour } from "./support/tour";

const SPECIFICATION = join(__dirname, "../../../../shared/palette-openapi-subset.json");

describe("every operation of the Palette simulator", function () {
  this.timeout(90_000);

  it("answers as Palette's own description says (skipped without ../shared/palette-openapi-subset.json)", async function () {
    if (!existsSync(SPECIFICATION)) this.skip();
    const folder = mkdtempSync(join(tmpdir(), "palette-"));
    const recording = join(folder, "exchanges.ndjson");
    const maas = await MaasStandIn.start();
    const { simulator, client } = await startTestPalette({ exchanges: recording, userPassword: "a-password" });
    try {
      await tour(client, maas);
      const lines: string[] = [];
      const sums = palettePart(readSpecification(SPECIFICATION), recording, (line) => lines.push(line));
      assert.equal(sums.disagree + sums.notServed, 0, lines.join("\n"));
      assert.equal(sums.operationsCovered, sums.operations, lines.join("\n"));
    } finally {
      await simulator.close();
      await maas.close();
      rmSync(folder, { recursive: true });
    }
  });
});
