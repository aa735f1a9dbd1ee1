import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { withPreviousType } from "../component-aliases";
import { CloudAccount } from "../../providers/palette/cloud-account";
import { ClusterProfile } from "../../providers/palette/cluster-profile";
import { Cluster } from "../../providers/palette/cluster/cluster";
import type { MachinePool } from "../../providers/palette/cluster/pools";
import type { OsPatch } from "../../providers/palette/cluster/settings";
import type { ProfileLayer, ProfileVariable } from "../../providers/palette/profile-content";
import { Kubeconfig } from "../../providers/palette/kubeconfig";
import { kubernetesProvider } from "../kubernetes-provider";
import type { RenderedProfile } from "../../profiles/render/render-profile";

/** A cluster profile of the datacenter, in one version. */
export interface ProfileArgs {
  rendered: Omit<RenderedProfile, "layers" | "variables" | "profileType" | "cloudType"> & {
    profileType: string;
    cloudType: string;
    layers: pulumi.Input<ProfileLayer[]>;
    variables: ProfileVariable[];
  };
  version: string;
  /** Contents of manifests that are secret, by `pack/name`. */
  secretManifests: pulumi.Input<Record<string, string>>;
  /** Values that are secret, by `pack/key/key/…`. Default: none. */
  secretValues?: pulumi.Input<Record<string, string>>;
  /** Values of its variables on the cluster. */
  variables: Record<string, string>;
}

/** Palette's part of one datacenter, as plain data and secrets. */
export interface PaletteArgs {
  /** Take over account and profiles where they exist already. */
  adopt: boolean;
  account: {
    name: string;
    gateway: string;
    /** URL of MAAS as the gateway sees it. */
    apiEndpoint: string;
    apiKey: pulumi.Input<string>;
    preferredSubnets: string[];
  };
  /** The infra profile first, then add-ons. */
  profiles: ProfileArgs[];
  cluster: {
    name: string;
    domain: string;
    podCidr: string;
    serviceCidr: string;
    sshKeys: string[];
    ntpServers: string[];
    pools: MachinePool[];
    /** Secret values of profile variables, by `profile/variable`. */
    secretVariables: pulumi.Input<Record<string, string>>;
    approveRepave: boolean;
    forceDelete: boolean;
    /** How long a deletion may take before it is forced. */
    forceDeleteAfterMinutes: number;
    /** How long a create, an update or a delete is waited for. */
    timeoutMinutes: number;
    timezone: string | null;
    componentUpgrades: "lock" | "unlock";
    osPatch: OsPatch;
    /** Refuse to delete it. */
    protect: boolean;
  };
}

/** Cloud account, cluster profiles, cluster and access to it (RA, "Spectro Cloud Palette configuration"). */
export class Palette extends pulumi.ComponentResource {
  readonly cluster: Cluster;
  /** The admin kubeconfig; a secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** The kubeconfig for users, who log in to the identity provider; a secret. */
  readonly userKubeconfig: pulumi.Output<string>;
  /** The Kubernetes provider of the cluster. */
  readonly provider: kubernetes.Provider;

  /** @param hosts what must be finished before machines are allocated: hosts enter their pool last */
  constructor(
    name: string,
    args: PaletteArgs,
    hosts: pulumi.Resource[],
    options: pulumi.ComponentResourceOptions = {},
  ) {
    super("vmo-metal:Palette", name, {}, withPreviousType(options, "vmo-metal:palette:Palette"));
    const account = new CloudAccount(args.account.name, { ...args.account, adopt: args.adopt }, { parent: this });
    const profiles = args.profiles.map((profile) => this.profile(profile, args.adopt));
    const { protect, ...cluster } = args.cluster;
    // Not named by the cluster's name: renamed, it would be another resource, and this one deleted, machines and all. As the same one it is refused.
    this.cluster = new Cluster(
      "cluster",
      {
        ...cluster,
        cloudAccount: account.name,
        profiles: pulumi.all(
          profiles.map((profile, index) => attached(profile, args.profiles[index]?.variables ?? {})),
        ),
        secretValues: pulumi.all(args.profiles.map(secretValueKeys)).apply((keys) => keys.flat()),
        adopt: args.adopt,
      },
      { parent: this, dependsOn: hosts, protect, aliases: [{ name: args.cluster.name }] },
    );
    const access = new Kubeconfig(`${args.cluster.name}-kubeconfig`, { cluster: this.cluster.id }, { parent: this });
    this.kubeconfig = access.kubeconfig;
    this.userKubeconfig = new Kubeconfig(
      `${args.cluster.name}-user-kubeconfig`,
      { cluster: this.cluster.id, flavour: "user" },
      { parent: this },
    ).kubeconfig;
    this.provider = kubernetesProvider(
      `${args.cluster.name}-kubernetes`,
      { kubeconfig: this.kubeconfig, clusterIdentifier: this.cluster.id },
      { parent: this },
    );
    this.registerOutputs({ cluster: this.cluster.id });
  }

  private profile(args: ProfileArgs, adopt: boolean): ClusterProfile {
    const { name, description, profileType, cloudType, layers, variables } = args.rendered;
    const { version, secretManifests, secretValues = {} } = args;
    return new ClusterProfile(
      name,
      {
        name,
        version,
        description,
        profileType,
        cloudType,
        layers,
        variables,
        secretManifests,
        secretValues,
        adopt,
      },
      { parent: this },
    );
  }
}

function attached(
  profile: ClusterProfile,
  variables: Record<string, string>,
): pulumi.Output<{ name: string; version: string; variables: Record<string, string> }> {
  return pulumi.all([profile.name, profile.version]).apply(([name, version]) => ({ name, version, variables }));
}

/** The keys of a profile's secret values, as the cluster knows them. Keys are no secrets. */
function secretValueKeys({ rendered, secretValues = {} }: ProfileArgs): pulumi.Output<string[]> {
  return pulumi.unsecret(
    pulumi.output(secretValues).apply((values) => Object.keys(values).map((key) => `${rendered.name}/${key}`)),
  );
}
