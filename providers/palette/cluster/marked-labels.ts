import type { ClusterAnswer } from "../client/clusters";
import { markerKey, type Origin } from "../ownership";

/** The labels of a cluster with our marker. One that was taken over keeps the marker that it has, or none. */
export function markedLabels(
  labels: Readonly<Record<string, string>>,
  marker: { origin: Origin; datacenter: string; present: ClusterAnswer | undefined },
): Record<string, string> {
  const former = marker.present?.metadata.labels?.[markerKey];
  const owner = marker.origin === "created" ? marker.datacenter : former;
  return owner === undefined ? { ...labels } : { ...labels, [markerKey]: owner };
}
