import * as pulumi from "@pulumi/pulumi";
import { valueOf } from "../mock-engine";

/** A resource as a component asked for it. */
export interface RecordedResource {
  /** The last part of its type, e.g. `HostNetwork`. */
  type: string;
  name: string;
  options: pulumi.CustomResourceOptions;
}

/** Records every resource below a component, with the options that it was asked for with. */
export class RecordedTree {
  private readonly all = new Map<string, RecordedResource>();

  /** To be given to the component as an option. */
  readonly recording: pulumi.ComponentResourceOptions = {
    transformations: [
      ({ type, name, opts }) => {
        const last = type.split(/[:/]/).at(-1) ?? type;
        this.all.set(`${last} ${name}`, { type: last, name, options: opts });
        return undefined;
      },
    ],
  };

  /** `Type name` of everything that was made, sorted. */
  get made(): string[] {
    return [...this.all.keys()].sort();
  }

  /** One resource, by `Type name`. */
  get(place: string): RecordedResource {
    const found = this.all.get(place);
    if (found === undefined) throw new Error(`${place} is not among: ${this.made.join(", ")}`);
    return found;
  }

  /** Name of the resource that it is a child of. */
  parentOf(place: string): string | undefined {
    return nameOf(this.get(place).options.parent);
  }

  /** Names of what it waits for, sorted. */
  async dependenciesOf(place: string): Promise<string[]> {
    const { dependsOn } = this.get(place).options;
    const resolved = await valueOf(pulumi.output(dependsOn ?? []));
    return [resolved]
      .flat()
      .map((resource) => nameOf(resource) ?? "")
      .sort();
  }

  /** Name of the resource with which it goes. */
  goesWith(place: string): string | undefined {
    return nameOf(this.get(place).options.deletedWith);
  }
}

/** Resources know their names only by a private field and by their urn; this is what every version has kept. */
function nameOf(resource: pulumi.Resource | undefined): string | undefined {
  return (resource as unknown as { __name?: string } | undefined)?.__name;
}
