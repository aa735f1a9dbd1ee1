import { manifestProblems } from "../../../components/virtualization/rules/manifest-rules";
import { virtualizationManifests } from "../../../components/virtualization/virtualization-manifests";
import { plainVirtualizationArgs, surroundings } from "../../program/virtualization-args";
import type { DescriptionRule } from "../rule";

/** What the API server's schemas do not know, and so would only show on the real cluster. */
export const objectsAccepted: DescriptionRule = {
  code: "VRT010",
  severity: "error",
  rule: "The objects of the virtualization layer pass the admission rules of KubeVirt, CDI and Multus.",
  check: (datacenter) => {
    const { virtualization } = datacenter;
    if (virtualization === null || virtualization.delivery === "none") return [];
    const manifests = virtualizationManifests(plainVirtualizationArgs(datacenter, virtualization, {}), {});
    const { bridge } = surroundings(datacenter);
    return manifestProblems(Object.values(manifests).flat(), { bridge }).map((message) => ({
      path: "virtualization",
      message,
      fix: "Change the setting that this field is made from (docs/virtualization.md).",
    }));
  },
};

/** Palette would delete a namespace of a profile, with all virtual machines in it, when the profile is detached. */
export const profileNamespaces: DescriptionRule = {
  code: "VRT011",
  severity: "error",
  rule: "With delivery: profile, all namespaces are among those that the VMO pack makes.",
  check: ({ virtualization }) => {
    if (virtualization?.delivery !== "profile") return [];
    const made = new Set(["default", virtualization.goldenImagesNamespace, ...virtualization.virtualMachineNamespaces]);
    const used = [
      ...virtualization.networks.map(({ name, namespace }) => ({ what: `network "${name}"`, namespace })),
      ...virtualization.images.map(({ name, namespace }) => ({ what: `golden image "${name}"`, namespace })),
      ...virtualization.templates.flatMap(({ name, publish }) =>
        publish === null ? [] : [{ what: `published ports of "${name}"`, namespace: publish.namespace }],
      ),
    ];
    return used
      .filter(({ namespace }) => !made.has(namespace))
      .map(({ what, namespace }) => ({
        path: "virtualization",
        message: `${what} is in namespace "${namespace}", which nobody makes: a profile must not hold namespaces, as detaching it would delete what is in them`,
        fix: "Add the namespace to virtualization.virtualMachineNamespaces, or use one that is there.",
      }));
  },
};
