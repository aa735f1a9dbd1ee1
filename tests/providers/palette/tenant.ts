import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { type MaasSimulator, startMaasSimulator } from "../../../lab/maas/index";
import { type PaletteSimulator, type PaletteSimulatorOptions, startPaletteSimulator } from "../../../lab/palette/index";
import { checkExchange } from "../../../ops/conformance/palette/check-exchange";
import { readSpecification } from "../../../ops/conformance/palette/specification";
import type { ResourceKind } from "../../../providers/dynamic/kind";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { serve } from "../../../providers/dynamic/serve";
import { connect, forgetConnections, type PaletteConnection } from "../../../providers/palette/connection";
import { MemoryPlatform } from "../../lab/palette/support/memory-platform";
import { PaletteClient } from "../../lab/palette/support/palette-client";

/** Any kind of a Palette resource. */
export type AnyKind<Inputs extends object, Outputs extends object> = ResourceKind<Inputs, Outputs, PaletteConnection>;

/** A resource as the engine keeps it. */
export interface Kept {
  id: string;
  state: PlainObject;
}

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

/** What differs between configurations of one test. */
export interface Overrides {
  apiKey?: string;
  url?: string;
  name?: string;
  project?: string;
}

/** The line that the engine adds to the properties of every dynamic resource. */
const loader = { __provider: "exports.handler=()=>0" };

/** One command of the engine: everything that it does shares one process, so one connection. */
export class Command {
  readonly link: PaletteConnection;
  private readonly configuration: { get(key: string): string | undefined; require(key: string): string };

  constructor(simulator: PaletteSimulator, overrides: Overrides = {}) {
    forgetConnections();
    const palette = { url: overrides.url ?? simulator.url, project: overrides.project ?? simulator.projectName };
    const values: Record<string, string> = {
      "vmo-metal:datacenter": JSON.stringify({ name: overrides.name ?? "test", palette }),
      "vmo-metal:paletteApiKey": overrides.apiKey ?? simulator.apiKey,
    };
    this.configuration = { get: (key) => values[key], require: (key) => values[key] ?? "" };
    this.link = connect(this.configuration);
  }

  /** Checks inputs and creates the resource. */
  async up<In extends object, Out extends object>(kind: AnyKind<In, Out>, args: PlainObject): Promise<Kept> {
    const inputs = await this.checked(kind, {}, args);
    const { id, outs } = await this.provider(kind).create(inputs);
    return { id, state: { ...(outs ?? {}), ...loader } };
  }

  /** What a preview says of changed inputs. */
  async diff<In extends object, Out extends object>(kind: AnyKind<In, Out>, kept: Kept, args: PlainObject) {
    return this.provider(kind).diff(kept.id, kept.state, await this.checked(kind, kept.state, args));
  }

  /** Updates a resource, also when nothing changed. */
  async update<In extends object, Out extends object>(
    kind: AnyKind<In, Out>,
    kept: Kept,
    args: PlainObject,
  ): Promise<Kept> {
    const inputs = await this.checked(kind, kept.state, args);
    const { outs } = await this.provider(kind).update(kept.id, kept.state, inputs);
    return { id: kept.id, state: { ...(outs ?? {}), ...loader } };
  }

  /** Reads a resource as a refresh does; undefined when it is gone. */
  async refresh<In extends object, Out extends object>(kind: AnyKind<In, Out>, kept: Kept): Promise<Kept | undefined> {
    const { id, props } = await this.provider(kind).read(kept.id, kept.state);
    return id === undefined ? undefined : { id, state: { ...(props ?? {}), ...loader } };
  }

  /** Deletes a resource. */
  async destroy<In extends object, Out extends object>(kind: AnyKind<In, Out>, kept: Kept): Promise<void> {
    await this.provider(kind).delete(kept.id, kept.state);
  }

  /** The provider of a kind. */
  provider<In extends object, Out extends object>(kind: AnyKind<In, Out>) {
    const provider = serve(kind) as Required<pulumi.dynamic.ResourceProvider<PlainObject, PlainObject>>;
    void provider.configure({ config: this.configuration });
    return provider;
  }

  /** Inputs as `check` leaves them. @throws Error with every failure. */
  async checked<In extends object, Out extends object>(
    kind: AnyKind<In, Out>,
    olds: PlainObject,
    args: PlainObject,
  ): Promise<PlainObject> {
    const { inputs, failures } = await this.provider(kind).check(olds, { ...args, ...loader });
    if (failures !== undefined && failures.length > 0) {
      throw new Error(failures.map((failure) => `${failure.property}: ${failure.reason}`).join("\n"));
    }
    return { ...(inputs ?? {}), ...loader };
  }
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
