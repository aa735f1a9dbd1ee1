import { visible } from "../../text/visible";
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { manifestResource, waitingFor } from "./manifest-resource";
import { goldenImage, type GoldenImageArgs } from "./objects/data-volume";
import { ownedBy } from "./objects/manifest";

/**
 * A golden image as a resource, finished when the image can be cloned. CDI refuses every change of a DataVolume's spec: another spec comes with
 * another name, so that the new image is imported first, templates move to it, and the former one goes last.
 *
 * An image that somebody uploads is not waited for: nobody can upload before it is there. Templates can be used once it is.
 *
 * @param owner   the datacenter that it belongs to
 * @param current what the cluster calls the image at present
 */
export function goldenImageResource(
  image: GoldenImageArgs,
  owner: string,
  current: pulumi.Input<string>,
  timeoutSeconds: number,
  options: pulumi.CustomResourceOptions,
): kubernetes.apiextensions.CustomResource {
  const condition = "upload" in image.source ? "jsonpath={.status.phase}" : "jsonpath={.status.phase}=Succeeded";
  const manifest = waitingFor(ownedBy(goldenImage(image), owner), condition, timeoutSeconds);
  const resource = manifestResource(
    image.name,
    { ...manifest, metadata: { ...manifest.metadata, name: current } },
    { ...options, replaceOnChanges: ["spec"] },
  );
  if ("upload" in image.source) {
    resource.metadata.name.apply((name) => {
      const command = `virtctl image-upload dv ${name} --namespace ${image.namespace} --no-create --image-path FILE`;
      return pulumi.log.info(visible(`${image.name} waits for its upload unless that was done: ${command}`), resource);
    });
  }
  return resource;
}
