import type { KubernetesClient, KubernetesObject } from "./kubernetes-client";
import { collectionPath } from "./object-kinds";

/** A disk that is still to be cloned from a golden image; names as `namespace/name`. */
export interface PendingClone {
  disk: string;
  image: string;
  /** What CDI says of it. */
  phase: string;
}

/** Golden images that carry our label, and clones that are not finished. */
export interface ImageUses {
  ours: string[];
  clones: PendingClone[];
}

/** Looks at the DataVolumes of a cluster. Reads only. @param label key and value of images that this stack made */
export async function imageUses(client: KubernetesClient, label: { key: string; value: string }): Promise<ImageUses> {
  const all = await client.listAll(collectionPath("DataVolume"));
  const ours = all.filter(({ metadata }) => metadata.labels?.[label.key] === label.value).map(nameOf);
  return { ours, clones: all.flatMap(pendingClone) };
}

/** Clones of a cluster that are not finished. Reads only. */
export async function pendingClones(client: KubernetesClient): Promise<PendingClone[]> {
  return (await client.listAll(collectionPath("DataVolume"))).flatMap(pendingClone);
}

function nameOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? "default"}/${metadata.name}`;
}

/** A disk whose virtual machine was never started waits for it, as long as that takes, before its clone begins. */
function pendingClone(volume: KubernetesObject): PendingClone[] {
  const source = (volume.spec?.["source"] as { pvc?: { name?: string; namespace?: string } } | undefined)?.pvc;
  const phase = volume.status?.["phase"];
  if (source?.name === undefined || phase === "Succeeded") return [];
  const namespace = source.namespace ?? volume.metadata.namespace ?? "default";
  return [
    {
      disk: nameOf(volume),
      image: `${namespace}/${source.name}`,
      phase: typeof phase === "string" ? phase : "no phase yet",
    },
  ];
}
