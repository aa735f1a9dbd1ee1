import { customResourceDefinitions } from "./custom-resource-definitions";
import { programRecipe, type Recipe } from "./recipe";
import type { Part } from "./toolchain-part";
import { versions } from "./versions";

const engineVersion = { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${versions.pulumi}` };

const [kubernetesMajor = "", kubernetesMinor = ""] = versions.kubernetes.split(".");

/** What a server tells of itself at /version; the module itself carries no release number. */
const kubernetesVersion = {
  "k8s.io/component-base/version.gitVersion": `v${versions.kubernetes}`,
  "k8s.io/component-base/version.gitMajor": kubernetesMajor,
  "k8s.io/component-base/version.gitMinor": kubernetesMinor,
  "k8s.io/component-base/version.gitTreeState": "clean",
};

/** How each part is built. Durations and sizes were measured on two cores, one part after the other, nothing cached before. */
export const recipes: Readonly<Record<Part, Recipe>> = {
  // The engine warns at every command about a language host that is not in its own folder, so that they are one part.
  pulumi: programRecipe(
    { name: "pulumi", title: `Pulumi ${versions.pulumi}`, seconds: 245, gigabytes: 5, sources: "pulumi" },
    [
      {
        folder: "engine",
        package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        program: "pulumi",
        variables: engineVersion,
      },
      {
        folder: "language-nodejs",
        package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
        program: "pulumi-language-nodejs",
        variables: engineVersion,
        copies: {
          when: "after",
          module: "github.com/pulumi/pulumi/sdk/v3",
          folder: "nodejs/dist",
          files: ["pulumi-resource-pulumi-nodejs", "pulumi-analyzer-policy"],
        },
      },
    ],
  ),
  etcd: programRecipe({ name: "etcd", title: `etcd ${versions.etcd}`, seconds: 30, gigabytes: 0.5, sources: "etcd" }, [
    { folder: ".", package: "go.etcd.io/etcd/server/v3", program: "etcd" },
  ]),
  kubeApiserver: programRecipe(
    {
      name: "kube-apiserver",
      title: `kube-apiserver ${versions.kubernetes}`,
      seconds: 220,
      gigabytes: 2,
      sources: "kubernetes",
    },
    [
      {
        folder: ".",
        package: "k8s.io/kubernetes/cmd/kube-apiserver",
        program: "kube-apiserver",
        variables: kubernetesVersion,
      },
    ],
  ),
  kubeControllerManager: programRecipe(
    {
      name: "kube-controller-manager",
      title: `kube-controller-manager ${versions.kubernetes}`,
      seconds: 85,
      gigabytes: 0.7,
      sources: "kubernetes",
    },
    [
      {
        folder: ".",
        package: "k8s.io/kubernetes/cmd/kube-controller-manager",
        program: "kube-controller-manager",
        variables: kubernetesVersion,
      },
    ],
  ),
  crds: customResourceDefinitions,
  kubernetesProvider: programRecipe(
    {
      name: "pulumi-resource-kubernetes",
      title: `Pulumi provider for Kubernetes ${versions.kubernetesProvider}`,
      seconds: 480,
      gigabytes: 3,
      sources: "kubernetes-provider",
    },
    [
      {
        folder: ".",
        package: ".",
        program: "pulumi-resource-kubernetes",
        variables: { "main.version": versions.kubernetesProvider },
        copies: {
          when: "before",
          module: "github.com/pulumi/pulumi-kubernetes/provider/v4",
          folder: "cmd/pulumi-resource-kubernetes",
          files: ["schema.json", "terraform-mapping.json"],
        },
      },
    ],
  ),
};
