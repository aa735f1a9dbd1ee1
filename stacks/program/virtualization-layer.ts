import * as pulumi from "@pulumi/pulumi";
import type { ProfileArgs } from "../../components/palette/palette";
import { ImageVersions, type ImageNames } from "../../components/virtualization/image-versions";
import { Virtualization } from "../../components/virtualization/virtualization";
import { foreignClaims } from "../../components/virtualization/rules/missing-claim-rules";
import type { Manifest } from "../../components/virtualization/objects/manifest";
import { virtualizationManifests } from "../../components/virtualization/virtualization-manifests";
import { ApiError } from "../../providers/dynamic/errors";
import { kubeconfigAccess } from "../../providers/kubernetes/kubeconfig-access";
import { KubernetesClient } from "../../providers/kubernetes/kubernetes-client";
import { definitionName, isObjectKind, type ObjectKindName } from "../../providers/kubernetes/object-kinds";
import type { ImageOfClaim } from "../../providers/kubernetes/missing-claims";
import type { ObjectPlace } from "../../providers/kubernetes/object-place";
import { lacksTemplatesOnly } from "../../providers/kubernetes/readiness";
import { existingKubeconfig } from "../../providers/virtualization/connection";
import type { ClusterSection } from "../description/cluster";
import type { Datacenter } from "../description/datacenter";
import type { VirtualizationSection } from "../description/virtualization";
import type { ClusterAccess } from "./cluster-access";
import { clusterReady } from "./cluster-look";
import type { CheckedDatacenter } from "./checked-datacenter";
import { log } from "./log";
import { profileParameters } from "./profile-parameters";
import { tellImports } from "./tell-imports";
import { templatesProfile } from "./templates-profile";
import { plainVirtualizationArgs, surroundings, virtualizationArgs } from "./virtualization-args";

/** What the cluster calls each golden image; the same names for both deliveries, so that a switch finds what is there. */
export function goldenImageNames({ datacenter }: CheckedDatacenter, root: pulumi.Resource): pulumi.Output<ImageNames> {
  const { virtualization } = datacenter;
  if (virtualization === null || virtualization.delivery === "none") return pulumi.output({} as ImageNames);
  const { images } = plainVirtualizationArgs(datacenter, virtualization, {});
  return new ImageVersions("golden-images", images, { parent: root }).names;
}

/**
 * The objects of the virtualization layer; undefined where there is no cluster, or where something else delivers them. What a profile delivers is looked
 * at by previews only: the profile comes before the cluster, so that an update cannot wait with it for what is found there.
 */
export async function virtualizationLayer(
  checked: CheckedDatacenter,
  access: ClusterAccess | undefined,
  imageNames: pulumi.Output<ImageNames>,
  root: pulumi.Resource,
): Promise<Virtualization | undefined> {
  const { datacenter, secrets, report } = checked;
  if (access === undefined || datacenter.virtualization === null) return undefined;
  const virtualization = await withoutUnknownTemplates(checked, datacenter.virtualization);
  if (virtualization.delivery === "none") return undefined;
  const { kubeconfig, provider, dependsOn, existing } = access;
  const look = {
    readiness: {
      storageClass: datacenter.storage.storageClass,
      namespace: "default",
      kinds: kindsOf(datacenter, virtualization),
    },
    objects: placesOf(datacenter, virtualization),
    images: imageNames.apply((names) =>
      virtualization.images.map(({ name, namespace }) => `${namespace}/${names[name] ?? name}`),
    ),
    copies: imageNames.apply((names) => copiedImages(virtualization, names)),
    owner: datacenter.name,
    existing,
    report,
  };
  if (virtualization.delivery === "profile") {
    if (pulumi.runtime.isDryRun()) clusterReady(kubeconfig, look);
    return undefined;
  }
  const args = virtualizationArgs<pulumi.Input<string>>(virtualization, {
    ...surroundings(datacenter),
    guestPassword: secretOrNone(secrets.get("guestPassword")),
    windowsAdministratorPassword: secretOrNone(secrets.get("windowsAdministratorPassword")),
  });
  const ready = clusterReady(kubeconfig, look);
  tellImports({ kubeconfig, ready, images: look.images, owner: look.owner });
  // The objects of our own cluster go with it: a destroy need not ask a cluster that is deleted anyway.
  return new Virtualization(
    "virtualization",
    args,
    { kubeconfig, imageNames, ready, leaveInPlace: existing === undefined },
    { parent: root, providers: [provider], dependsOn },
  );
}

