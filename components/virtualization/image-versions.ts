import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { ImageVersion } from "../../providers/virtualization/image-version";
import { goldenImageSpec, type GoldenImageArgs } from "./objects/data-volume";

/** What the cluster calls each golden image at present, by its name in the description. */
export type ImageNames = Readonly<Record<string, string>>;

/** The names of a datacenter's golden images in the cluster; the same ones whoever makes the images. */
export class ImageVersions extends pulumi.ComponentResource {
  readonly names: pulumi.Output<ImageNames>;

  constructor(name: string, images: readonly GoldenImageArgs[], options: pulumi.ComponentResourceOptions = {}) {
    super("vmo-metal:ImageVersions", name, {}, options);
    const entries = images.map((image) => {
      const version = new ImageVersion(
        `${image.name}-version`,
        { image: image.name, fingerprint: imageFingerprint(image) },
        { parent: this },
      );
      return version.name.apply((current): [string, string] => [image.name, current]);
    });
    this.names = pulumi.all(entries).apply((all) => Object.fromEntries(all));
    this.registerOutputs({});
  }
}

/** What an image is made from, as a fingerprint: the same for the same spec and checksum. */
export function imageFingerprint(image: GoldenImageArgs): string {
  const made = JSON.stringify([goldenImageSpec(image), image.checksum ?? null]);
  return createHash("sha256").update(made).digest("hex");
}
