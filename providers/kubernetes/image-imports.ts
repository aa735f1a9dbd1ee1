import type { KubernetesClient, KubernetesObject } from "./kubernetes-client";
import { collectionPath } from "./object-kinds";

/** How far an image is. */
export interface ImageImport {
  /** `namespace/name`. */
  image: string;
  /** What CDI says of it. */
  phase: string;
  /** Why it does not come on; undefined while it does. */
  trouble: string | undefined;
}

interface Condition {
  type?: string;
  status?: string;
  reason?: string;
  message?: string;
}

/** The images of a cluster that carry a label. Reads only. @throws ApiError */
export async function imageImports(
  client: KubernetesClient,
  label: { key: string; value: string },
): Promise<ImageImport[]> {
  const selector = encodeURIComponent(`${label.key}=${label.value}`);
  return (await client.listAll(`${collectionPath("DataVolume")}?labelSelector=${selector}`)).map(importOf);
}

function importOf({ metadata, status }: KubernetesObject): ImageImport {
  const phase = status?.["phase"];
  return {
    image: `${metadata.namespace ?? "default"}/${metadata.name}`,
    phase: typeof phase === "string" ? phase : "no phase yet",
    trouble: troubleIn((status?.["conditions"] ?? []) as Condition[]),
  };
}

/** CDI tells a failing importer with Running, and a claim that cannot be made with Bound (reasons ErrClaimNotValid, ErrResourceExists …). */
function troubleIn(conditions: readonly Condition[]): string | undefined {
  return conditions.find(
    ({ type, status, reason = "", message = "" }) =>
      status === "False" &&
      message !== "" &&
      ((type === "Running" && reason === "Error") || (type === "Bound" && reason !== "Pending")),
  )?.message;
}
