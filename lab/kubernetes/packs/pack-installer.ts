import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fieldOf, listOf, textOf } from "../objects";
import { until } from "../../until";
import type { ObjectsApi } from "../api/objects-api";
import type { CrdSet, PackStage } from "./pack-content";

const MANAGER = "palette";
const CRD = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
/** The sets that are written for the lab, one CRD each, with its name. */
const OWN_CRDS: Partial<Record<CrdSet, string>> = {
  vmtemplates: "vmtemplates.spectrocloud.com",
  storageclusters: "storageclusters.core.libopenstorage.org",
};
/** API groups by the end of their name; the first that fits counts. */
const GROUPS: [string, CrdSet][] = [
  ["k8s.cni.cncf.io", "multus"],
  ["cdi.kubevirt.io", "cdi"],
  ["kubevirt.io", "kubevirt"],
  ["snapshot.storage.k8s.io", "snapshot"],
  ["groupsnapshot.storage.k8s.io", "snapshot"],
  ["cert-manager.io", "cert-manager"],
  ["metallb.io", "metallb"],
];
/** Milliseconds; a loaded machine takes some seconds for KubeVirt's large ones. */
const ESTABLISHED_TIMEOUT = 60_000;

/** Applies the contents of packs to one cluster. */
export class PackInstaller {
  constructor(
    private readonly objects: ObjectsApi,
    /** Folder with the upstream CRDs, a file per CRD. */
    private readonly upstreamCrds: string,
    /** Called after CRDs came. */
    private readonly crdsCame: () => void,
  ) {}

  /**
   * Applies stage after stage; within a stage the CRDs are served before the objects go in.
   * @throws KubernetesApiError with the server's words when it refuses an object.
   */
  async apply(stages: PackStage[]): Promise<void> {
    for (const stage of stages) {
      for (const set of stage.crds) await this.applyCrds(set);
      for (const object of stage.objects) await this.objects.apply(object, MANAGER);
    }
  }

  private async applyCrds(set: CrdSet): Promise<void> {
    const applied = await Promise.all(
      crdFiles(this.upstreamCrds, set).map(({ name, file }) =>
        this.objects.applyText(CRD.apiVersion, CRD.kind, name, readFileSync(file, "utf8"), MANAGER),
      ),
    );
    await until(
      `CRDs of ${set} served`,
      async () => {
        for (const crd of applied) if (!(await this.isServed(crd))) return undefined;
        return true;
      },
      { timeout: ESTABLISHED_TIMEOUT, every: 50 },
    );
    this.crdsCame();
  }

  private isServed(crd: unknown): Promise<boolean> {
    const version = listOf(crd, "spec", "versions").find((one) => fieldOf(one, "storage") === true);
    const apiVersion = `${textOf(crd, "spec", "group")}/${textOf(version, "name")}`;
    return this.objects.serves(apiVersion, textOf(crd, "spec", "names", "kind") ?? "");
  }
}

/** The CRDs of a set: our own lie beside this code, upstream's all in one folder, in files named after the CRD. */
function crdFiles(upstream: string, set: CrdSet): { name: string; file: string }[] {
  const own = OWN_CRDS[set];
  if (own !== undefined) return [{ name: own, file: join(__dirname, "..", "crds", `${set}.yaml`) }];
  const files = readdirSync(upstream)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => ({ name: basename(file, ".yaml"), file: join(upstream, file) }))
    .filter(({ name }) => setOfCrd(name) === set);
  if (files.length === 0) throw new Error(`${upstream} holds no CRD of ${set}; run \`npm run setup\``);
  return files;
}

/** Which set a CRD (`<plural>.<group>`) belongs to; undefined for one that no pack of the lab brings. */
export function setOfCrd(name: string): CrdSet | undefined {
  const group = name.slice(name.indexOf(".") + 1);
  return GROUPS.find(([suffix]) => group === suffix || group.endsWith(`.${suffix}`))?.[1];
}
