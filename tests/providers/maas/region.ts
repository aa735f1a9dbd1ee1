import type * as pulumi from "@pulumi/pulumi";
import { type MaasSimulator, type MaasSimulatorOptions, startMaasSimulator } from "../../../lab/maas/index";
import type { ResourceKind } from "../../../providers/dynamic/kind";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { serve } from "../../../providers/dynamic/serve";
import { type MaasConnection, connectMaas, forgetConnections } from "../../../providers/maas/connection";

/** Any kind of a MAAS resource. */
export type AnyKind<Inputs extends object, Outputs extends object> = ResourceKind<Inputs, Outputs, MaasConnection>;

/** A resource as the engine keeps it. */
export interface Kept {
  id: string;
  /** Its outputs, the inputs among them. */
  state: PlainObject;
}

/** What differs between configurations of one test. */
export interface Overrides {
  apiKey?: string;
  url?: string;
  name?: string;
  parallel?: number;
}

/** The line that the engine adds to the properties of every dynamic resource. */
const loader = { __provider: "exports.handler=()=>0" };

/** The stack configuration as the engine hands it to a provider. */
export function configurationFor(simulator: Pick<MaasSimulator, "url" | "apiKey">, overrides: Overrides = {}) {
  const maas = {
    url: overrides.url ?? simulator.url,
    ...(overrides.parallel === undefined ? {} : { parallel: overrides.parallel }),
  };
  const values: Record<string, string> = {
    "vmo-metal:datacenter": JSON.stringify({ name: overrides.name ?? "test", maas }),
    "vmo-metal:maasApiKey": overrides.apiKey ?? simulator.apiKey,
  };
  return { get: (key: string) => values[key], require: (key: string) => values[key] ?? "" };
}

/** One command of the engine: everything that it does shares one process, so one connection. */
export class Command {
  readonly link: MaasConnection;
  /** Progress and warnings that were told. */
  readonly told: string[] = [];
  private readonly configuration: ReturnType<typeof configurationFor>;

  constructor(simulator: Pick<MaasSimulator, "url" | "apiKey">, overrides: Overrides = {}) {
    forgetConnections();
    this.configuration = configurationFor(simulator, overrides);
    this.link = connectMaas(this.configuration, (line) => this.told.push(line));
  }

  /** The provider of a kind. */
  provider<Inputs extends object, Outputs extends object>(kind: AnyKind<Inputs, Outputs>) {
    const provider = serve(kind) as Required<pulumi.dynamic.ResourceProvider<PlainObject, PlainObject>>;
    void provider.configure({ config: this.configuration });
    return provider;
  }

  /** Checks inputs and creates the resource. */
  async up<Inputs extends object, Outputs extends object>(
    kind: AnyKind<Inputs, Outputs>,
    args: PlainObject,
  ): Promise<Kept> {
    const inputs = await this.checked(kind, {}, args);
    const { id, outs } = await this.provider(kind).create(inputs);
    return { id, state: { ...(outs ?? {}), ...loader } };
  }

  /** What a preview says of changed inputs. */
  async diff<Inputs extends object, Outputs extends object>(
    kind: AnyKind<Inputs, Outputs>,
    kept: Kept,
    args: PlainObject,
  ) {
    return this.provider(kind).diff(kept.id, kept.state, await this.checked(kind, kept.state, args));
  }

  /** Updates a resource, also when nothing changed. */
  async update<Inputs extends object, Outputs extends object>(
    kind: AnyKind<Inputs, Outputs>,
    kept: Kept,
    args: PlainObject,
  ): Promise<Kept> {
    const inputs = await this.checked(kind, kept.state, args);
    const { outs } = await this.provider(kind).update(kept.id, kept.state, inputs);
    return { id: kept.id, state: { ...(outs ?? {}), ...loader } };
  }

  /** Reads a resource as a refresh does; undefined when it is gone. */
  async refresh<Inputs extends object, Outputs extends object>(
    kind: AnyKind<Inputs, Outputs>,
    kept: Kept,
  ): Promise<Kept | undefined> {
    const { id, props } = await this.provider(kind).read(kept.id, kept.state);
    return id === undefined ? undefined : { id, state: { ...(props ?? {}), ...loader } };
  }

  /** Deletes a resource. */
  async destroy<Inputs extends object, Outputs extends object>(
    kind: AnyKind<Inputs, Outputs>,
    kept: Kept,
  ): Promise<void> {
    await this.provider(kind).delete(kept.id, kept.state);
  }

  private async checked<Inputs extends object, Outputs extends object>(
    kind: AnyKind<Inputs, Outputs>,
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

/** Starts a region for the tests of a block and stops it afterwards. */
export function region(options: MaasSimulatorOptions = {}): {
  readonly simulator: MaasSimulator;
  command(overrides?: Overrides): Command;
} {
  let simulator: MaasSimulator | undefined;
  const running = (): MaasSimulator => {
    if (simulator === undefined) throw new Error("the region is not started yet");
    return simulator;
  };
  before(async () => {
    simulator = await startMaasSimulator({ timeScale: 600, ...options });
  });
  after(async () => {
    forgetConnections();
    await simulator?.close();
  });
  return {
    get simulator() {
      return running();
    },
    command: (overrides) => new Command(running(), overrides),
  };
}
