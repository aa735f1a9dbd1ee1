import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { BareMetal } from "../../components/bare-metal/bare-metal";
import { Palette } from "../../components/palette/palette";
import { ExistingClusterAccess } from "../../components/virtualization/existing-cluster-access";
import { ImageVersions } from "../../components/virtualization/image-versions";
import { Virtualization } from "../../components/virtualization/virtualization";
import { hostArgs } from "../../stacks/program/host-args";
import { siteArgs } from "../../stacks/program/site-args";
import { plainVirtualizationArgs } from "../../stacks/program/virtualization-args";
import { mockEngine, valueOf } from "../mock-engine";
import { datacenterWith, type Settings } from "../stacks/descriptions";
import { paletteArgsOf } from "../stacks/palette-args-of";
import { RecordedTree } from "./recorded-tree";

describe("the bare metal component", () => {
  const tree = new RecordedTree();

  before(async () => {
    await mockEngine({ computed: { former: {}, pending: [] } });
    const datacenter = datacenterWith({
      hosts: { "worker-pool": { tags: ["vmo-worker"] } },
      networks: {
        data: { remote: [{ cidr: "10.99.0.0/16", gateway: "10.20.0.1" }] },
        provisioning: {
          dhcp: { primaryRack: "rack-1" },
          dynamicRanges: ["192.168.1.1-192.168.1.99"],
        },
      },
    });
    const args = { site: siteArgs(datacenter), hosts: hostArgs(datacenter, undefined) };
    const layer = new BareMetal("bare-metal", args, tree.recording);
    for (const host of layer.hosts.values()) await valueOf(host.pending);
    await valueOf(layer.urn);
  });

  it("has the site and each host as children, and what belongs to them below", () => {
    assert.equal(tree.parentOf("Site bare-metal-site"), "bare-metal");
    assert.equal(tree.parentOf("Host worker-1"), "bare-metal");
    for (const [place, parent] of [
      ["ResourcePool worker-pool", "bare-metal-site"],
      ["Zone az1", "bare-metal-site"],
      ["Tag tag-vmo-worker", "bare-metal-site"],
      ["Domain metal.example.com", "bare-metal-site"],
      ["Fabric datacenter", "bare-metal-site"],
      ["VlanDhcp dhcp-0", "bare-metal-site"],
      ["StaticRoute route-10-99-0-0-16", "bare-metal-site"],
      ["Setting enable_disk_erasing_on_release", "bare-metal-site"],
      ["Machine worker-1", "worker-1"],
      ["HostNetwork worker-1-network", "worker-1"],
      ["StorageLayout worker-1-storage", "worker-1"],
      ["PoolMembership worker-1-pool", "worker-1"],
    ] as const)
      assert.equal(tree.parentOf(place), parent, place);
  });

  it("makes each host once", () => {
    const hosts = tree.made.filter((place) => place.startsWith("Host "));
    assert.deepEqual(hosts.length, 10);
    for (const kind of ["Machine", "HostNetwork", "StorageLayout", "PoolMembership"])
      assert.equal(tree.made.filter((place) => place.startsWith(`${kind} `)).length, 10, kind);
  });

  it("switches DHCP on when the ranges are there", async () => {
    assert.deepEqual(
      (await tree.dependenciesOf("VlanDhcp dhcp-0")).filter((name) => name.startsWith("provisioning")),
      ["provisioning-192.168.1.1"],
    );
  });

  it("configures a host when the networks are there, and lets it into its pool last", async () => {
    assert.ok((await tree.dependenciesOf("HostNetwork worker-1-network")).includes("management"));
    assert.deepEqual(await tree.dependenciesOf("StorageLayout worker-1-storage"), ["worker-1-network"]);
    const last = await tree.dependenciesOf("PoolMembership worker-1-pool");
    for (const before of ["worker-1-network", "worker-1-storage", "enable_disk_erasing_on_release", "tag-vmo-worker"])
      assert.ok(last.includes(before), `${before} is not before the pool: ${last.join(", ")}`);
  });
});

describe("the Palette component", () => {
  const build = async (settings: Settings): Promise<RecordedTree> => {
    const tree = new RecordedTree();
    await mockEngine({ computed: { kubeconfig: "apiVersion: v1", apiEndpoint: "api:6443" } });
    const secrets = { maasApiKey: pulumi.secret("k"), flashArrayTokens: { flashArrayApiToken: "t" } };
    const args = paletteArgsOf(datacenterWith(settings), secrets, (value) => pulumi.secret(value));
    const hosts = new pulumi.ComponentResource("test:Hosts", "hosts");
    const layer = new Palette("palette", args, [hosts], tree.recording);
    await valueOf(layer.kubeconfig);
    await valueOf(layer.provider.urn);
    return tree;
  };
  const clusterOf = (tree: RecordedTree): string => tree.made.find((place) => place.startsWith("Cluster ")) ?? "";

  it("has account, profiles, cluster, kubeconfig and provider as children", async () => {
    const tree = await build({});
    const children = tree.made.filter((place) => place !== "Palette palette");
    for (const place of children) assert.equal(tree.parentOf(place), "palette", place);
    for (const kind of ["CloudAccount", "ClusterProfile", "Cluster", "Kubeconfig", "kubernetes"])
      assert.ok(
        children.some((place) => place.startsWith(`${kind} `)),
        kind,
      );
  });

  it("asks for the cluster when all hosts are in their pools, and protects it outside the lab", async () => {
    const tree = await build({});
    assert.ok((await tree.dependenciesOf(clusterOf(tree))).includes("hosts"));
    assert.equal(tree.get(clusterOf(tree)).options.protect, true);
    const unprotected = await build({ protect: false });
    assert.equal(unprotected.get(clusterOf(unprotected)).options.protect, false);
  });
});

