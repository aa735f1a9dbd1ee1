import { Agent } from "node:https";
import axios from "axios";
import { kubeconfigAccess } from "../../../providers/kubernetes/kubeconfig-access";
import { collectionPath, objectPath, type ObjectKindName } from "../../../providers/kubernetes/object-kinds";

/** An object of the lab's cluster, as far as tests look at it. */
export interface ClusterObject {
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec?: Record<string, unknown>;
  status?: { phase?: string };
}

/** A virtual machine as a test makes it, and what it needs. */
export interface MachineOfTest {
  name: string;
  namespace: string;
  network: string;
  /** The golden image of its disk. */
  image?: { namespace: string; name: string };
  cloudInitSecret?: string;
  preference?: string;
}

/** The kinds of objects that a datacenter's description makes. */
export const describedKinds: readonly ObjectKindName[] = [
  "NetworkAttachmentDefinition",
  "DataVolume",
  "VirtualMachineClusterPreference",
  "VirtualMachineClusterInstancetype",
  "VmTemplate",
  "Secret",
  "ConfigMap",
  "Service",
];

/** The API server of a lab's cluster, used as its users use it. */
export class LabCluster {
  private readonly http;

  constructor(readonly kubeconfig: string) {
    const { server, certificateAuthority, token = "" } = kubeconfigAccess(kubeconfig);
    this.http = axios.create({
      baseURL: server,
      proxy: false,
      httpsAgent: new Agent({ ca: certificateAuthority }),
      headers: { Authorization: `Bearer ${token}` },
    });
  }

  /** One object; undefined when it is not there. */
  async find(kind: ObjectKindName, name: string, namespace?: string): Promise<ClusterObject | undefined> {
    const { status, data } = await this.http.get<ClusterObject>(objectPath(kind, name, namespace), {
      validateStatus: (code) => code === 200 || code === 404,
    });
    return status === 200 ? data : undefined;
  }

  /** Uids by `Kind namespace/name` of all objects that carry our label. */
  async ours(): Promise<Record<string, string>> {
    const lists = await Promise.all(
      describedKinds.map(async (kind) => {
        const path = `${collectionPath(kind)}?labelSelector=app.kubernetes.io%2Fmanaged-by%3Dvmo-metal`;
        const { items } = (await this.http.get<{ items: ClusterObject[] }>(path)).data;
        return items.map(({ metadata }): [string, string] => [
          `${kind} ${metadata.namespace ?? ""}/${metadata.name}`,
          metadata.uid,
        ]);
      }),
    );
    return Object.fromEntries(lists.flat().sort(([a], [b]) => a.localeCompare(b)));
  }

  /** Changes an object as `kubectl edit` does: fields of other managers included, under a name of its own. */
  async edit(kind: ObjectKindName, place: { name: string; namespace?: string }, patch: object): Promise<void> {
    await this.http.patch(`${objectPath(kind, place.name, place.namespace)}?fieldManager=kubectl-edit`, patch, {
      headers: { "Content-Type": "application/merge-patch+json" },
    });
  }

  /** Labels of a namespace. */
  async namespaceLabels(name: string): Promise<Record<string, string>> {
    const { data } = await this.http.get<ClusterObject>(`/api/v1/namespaces/${name}`);
    return { ...data.metadata.labels };
  }

  /** Makes a virtual machine; it is not started. Its disk is cloned from an image. */
  async makeMachine(machine: MachineOfTest): Promise<void> {
    const { name, namespace, network, image, cloudInitSecret, preference } = machine;
    if (image !== undefined) {
      await this.post("DataVolume", namespace, {
        apiVersion: "cdi.kubevirt.io/v1beta1",
        kind: "DataVolume",
        metadata: { name: `${name}-disk`, namespace },
        spec: { source: { pvc: image }, storage: {} },
      });
    }
    const volumes =
      cloudInitSecret === undefined
        ? []
        : [{ name: "first-boot", cloudInitNoCloud: { secretRef: { name: cloudInitSecret } } }];
    await this.post("VirtualMachine", namespace, {
      apiVersion: "kubevirt.io/v1",
      kind: "VirtualMachine",
      metadata: { name, namespace },
      spec: {
        runStrategy: "Halted",
        ...(preference === undefined ? {} : { preference: { name: preference } }),
        template: {
          spec: {
            domain: { devices: { interfaces: [{ name: "default", bridge: {} }] }, memory: { guest: "1Gi" } },
            networks: [{ name: "default", multus: { networkName: network } }],
            volumes,
          },
        },
      },
    });
  }

  /** Makes a claim as somebody makes it by hand. */
  async makeClaim(name: string, namespace: string): Promise<void> {
    await this.http.post(`/api/v1/namespaces/${namespace}/persistentvolumeclaims`, {
      metadata: { name, namespace },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    });
  }

  /** Deletes an object. */
  async delete(kind: ObjectKindName, name: string, namespace: string): Promise<void> {
    await this.http.delete(objectPath(kind, name, namespace));
  }

  private async post(kind: ObjectKindName, namespace: string, object: object): Promise<void> {
    await this.http.post(collectionPath(kind, namespace), object);
  }
}