/**
 * The section without templates on an existing cluster that has KubeVirt and no definition of VmTemplates: they are off by themselves there. A
 * cluster that cannot be asked keeps what is described.
 */
async function withoutUnknownTemplates(
  { datacenter, secrets }: CheckedDatacenter,
  section: VirtualizationSection,
): Promise<VirtualizationSection> {
  if (datacenter.existingCluster === null || section.templates.length === 0) return section;
  const access = existingKubeconfig(datacenter.existingCluster, secrets.get("kubeconfig"));
  try {
    if (!(await lacksTemplatesOnly(new KubernetesClient(kubeconfigAccess(access))))) return section;
  } catch (failure) {
    // The look that follows states what is wrong with the cluster.
    if (failure instanceof ApiError) return section;
    throw failure;
  }
  const names = section.templates.map(({ name }) => name).join(", ");
  await log.warn(
    `The cluster has KubeVirt but no VmTemplates (CustomResourceDefinition ${definitionName("VmTemplate") ?? ""}): ${names} ` +
      `${section.templates.length === 1 ? "is" : "are"} left out, and everything else is made. Install the VM Orchestrator to have them, or take them ` +
      "out of virtualization.templates.",
  );
  return { ...section, templates: [] };
}

/** Where the objects of the description are, as far as the names are known beforehand. */
function placesOf(datacenter: Datacenter, section: VirtualizationSection): ObjectPlace[] {
  const { storage: _shared, ...ours } = virtualizationManifests(plainVirtualizationArgs(datacenter, section, {}), {});
  return Object.values(ours)
    .flat()
    .flatMap(({ kind, metadata: { name, namespace } }: Manifest) =>
      isObjectKind(kind) ? [{ kind, name, ...(namespace === undefined ? {} : { namespace }) }] : [],
    );
}

/** Images that are copied from a claim which no image of the description makes. */
function copiedImages({ images }: VirtualizationSection, names: ImageNames): ImageOfClaim[] {
  const place = ({ namespace, name }: { namespace: string; name: string }): string =>
    `${namespace}/${names[name] ?? name}`;
  const copied = images.flatMap((image) =>
    image.source.kind === "pvc"
      ? [{ image: place(image), claim: `${image.source.namespace}/${image.source.name}` }]
      : [],
  );
  return foreignClaims(copied, [...images.map(place), ...images.map(({ namespace, name }) => `${namespace}/${name}`)]);
}

/** Kinds that the cluster must know: those of the objects, and virtual machines. */
function kindsOf(datacenter: Datacenter, section: VirtualizationSection): ObjectKindName[] {
  const made = placesOf(datacenter, section).map(({ kind }) => kind);
  return [...new Set<ObjectKindName>(["StorageProfile", "DataVolume", "VirtualMachine", ...made])];
}

/** The profile VMO-RA-Templates; undefined unless it delivers the objects. */
export function templatesProfileArgs(
  { datacenter, secrets }: CheckedDatacenter,
  cluster: ClusterSection,
  imageNames: pulumi.Output<ImageNames>,
): ProfileArgs | undefined {
  const { virtualization } = datacenter;
  if (virtualization?.delivery !== "profile") return undefined;
  const args = plainVirtualizationArgs(datacenter, virtualization, {
    guestPassword: secrets.get("guestPassword"),
    windowsAdministratorPassword: secrets.get("windowsAdministratorPassword"),
  });
  const parameters = profileParameters(datacenter, cluster);
  const profile = (names: ImageNames) => templatesProfile(args, names, parameters);
  return {
    rendered: {
      ...profile({}).rendered,
      layers: imageNames.apply((names) => profile(names).rendered.layers),
    },
    version: cluster.profileVersions.templates,
    // Passwords are in these manifests only; image names are not, so they are known at once.
    secretManifests: pulumi.secret(profile({}).secretManifests),
    variables: {},
  };
}

function secretOrNone(value: string | undefined): pulumi.Output<string> | undefined {
  return value === undefined ? undefined : pulumi.secret(value);
}
