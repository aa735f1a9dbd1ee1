import type { Manifest } from "../objects/manifest";
import { cloudInitProblems } from "./cloud-init-rules";
import { dataVolumeProblems } from "./data-volume-rules";
import { instanceTypeProblems } from "./instance-type-rules";
import { metadataProblems } from "./names";
import { networkProblems } from "./network-rules";
import { preferenceProblems } from "./preference-rules";
import { storageProfileProblems } from "./storage-profile-rules";
import { sysprepProblems } from "./sysprep-rules";
import { textAt } from "./tree";
import { virtualMachineNameProblem, virtualMachineProblems } from "./virtual-machine-rules";

/** What manifests are checked against besides themselves and each other. */
export interface ManifestContext {
  /** The VLAN-aware bridge of the workers. */
  bridge?: string;
  /** KubeVirt's feature gates. */
  featureGates?: readonly string[];
}

/**
 * What only a real cluster's admission webhooks, CNI plugins or launchers would refuse in these objects, one line each:
 * `Kind namespace/name: field: what is wrong`. The API server's own schema checks are not repeated here.
 */
export function manifestProblems(manifests: readonly Manifest[], context: ManifestContext = {}): string[] {
  return manifests.flatMap((manifest) => {
    const { name, namespace } = manifest.metadata;
    const place = `${manifest.kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
    return [...metadataProblems(manifest), ...kindProblems(manifest, manifests, context)].map(
      (problem) => `${place}: ${problem}`,
    );
  });
}

function kindProblems(manifest: Manifest, all: readonly Manifest[], context: ManifestContext): string[] {
  const spec = manifest["spec"];
  switch (manifest.kind) {
    case "DataVolume":
      return dataVolumeProblems(spec);
    case "NetworkAttachmentDefinition":
      return networkProblems(spec, context);
    case "StorageProfile":
      return storageProfileProblems(spec);
    case "VirtualMachineClusterPreference":
      return preferenceProblems(spec, context);
    case "VirtualMachineClusterInstancetype":
      return instanceTypeProblems(spec);
    case "VirtualMachine":
      return [
        ...[virtualMachineNameProblem(manifest.metadata.name)].flatMap((problem) => problem ?? []),
        ...virtualMachineProblems(spec, referred(manifest, all)),
      ];
    case "VmTemplate":
      return virtualMachineProblems(spec, referred(manifest, all));
    case "ConfigMap":
      return sysprepProblems(manifest["data"]);
    case "Secret": {
      const userData = textAt(manifest["stringData"], "userdata");
      return userData === undefined ? sysprepProblems(manifest["stringData"]) : cloudInitProblems(userData);
    }
    default:
      return [];
  }
}

function referred(manifest: Manifest, all: readonly Manifest[]): { preference?: unknown; instanceType?: unknown } {
  const named = (kind: string, field: string): unknown =>
    all.find((other) => other.kind === kind && other.metadata.name === textAt(manifest["spec"], field, "name"))?.[
      "spec"
    ];
  return {
    preference: named("VirtualMachineClusterPreference", "preference"),
    instanceType: named("VirtualMachineClusterInstancetype", "instancetype"),
  };
}
