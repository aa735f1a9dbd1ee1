import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { text } from "../dynamic/fields";
import type { Connection, ResourceKind } from "../dynamic/kind";
import { ServedResource } from "../dynamic/resource";

/** Inputs of an {@link ImageVersion}. */
export interface ImageVersionArgs {
  /** Name of the golden image in the description. */
  image: pulumi.Input<string>;
  /** Fingerprint of what the image is made from: source, size, storage class. Hexadecimal. */
  fingerprint: pulumi.Input<string>;
}

interface ImageVersionInputs {
  image: string;
  fingerprint: string;
  /** Not said by a program: the check settles it, so that a preview names the next version. */
  name?: string | undefined;
}

interface ImageVersionOutputs {
  name: string;
}

/** Hexadecimal digits of a fingerprint that go into a name: enough for the few versions that one image ever has. */
const digits = 8;

/**
 * The kind behind {@link ImageVersion}. It acts on no API: what it keeps in state is which name the current version of an image has, so that
 * the first one has the image's own name and each later one a name of its own, whatever else the stack went through.
 */
export const imageVersionKind: ResourceKind<ImageVersionInputs, ImageVersionOutputs, Connection> = {
  kind: "virtualization:ImageVersion",
  schema: {
    image: text("the name of a golden image"),
    fingerprint: text("a fingerprint"),
    name: z.string().optional(),
  },
  outputs: ["name"],
  replaceOn: ["image"],
  connect: () => ({ identity: "description", formerIdentities: [] }),

  settle: (inputs, olds) => ({ ...inputs, ...nameOf(inputs, olds) }),

  async create(_link, inputs) {
    return { id: inputs.image, outputs: { name: inputs.image } };
  },

  async read(_link, id, state) {
    const { image = id, fingerprint = "", name = id } = state;
    return { id, inputs: { image, fingerprint, name }, outputs: { name } };
  },

  async update(_link, _id, olds, news) {
    return { outputs: { name: nextName(olds, news) } };
  },

  async delete() {
    // A name is nothing that could be left behind.
  },
};

/** The first name is the image's own. One that is not known from the former inputs stays the one in state. */
function nameOf(
  inputs: ImageVersionInputs,
  olds: Partial<ImageVersionInputs> | undefined,
): Pick<ImageVersionInputs, "name"> {
  if (olds?.fingerprint === undefined) return { name: inputs.image };
  const { fingerprint, name } = olds;
  if (fingerprint !== inputs.fingerprint) return { name: nextName({ fingerprint, name: name ?? "" }, inputs) };
  return name === undefined ? {} : { name };
}

/** The name of an image's next version: the present one while nothing changed, else the image's with the new fingerprint. */
export function nextName(olds: { fingerprint: string; name: string }, news: ImageVersionInputs): string {
  return olds.fingerprint === news.fingerprint ? olds.name : `${news.image}-${news.fingerprint.slice(0, digits)}`;
}

/**
 * The name under which the current version of a golden image lies in the cluster. CDI refuses any change of a DataVolume's spec, so another
 * source is another DataVolume: it gets a new name, templates move to it once it is imported, and only then the former one goes.
 */
export class ImageVersion extends ServedResource<ImageVersionInputs, ImageVersionOutputs, Connection> {
  /** Name of the DataVolume and of its PersistentVolumeClaim. */
  declare public readonly name: pulumi.Output<string>;

  constructor(name: string, args: ImageVersionArgs, options?: pulumi.CustomResourceOptions) {
    super(imageVersionKind, name, args, options);
  }
}
