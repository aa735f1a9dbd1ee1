import assert from "node:assert/strict";
import { parse } from "yaml";
import { applyAlternatives } from "../../profiles/render/alternatives";
import { profileFolders, readProfileFiles } from "../../profiles/render/profile-files";
import { nodeFilesOf, rendered, valueAt, valuesOf } from "./rendered";

const vmo = "charts.virtual-machine-orchestrator";

describe("alternatives of the profiles", () => {
  it("SaaS licence: the preset changes and the key is a sensitive variable", () => {
    const profile = rendered("infra", {}, ["portworx-saas"]);
    const layer = profile.layers.find(({ pack }) => pack.name === "csi-portworx-generic");
    assert.ok(layer);
    assert.ok(layer.presets.includes("License Models:px-enterprise-saas"));
    assert.ok(!layer.presets.includes("License Models:px-enterprise"));
    assert.equal(profile.variables.find(({ name }) => name === "portworxSaasKey")?.isSensitive, true);
    const key = valueAt(valuesOf(profile, "csi-portworx-generic"), "charts.portworx-generic.license.saas.key");
    assert.equal(key, "{{.spectro.var.portworxSaasKey}}");
    const license = valueAt(valuesOf(profile, "csi-portworx-generic"), "charts.portworx-generic.license");
    assert.equal(valueAt(license, "enterprise"), null, "no activation id of the other licence is left");
  });

  it("iSCSI: hosts are readied before multipath is configured", () => {
    const profile = rendered("infra", { sanType: "ISCSI" }, ["iscsi"]);
    const values = valuesOf(profile, "ubuntu-maas");
    const commands = valueAt(values, "kubeadmconfig.preKubeadmCommands") as string[];
    const usual = valueAt(valuesOf(rendered("infra"), "ubuntu-maas"), "kubeadmconfig.preKubeadmCommands") as string[];
    const script = "/opt/vmo-metal/prepare-iscsi.sh";
    assert.ok(commands.indexOf(script) < commands.findIndex((command) => command.includes("multipath")));
    assert.deepEqual(
      commands.filter((command) => command !== script),
      usual,
    );
    assert.ok(nodeFilesOf(profile).has(script));
    const environment = valueAt(
      valuesOf(profile, "csi-portworx-generic"),
      "charts.portworx-generic.storageCluster.spec.env[PURE_FLASHARRAY_SAN_TYPE].value",
    );
    assert.equal(environment, "ISCSI");
  });

  it("own OIDC: the API server and the clients know the provider", () => {
    const oidc = { identityProvider: "oidc", oidcIssuerUrl: "https://id.example.test", oidcClientId: "vmo" };
    const values = valuesOf(rendered("infra", oidc, ["own-oidc"]), "kubernetes");
    assert.equal(valueAt(values, "pack.palette.config.dashboard.identityProvider"), "oidc");
    assert.equal(valueAt(values, "kubeadmconfig.apiServer.extraArgs.oidc-issuer-url"), "https://id.example.test");
    assert.equal(valueAt(values, "clientConfig.oidc-client-id"), "vmo");
    assert.equal(valueAt(values, "kubeadmconfig.kubeletExtraArgs.config-dir"), "/etc/kubernetes/kubelet.conf.d");
  });

  it("BGP: nothing is advertised by ARP any more", () => {
    const profile = rendered("core", {}, ["bgp"]);
    const configuration = valueAt(valuesOf(profile, "lb-metallb-helm"), "charts.metallb-full.configuration");
    assert.equal(valueAt(configuration, "l2advertisements"), null, "null takes the pack's own away");
    assert.ok(valueAt(configuration, "bgpadvertisements.default"));
    const router = { myASN: 64512, peerASN: 64513, peerAddress: "10.20.30.1" };
    assert.deepEqual(valueAt(configuration, "bgppeers.router.spec"), router);
    const names = profile.variables.map(({ name }) => name);
    assert.ok(!names.includes("loadBalancerInterface"));
  });

  it("ingress for images: export and upload are served by the ingress and take no address each", () => {
    const values = valuesOf(rendered("core", {}, ["image-ingress"]), "virtual-machine-orchestrator");
    for (const part of ["kubevirt", "cdi"]) {
      assert.equal(valueAt(values, `${vmo}.${part}.service.type`), "ClusterIP");
      assert.equal(valueAt(values, `${vmo}.${part}.ingress.enabled`), true);
      const host = `${part === "cdi" ? "upload" : "export"}.vmo.metal.example.test`;
      assert.deepEqual(valueAt(values, `${vmo}.${part}.ingress.hosts`), [
        { host, paths: [{ path: "/", pathType: "ImplementationSpecific" }] },
      ]);
      assert.deepEqual(valueAt(values, `${vmo}.${part}.ingress.tls[0].hosts`), [host]);
    }
  });

  it("direct access: the dashboard is a load balancer's", () => {
    const values = valuesOf(rendered("core", {}, ["direct-access"]), "virtual-machine-orchestrator");
    assert.equal(valueAt(values, "pack.palette.config.dashboard.access"), "public");
    assert.equal(valueAt(values, `${vmo}.service.type`), "LoadBalancer");
  });

  for (const [name, pack, driver] of [
    ["rook-ceph", "csi-rook-ceph-helm", "rook-ceph.rbd.csi.ceph.com"],
    ["dell-powerflex", "csi-dell-csm-operator", "csi-vxflexos.dellemc.com"],
  ] as const) {
    it(`${name}: another storage layer, nothing of a FlashArray, its own snapshots`, () => {
      const infra = rendered("infra", {}, [name]);
      assert.deepEqual(
        infra.layers.map((layer) => layer.pack.name),
        ["ubuntu-maas", "kubernetes", "cni-cilium-oss", pack],
      );
      assert.notEqual(infra.name, rendered("infra").name);
      assert.ok(!infra.variables.some((variable) => variable.name === "maxStorageNodes"));
      assert.doesNotMatch(JSON.stringify(infra.layers), /multipath|PURE|san-boot|pure\.json/);
      const values = valuesOf(rendered("core", {}, [name]), "virtual-machine-orchestrator");
      const snapshots = valueAt(values, `${vmo}.snapshot-controller.volumeSnapshotClass`);
      assert.equal(valueAt(snapshots, "driver"), driver);
      assert.equal(valueAt(snapshots, "params.csi~openstorage~org/snapshot-type"), null);
      assert.equal(valueAt(snapshots, "extraLabels.velero~io/csi-volumesnapshot-class"), "true");
    });
  }

  it("Portworx CSI: its own licence model, no storage nodes, Direct Access volumes, the management interface", () => {
    const profile = rendered("infra", { sanType: "ISCSI" }, ["portworx-csi"]);
    const layer = profile.layers.find(({ pack }) => pack.name === "csi-portworx-generic");
    assert.ok(layer?.presets.includes("License Models:px-csi"));
    assert.ok(!profile.variables.some(({ name }) => name === "maxStorageNodes"));
    const values = valueAt(valuesOf(profile, "csi-portworx-generic"), "charts.portworx-generic");
    assert.equal(valueAt(values, "storageCluster.spec.env[PURE_FLASHARRAY_SAN_TYPE].value"), "ISCSI");
    assert.deepEqual(valueAt(values, "storageCluster.spec.network"), {
      mgmtInterface: "bond_mgmt.10",
      dataInterface: "bond_mgmt.10",
    });
    assert.deepEqual(valueAt(values, "storageClasses[spectro-storage-class].parameters"), { backend: "pure_block" });
    assert.doesNotMatch(JSON.stringify(values), /repl|deviceSpecs|activationId/);
  });

  it("Rook-Ceph: StorageClasses name the secrets of their drivers; a file system for TPM state", () => {
    const values = valueAt(
      valuesOf(rendered("infra", {}, ["rook-ceph"]), "csi-rook-ceph-helm"),
      "charts.rook-ceph-cluster",
    );
    const classes = [
      valueAt(values, "cephBlockPools[0].storageClass"),
      valueAt(values, "cephFileSystems[0].storageClass"),
    ];
    assert.deepEqual(
      classes.map((item) => valueAt(item, "name")),
      ["spectro-storage-class", "spectro-vm-state"],
    );
    for (const [index, driver] of ["rbd", "cephfs"].entries())
      for (const [use, secret] of [
        ["provisioner", "provisioner"],
        ["controller-expand", "provisioner"],
        ["node-stage", "node"],
      ]) {
        const name = valueAt(classes[index], `parameters.csi~storage~k8s~io/${use}-secret-name`);
        assert.equal(name, `rook-csi-${driver}-${secret}`);
        assert.equal(valueAt(classes[index], `parameters.csi~storage~k8s~io/${use}-secret-namespace`), "rook-ceph");
      }
  });

  it("PowerFlex: system, pool and managers are the description's, in both StorageClasses", () => {
    const profile = rendered("infra", {}, ["dell-powerflex"]);
    const layer = profile.layers.find(({ pack }) => pack.name === "csi-dell-csm-operator");
    const values = valueAt(valuesOf(profile, "csi-dell-csm-operator"), "charts.csm-operator");
    const parameters = { storagepool: "pool1", systemID: "2b11bb111111bb1b" };
    assert.deepEqual(valueAt(values, "storageclass.parameters"), parameters);
    assert.equal(valueAt(values, "storageclass.annotations.storageclass~kubevirt~io/is-default-virt-class"), "true");
    const topology = valueAt(values, "storageclass.allowedTopologies[0].matchLabelExpressions[0].key");
    assert.equal(topology, "csi-vxflexos.dellemc.com/2b11bb111111bb1b");
    const managers = valueAt(values, "csm.config.driver.initContainers[0].envs[MDM].value");
    assert.equal(managers, "172.16.0.201,172.16.0.202");
    const state = parse(layer?.manifests[0]?.content ?? "") as unknown;
    assert.equal(valueAt(state, "metadata.name"), "spectro-vm-state");
    assert.deepEqual(valueAt(state, "parameters"), { ...parameters, "csi.storage.k8s.io/fstype": "nfs" });
  });

  it("another provider: snapshots are its driver's", () => {
    const values = valuesOf(
      rendered("core", { storageProvisioner: "csi.trident.netapp.io" }, ["other-storage"]),
      "virtual-machine-orchestrator",
    );
    const snapshots = valueAt(values, `${vmo}.snapshot-controller.volumeSnapshotClass`);
    assert.equal(valueAt(snapshots, "driver"), "csi.trident.netapp.io");
    assert.equal(valueAt(snapshots, "params.csi~openstorage~org/snapshot-type"), null);
  });

  it("can be combined", () => {
    const profile = rendered("infra", { sanType: "ISCSI" }, ["portworx-saas", "iscsi", "own-oidc"]);
    assert.equal(profile.layers.length, 4);
  });

  it("leave the data that they start from as it is", () => {
    const files = readProfileFiles(profileFolders.infra);
    const before = JSON.stringify(files);
    applyAlternatives(files, Object.values(files.alternatives).slice(0, 1));
    assert.equal(JSON.stringify(files), before);
  });

  it("say what is wrong with a name or with data that is out of date", () => {
    assert.throws(() => rendered("core", {}, ["nothing"]), /no alternative "nothing"; it has: bgp, /);
    const files = readProfileFiles(profileFolders.core);
    const wrong = { title: "Wrong", layers: { "no-such-pack": {} } };
    assert.throws(() => applyAlternatives(files, [wrong]), /"Wrong" names layer "no-such-pack"/);
    const preset = { title: "Wrong", layers: { nginx: { removePresets: ["A:b"] } } };
    assert.throws(() => applyAlternatives(files, [preset]), /names preset "A:b"/);
  });
});
