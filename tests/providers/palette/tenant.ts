import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type MaasSimulator, startMaasSimulator } from "../../../lab/maas/index";
import { type PaletteSimulator, type PaletteSimulatorOptions, startPaletteSimulator } from "../../../lab/palette/index";
import { checkExchange } from "../../../ops/conformance/palette/check-exchange";
import { Command, type Overrides } from "../../../ops/conformance/palette/kind-command";
import { readSpecification } from "../../../ops/conformance/palette/specification";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { forgetConnections } from "../../../providers/palette/connection";
import { MemoryPlatform } from "../../lab/palette/support/memory-platform";
import { PaletteClient } from "../../lab/palette/support/palette-client";

export { type AnyKind, Command, type Kept, type Overrides } from "../../../ops/conformance/palette/kind-command";

/** A failure that keeps the resource. */
export interface Unfinished extends Error {
  id: string;
  properties: PlainObject;
  reasons: string[];
}

/** Changes a pack in the lab's registry: other values under its tag, switched off, or (with neither) taken out. */
export async function changePack(
  { url, adminToken }: PaletteSimulator,
  change: { name: string; tag: string; values?: string; disabled?: boolean },
): Promise<void> {
  const headers = { authorization: `Bearer ${adminToken}` };
  const answer = await fetch(`${url}/lab/packs`, { method: "PUT", headers, body: JSON.stringify(change) });
  assert.equal(answer.status < 300, true, await answer.text());
}

/** How a command failed that must not succeed. */
export function unfinished(work: Promise<unknown>): Promise<Unfinished> {
  return work.then(
    () => assert.fail("it finished"),
    (failure: unknown) => failure as Unfinished,
  );
}

/** A Palette tenant over a MAAS region, for the tests of a block. */
export interface Tenant {
  readonly palette: PaletteSimulator;
  readonly maas: MaasSimulator;
  readonly platform: MemoryPlatform;
  command(overrides?: Overrides): Command;
  /** Somebody else at the same Palette, by hand. */
  byHand(): PaletteClient;
}

/** Where Palette's own description lies when it is there; the tests then hold every request and answer to it. */
const specificationFile = join(__dirname, "../../../../shared/palette-openapi-subset.json");

/** Starts the simulators for the tests of a block and stops them afterwards. */
export function tenant(options: Partial<PaletteSimulatorOptions> = {}): Tenant {
  let parts: { palette: PaletteSimulator; maas: MaasSimulator; platform: MemoryPlatform } | undefined;
  const running = (): NonNullable<typeof parts> => {
    if (parts === undefined) throw new Error("the tenant is not started yet");
    return parts;
  };
  before(async () => {
    process.env["VMO_METAL_POLL_MILLISECONDS"] = "20";
    const platform = new MemoryPlatform();
    const [maas, palette] = await Promise.all([
      startMaasSimulator({ timeScale: 3000 }),
      startPaletteSimulator({ platform, timeScale: 2000, rateLimits: false, exchanges: true, ...options }),
    ]);
    parts = { palette, maas, platform };
  });
  after(async () => {
    delete process.env["VMO_METAL_POLL_MILLISECONDS"];
    forgetConnections();
    await parts?.palette.close();
    await parts?.maas.close();
  });
  // Every test file ends with this test: it looks back at all exchanges of its block.
  after("requests and answers are as Palette describes them", () => {
    if (!existsSync(specificationFile)) return;
    const specification = readSpecification(specificationFile);
    const wrong = (running().palette.exchanges?.entries ?? [])
      .map((exchange) => checkExchange(specification, exchange))
      .filter(({ outcome }) => outcome !== "agree")
      .map(({ operation, problems }) => `${operation}: ${problems.join("; ")}`);
    assert.deepEqual([...new Set(wrong)], []);
  });
  return {
    get palette() {
      return running().palette;
    },
    get maas() {
      return running().maas;
    },
    get platform() {
      return running().platform;
    },
    command: (overrides) => new Command(running().palette, overrides),
    byHand: () => new PaletteClient(running().palette),
  };
}
