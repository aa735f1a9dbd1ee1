import { yamlText } from "./yaml-text";

/** A FlashArray as Portworx is told of it. */
export interface FlashArrayAccess {
  /** Management address; IPv6 in brackets. */
  managementEndpoint: string;
  /** API token; a secret. */
  apiToken: string;
}

/**
 * The manifest `px-pure-secret` of the Portworx layer (RA, Portworx layer). Its namespace is that of the StorageCluster, as Portworx wants it since
 * 3.x. The data is base64 without line breaks.
 */
export function pureSecretManifest(namespace: string, arrays: readonly FlashArrayAccess[]): string {
  const pure = {
    FlashArrays: arrays.map((array) => ({ MgmtEndPoint: array.managementEndpoint, APIToken: array.apiToken })),
  };
  return yamlText({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "px-pure-secret", namespace },
    type: "Opaque",
    data: { "pure.json": Buffer.from(JSON.stringify(pure)).toString("base64") },
  });
}
