import type * as pulumi from "@pulumi/pulumi";
import type { ResourceKind } from "../../../providers/dynamic/kind";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { serve } from "../../../providers/dynamic/serve";
import { connect, forgetConnections, type PaletteConnection } from "../../../providers/palette/connection";

/** The Palette that commands act on. */
export interface CommandTarget {
  readonly url: string;
  readonly apiKey: string;
  readonly projectName: string;
}

/** Any kind of a Palette resource. */
export type AnyKind<Inputs extends object, Outputs extends object> = ResourceKind<Inputs, Outputs, PaletteConnection>;

/** A resource as the engine keeps it. */
export interface Kept {
  id: string;
  state: PlainObject;
}

/** What differs from the target in the configuration of one command. */
export interface Overrides {
  apiKey?: string;
  url?: string;
  name?: string;
  project?: string;
}

/** The line that the engine adds to the properties of every dynamic resource. */
const loader = { __provider: "exports.handler=()=>0" };

/** One command without the engine: everything that it does shares one process, so one connection. */
export class Command {
  readonly link: PaletteConnection;
  private readonly configuration: { get(key: string): string | undefined; require(key: string): string };

  constructor(target: CommandTarget, overrides: Overrides = {}) {
    forgetConnections();
    const palette = { url: overrides.url ?? target.url, project: overrides.project ?? target.projectName };
    const values: Record<string, string> = {
      "vmo-metal:datacenter": JSON.stringify({ name: overrides.name ?? "test", palette }),
      "vmo-metal:paletteApiKey": overrides.apiKey ?? target.apiKey,
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
  async diff<In extends object, Out extends object>(
    kind: AnyKind<In, Out>,
    kept: Kept,
    args: PlainObject,
  ): Promise<pulumi.dynamic.DiffResult> {
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
