import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { applyAlternatives } from "../../profiles/render/alternatives";
import { type LayerFile, profileFolders, readProfileFiles } from "../../profiles/render/profile-files";
import { parseWithMacros } from "../../providers/palette/macro-text";

const registry = join(__dirname, "../../lab/palette/registry");
/** Paths of public packs, where they are at hand: a line `path = value`, `~` for a dot inside a key. */
const publicPacks = join(__dirname, "../../../shared/pack-values");

/** What our layers set though the pack's values do not have it, and why the pack takes it all the same. */
const additions: readonly (readonly [pack: string, path: RegExp, reason: string])[] = [
  ["kubernetes", /^kubeadmconfig\.kubeletExtraArgs\.config-dir$/, "any argument of the kubelet"],
  ["kubernetes", /^kubeadmconfig\.apiServer\.extraArgs\.oidc-/, "any argument of the API server"],
  ["kubernetes", /^clientConfig\.oidc-/, "the pack's own comment names them for an identity provider"],
  ["cni-cilium-oss", /^charts\.cilium\.podAnnotations\./, "any annotation of the pods"],
  ["csi-rook-ceph-helm", /\.nodeAffinity\..*nodeSelectorTerms$/, "any placement of the cluster's specification"],
  [
    "csi-portworx-generic",
    /\.storageCluster\.(spec\.|annotations\.)/,
    "any field of the published StorageCluster; presets add most",
  ],
  ["csi-dell-csm-operator", /\.csm\.config\.driver\.initContainers$/, "any container of the driver"],
  [
    "csi-dell-csm-operator",
    /\.storageclass\.(annotations\.|parameters\.|allowedTopologies$)/,
    "any field of the class",
  ],
  ["nginx", /^charts\.ingress-nginx\.(controller\.extraArgs|tcp)\./, "any argument and port of the controller"],
  ["prometheus-operator", /\.grafana\.ingress\.annotations\./, "any annotation of the Ingress"],
  ["lb-metallb-helm", /^pack\.spectrocloud~com\/install-priority$/, "Palette's own, for every pack"],
  [
    "lb-metallb-helm",
    /\.l2advertisements\.default\.spec\.(interfaces|nodeSelectors)$/,
    "any field of the advertisement",
  ],
  ["lb-metallb-helm", /\.(bgppeers\.router|bgpadvertisements\.default)\.spec\./, "any peer and advertisement"],
  ["virtual-machine-orchestrator", /\.volumeSnapshotClass\.params\./, "any parameter of the driver"],
  ["virtual-machine-orchestrator", /\.kubevirt\.ingress\.tls$/, "any field of the Ingress"],
  ["virtual-machine-orchestrator", /\.additionalConfig\.vmStateStorageClass$/, "any field of KubeVirt's configuration"],
];

/** Each path of values that is no map or an empty one. */
function leaves(value: unknown, path: readonly string[] = []): string[] {
  const members = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  if (members.length === 0) return [path.map((key) => key.replaceAll(".", "~")).join(".")];
  return members.flatMap(([key, member]) => leaves(member, [...path, key]));
}

/** Every layer of our profiles, as it is and with each alternative. */
function allLayers(): LayerFile[] {
  return Object.values(profileFolders).flatMap((folder) => {
    const files = readProfileFiles(folder);
    return [files, ...Object.values(files.alternatives).map((one) => applyAlternatives(files, [one]))].flatMap(
      ({ layers }) => layers,
    );
  });
}

/** Paths that layers set and the pack of that name does not have, without the listed additions. */
function unknownPaths(known: ReadonlyMap<string, readonly string[]>): string[] {
  const found = allLayers().flatMap(({ pack, values }) => {
    const has = known.get(pack.name);
    if (has === undefined) return [];
    return leaves(values)
      .filter((path) => path !== "")
      .filter((path) => !has.some((one) => one === path || one.startsWith(`${path}.`) || one.startsWith(`${path}[`)))
      .filter((path) => !additions.some(([name, pattern]) => name === pack.name && pattern.test(path)))
      .map((path) => `${pack.name} ${path}`);
  });
  return [...new Set(found)];
}

describe("paths that our layers set", () => {
  it("are in the values of the lab's pack, or are listed with a reason", () => {
    const packs = readdirSync(registry).map((name): [string, string[]] => [
      name,
      leaves(parseWithMacros(readFileSync(join(registry, name, "values.yaml"), "utf8"))),
    ]);
    assert.deepEqual(unknownPaths(new Map(packs)), []);
  });

  it("are in the values of the public pack, or are listed with a reason", function () {
    if (!existsSync(publicPacks)) {
      console.log("      skipped: ../shared/pack-values is not there");
      return this.skip();
    }
    const files = readdirSync(publicPacks).filter((name) => name.endsWith(".txt"));
    const packs = files.map((file): [string, string[]] => [
      file.replace(/-[\d.]+\.txt$/, ""),
      readFileSync(join(publicPacks, file), "utf8")
        .split("\n")
        .map((line) => line.split(" = ")[0] ?? ""),
    ]);
    assert.ok(packs.length > 3);
    assert.deepEqual(unknownPaths(new Map(packs)), []);
  });
});
