import { REFERENCE_VERSIONS, type ComponentVersions } from "../../description/cluster";
import type { DescriptionRule, Hit } from "../rule";

/** What a release of a component needs of Kubernetes (inclusive minor versions). */
interface KubernetesNeed {
  readonly component: "portworx" | "virtualMachineOrchestrator";
  /** The releases that the line is about, as the beginning of their version. */
  readonly release: string;
  readonly from: string;
  readonly to: string;
  /** Who says so. */
  readonly source: string;
}

const KUBERNETES_NEEDS: readonly KubernetesNeed[] = [
  { component: "portworx", release: "3.3.", from: "1.26", to: "1.32", source: "the Portworx pack 3.3.1" },
  {
    component: "virtualMachineOrchestrator",
    release: "4.7.",
    from: "1.30",
    to: "1.32",
    source: "KubeVirt 1.5, which VMO 4.7 brings",
  },
];

const NAMES: Readonly<Record<keyof ComponentVersions, string>> = {
  operatingSystem: "Ubuntu",
  kubernetes: "Kubernetes",
  cilium: "Cilium",
  portworx: "Portworx",
  metallb: "MetalLB",
  nginx: "Nginx",
  prometheus: "Prometheus - Grafana",
  virtualMachineOrchestrator: "VMO",
};

/** Versions that are known not to work together. */
export const versionsCompatible: DescriptionRule = {
  code: "CLU023",
  severity: "error",
  rule: "Kubernetes is of a version that Portworx 3.3 (at most 1.32) and VMO 4.7 (1.30 to 1.32) work with.",
  check: ({ cluster, storage }) => {
    if (cluster === null) return [];
    const { versions } = cluster;
    return KUBERNETES_NEEDS.flatMap(({ component, release, from, to, source }): Hit[] => {
      const used = component !== "portworx" || storage.provider === "portworx-flasharray";
      const fits = compareVersions(versions.kubernetes, from) >= 0 && compareVersions(versions.kubernetes, to) <= 0;
      if (!used || !versions[component].startsWith(release) || fits) return [];
      return [
        {
          path: "cluster.versions.kubernetes",
          message: `Kubernetes ${versions.kubernetes} with ${NAMES[component]} ${versions[component]}: ${source} needs ${from} to ${to}`,
          fix: `Use Kubernetes ${REFERENCE_VERSIONS.kubernetes}, or a ${NAMES[component]} that supports ${versions.kubernetes}.`,
        },
      ];
    });
  },
};

/** The RA is a known-good combination; another one may work, but nobody said so. */
export const referenceVersions: DescriptionRule = {
  code: "CLU024",
  severity: "warning",
  rule: "Components have the versions of the RA's table (Software resources).",
  check: ({ cluster }) =>
    cluster === null
      ? []
      : (Object.keys(REFERENCE_VERSIONS) as (keyof ComponentVersions)[])
          .filter((component) => cluster.versions[component] !== REFERENCE_VERSIONS[component])
          .map((component) => ({
            path: `cluster.versions.${component}`,
            message: `${NAMES[component]} ${cluster.versions[component]} is not the ${REFERENCE_VERSIONS[component]} that the RA was validated with`,
            fix: "Use the RA's version, or silence this warning once the combination has been tried.",
          })),
};

/** Compares as far as both have parts: 1.32.4 and 1.32 are equal. */
function compareVersions(a: string, b: string): number {
  const [partsA, partsB] = [a, b].map((text) => text.split(".").map(Number));
  const length = Math.min(partsA?.length ?? 0, partsB?.length ?? 0);
  for (let index = 0; index < length; index += 1) {
    const difference = (partsA?.[index] ?? 0) - (partsB?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
