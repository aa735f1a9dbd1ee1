import * as pulumi from "@pulumi/pulumi";
import type { Palette, ProfileArgs } from "../../components/palette/palette";
import { ImageVersions, type ImageNames } from "../../components/virtualization/image-versions";
import { Virtualization } from "../../components/virtualization/virtualization";
import type { ClusterSection } from "../description/cluster";
import { clusterReady } from "./cluster-look";
import type { CheckedDatacenter } from "./checked-datacenter";
import { layoutValues } from "./layout-values";
import { profileParameters } from "./profile-parameters";
import { templatesProfile } from "./templates-profile";
import { plainVirtualizationArgs, surroundings, virtualizationArgs } from "./virtualization-args";

/** What the cluster calls each golden image; the same names for both deliveries, so that a switch finds what is there. */
export function goldenImageNames({ datacenter }: CheckedDatacenter, root: pulumi.Resource): pulumi.Output<ImageNames> {
  const { virtualization } = datacenter;
  if (virtualization === null || virtualization.delivery === "none") return pulumi.output({} as ImageNames);
  const { images } = plainVirtualizationArgs(datacenter, virtualization, {});
  return new ImageVersions("golden-images", images, { parent: root }).names;
}

/** The objects of the virtualization layer; undefined where there is no cluster, or where something else delivers them. */
export function virtualizationLayer(
  { datacenter, secrets }: CheckedDatacenter,
  palette: Palette | undefined,
  imageNames: pulumi.Output<ImageNames>,
  root: pulumi.Resource,
): Virtualization | undefined {
  const { virtualization } = datacenter;
  if (palette === undefined || virtualization === null || virtualization.delivery !== "objects") return undefined;
  const args = virtualizationArgs<pulumi.Input<string>>(virtualization, {
    ...surroundings(datacenter),
    guestPassword: secretOrNone(secrets.get("guestPassword")),
    windowsAdministratorPassword: secretOrNone(secrets.get("windowsAdministratorPassword")),
  });
  const ready = clusterReady(
    palette.kubeconfig,
    { storageClass: datacenter.storage.storageClass, namespace: "default" },
    virtualization.networks.map(({ namespace, name }) => `${namespace}/${name}`),
  );
  // The objects go with the cluster: a destroy need not ask a cluster that is deleted anyway.
  return new Virtualization(
    "virtualization",
    args,
    { imageNames, ready, leaveInPlace: true },
    { parent: root, providers: [palette.provider], dependsOn: [palette.cluster] },
  );
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
  const parameters = profileParameters(datacenter, cluster, layoutValues(datacenter));
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
