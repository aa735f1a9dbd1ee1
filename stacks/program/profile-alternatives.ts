import type { ClusterSection } from "../description/cluster";
import type { Datacenter } from "../description/datacenter";
import type { StorageProviderName } from "../description/storage-providers";
import { allNodesAnnounce } from "./layout-values";

/** Names of the alternatives that a description chooses, per profile. */
export interface ProfileAlternatives {
  infra: string[];
  core: string[];
}

/** Storage providers whose layers are in the profiles. */
const storage: Partial<Record<StorageProviderName, ProfileAlternatives>> = {
  "portworx-flasharray": { infra: [], core: [] },
  "portworx-csi": { infra: ["portworx-csi"], core: [] },
  "rook-ceph": { infra: ["rook-ceph"], core: ["rook-ceph"] },
  "dell-powerflex": { infra: ["dell-powerflex"], core: ["dell-powerflex"] },
};

/** A provider whose infra profile comes from a file: only its driver is known. */
const otherStorage: ProfileAlternatives = { infra: [], core: ["other-storage"] };

/** Which of the RA's alternatives the description chooses. Pure. */
export function profileAlternatives(datacenter: Datacenter, cluster: ClusterSection): ProfileAlternatives {
  const { provider, portworx } = datacenter.storage;
  const chosen = storage[provider] ?? otherStorage;
  const usesFlashArray = provider === "portworx-flasharray" || provider === "portworx-csi";
  return {
    infra: [
      ...chosen.infra,
      ...(provider === "portworx-flasharray" && portworx.license === "saas" ? ["portworx-saas"] : []),
      ...(usesFlashArray && portworx.sanType === "ISCSI" ? ["iscsi"] : []),
      ...(cluster.identityProvider.kind === "oidc" ? ["own-oidc"] : []),
    ],
    core: [
      ...chosen.core,
      ...(cluster.access === "direct" ? ["direct-access"] : []),
      ...(cluster.access === "direct" && cluster.consoleBaseAddress !== null ? ["direct-console"] : []),
      ...(cluster.bgp === null ? [] : ["bgp"]),
      ...(cluster.bgp === null && !allNodesAnnounce(datacenter) ? ["workers-announce"] : []),
      ...(cluster.imageIngress ? ["image-ingress"] : []),
    ],
  };
}
