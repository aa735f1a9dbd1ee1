import type { InstalledPack, KubernetesNode, KubernetesPlatform } from "../../../../lab/kubernetes/platform";

/** A Kubernetes platform that only remembers what it was told. */
export class MemoryPlatform implements KubernetesPlatform {
  readonly created: { uid: string; name: string; podCidr: string; serviceCidr: string }[] = [];
  readonly nodes = new Map<string, KubernetesNode[]>();
  readonly installed: InstalledPack[] = [];
  readonly deleted: string[] = [];
  /** Name of a pack that cannot be installed; default none. */
  refuse: string | undefined;

  create(cluster: { uid: string; name: string; podCidr: string; serviceCidr: string }) {
    this.created.push(cluster);
    return Promise.resolve({ kubeconfig: `apiVersion: v1\nkind: Config\ncurrent-context: ${cluster.name}\n` });
  }

  setNodes(uid: string, nodes: KubernetesNode[]) {
    this.nodes.set(uid, nodes);
    return Promise.resolve();
  }

  install(_uid: string, pack: InstalledPack) {
    if (pack.name === this.refuse) return Promise.reject(new Error("its release does not become ready"));
    this.installed.push(pack);
    return Promise.resolve();
  }

  delete(uid: string) {
    this.deleted.push(uid);
    return Promise.resolve();
  }
}