describe("the virtualization component", () => {
  const build = async (leaveInPlace: boolean, ready?: pulumi.Output<boolean>): Promise<RecordedTree> => {
    const tree = new RecordedTree();
    await mockEngine();
    const datacenter = datacenterWith({
      virtualization: { templates: { own: { image: "dv-ubuntu-2204", network: "pod", publish: { ports: [22] } } } },
    });
    assert.ok(datacenter.virtualization);
    const args = plainVirtualizationArgs(datacenter, datacenter.virtualization, { windowsAdministratorPassword: "w" });
    const surroundings = { imageNames: {}, leaveInPlace, ...(ready === undefined ? {} : { ready }) };
    const layer = new Virtualization("virtualization", args, surroundings, tree.recording);
    await valueOf(layer.templates);
    return tree;
  };

  it("has every object as its child", async () => {
    const tree = await build(true);
    for (const place of tree.made.filter((one) => one !== "Virtualization virtualization"))
      assert.equal(tree.parentOf(place), "virtualization", place);
  });

  it("sends objects when their namespaces are there, images when CDI knows the storage, templates last", async () => {
    const tree = await build(true);
    const namespaces = ["virtual-machines", "vmo-golden-images"];
    assert.deepEqual(await tree.dependenciesOf("NetworkAttachmentDefinition nad-vlan-30"), namespaces);
    assert.deepEqual(
      await tree.dependenciesOf("DataVolume dv-ubuntu-2204"),
      ["storage-profile-spectro-storage-class", ...namespaces].sort(),
    );
    const before = await tree.dependenciesOf("VmTemplate vmtemplate-windows-2022");
    for (const name of [
      "dv-windows-2022",
      "nad-vlan-30",
      "vmcp-generic-windows",
      "cm-unattend-xml-default",
      "vmit-small",
    ])
      assert.ok(before.includes(name), `${name} is not before the template: ${before.join(", ")}`);
  });

  it("sends nothing before the cluster was looked at", async () => {
    const tree = await build(true, pulumi.output(true));
    for (const place of [
      "NamespacePatch virtual-machines",
      "Secret secret-unattend-xml-default",
      "Service own-virtual-machines",
    ])
      assert.ok(pulumi.Output.isInstance(tree.get(place).options.dependsOn), place);
  });

  it("leaves objects to the cluster that they go with, and never deletes what others need", async () => {
    const tree = await build(true);
    for (const place of tree.made.filter((one) => one !== "Virtualization virtualization"))
      assert.equal(tree.goesWith(place), "virtualization", place);
    for (const place of [
      "NamespacePatch virtual-machines",
      "StorageProfilePatch storage-profile-spectro-storage-class",
    ])
      assert.equal(tree.get(place).options.retainOnDelete, true, place);
    assert.ok(!tree.made.includes("UseGuard in-use"));
  });

  it("deletes its objects on a cluster that stays, behind a guard that is asked first", async () => {
    const tree = await build(false);
    assert.equal(tree.goesWith("NetworkAttachmentDefinition nad-vlan-30"), undefined);
    const guarded = await tree.dependenciesOf("UseGuard in-use");
    for (const name of ["nad-vlan-30", "nad-vlan-untagged", "own", "vmtemplate-ubuntu-2204-cloud-init-default"])
      assert.ok(guarded.includes(name), `${name} is not guarded: ${guarded.join(", ")}`);
    assert.equal(tree.get("NamespacePatch virtual-machines").options.retainOnDelete, true);
  });

  it("replaces an image only for another spec", async () => {
    const tree = await build(true);
    assert.deepEqual(tree.get("DataVolume dv-ubuntu-2204").options.replaceOnChanges, ["spec"]);
  });
});

describe("the names of golden images", () => {
  it("are a child for each image", async () => {
    const tree = new RecordedTree();
    await mockEngine({ computed: { name: "dv-a" } });
    const image = { name: "dv-a", namespace: "n", size: "1Gi", source: { upload: {} }, storageClass: "s" };
    const versions = new ImageVersions("golden-images", [image], tree.recording);
    assert.deepEqual(await valueOf(versions.names), { "dv-a": "dv-a" });
    assert.equal(tree.parentOf("ImageVersion dv-a-version"), "golden-images");
  });
});

describe("access to a cluster that exists", () => {
  it("knows the provider by the cluster's uid, and its kubeconfig as a secret", async () => {
    const tree = new RecordedTree();
    await mockEngine();
    const access = new ExistingClusterAccess("existing-cluster", { name: "dc4", kubeconfig: "k" }, tree.recording);
    await valueOf(access.provider.urn);
    assert.deepEqual(tree.made, [
      "ExistingCluster dc4",
      "ExistingClusterAccess existing-cluster",
      "kubernetes dc4-kubernetes",
    ]);
    assert.equal(tree.parentOf("ExistingCluster dc4"), "existing-cluster");
    assert.equal(tree.parentOf("kubernetes dc4-kubernetes"), "existing-cluster");
    assert.equal(await pulumi.isSecret(access.kubeconfig), true);
    assert.equal(await valueOf(access.cluster.id), "id-of-dc4");
  });
});
