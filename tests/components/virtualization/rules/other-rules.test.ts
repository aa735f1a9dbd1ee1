import assert from "node:assert/strict";
import { windowsPreference } from "../../../../components/virtualization/objects/cluster-preference";
import { addressPoolProblems } from "../../../../components/virtualization/rules/address-pool-rules";
import { instanceTypeProblems } from "../../../../components/virtualization/rules/instance-type-rules";
import { metadataProblems } from "../../../../components/virtualization/rules/names";
import { preferenceProblems } from "../../../../components/virtualization/rules/preference-rules";
import { quantityValue } from "../../../../components/virtualization/rules/quantity";
import { storageProfileProblems } from "../../../../components/virtualization/rules/storage-profile-rules";
import { sysprepProblems } from "../../../../components/virtualization/rules/sysprep-rules";

function refused(problems: readonly string[], message: RegExp): void {
  assert.equal(problems.length, 1, problems.join("\n"));
  assert.match(problems[0] ?? "", message);
}

describe("rules for preferences", () => {
  const windows = windowsPreference("w")["spec"] as Record<string, Record<string, unknown>>;

  it("accept the topologies that KubeVirt has", () => {
    assert.deepEqual(preferenceProblems({ cpu: { preferredCPUTopology: "spread" } }), []);
    refused(preferenceProblems({ cpu: { preferredCPUTopology: "preferSockets" } }), /preferredCPUTopology/);
  });

  it("accept what CPUs can be spread across", () => {
    assert.deepEqual(preferenceProblems({ cpu: { spreadOptions: { across: "CoresThreads", ratio: 2 } } }), []);
    refused(preferenceProblems({ cpu: { spreadOptions: { across: "CoresThreads", ratio: 3 } } }), /must be 2/);
    refused(preferenceProblems({ cpu: { spreadOptions: { across: "Nodes" } } }), /across/);
  });

  it("want SMM with Secure Boot", () => {
    assert.deepEqual(preferenceProblems(windows), []);
    const { preferredSmm: _smm, ...features } = windows["features"] ?? {};
    refused(preferenceProblems({ ...windows, features }), /preferredSmm/);
  });

  it("want the feature gate for state that persists", () => {
    assert.deepEqual(preferenceProblems(windows, { featureGates: ["VMPersistentState"] }), []);
    assert.equal(preferenceProblems(windows, { featureGates: [] }).length, 2);
  });

  it("refuse fields that are none, or deprecated", () => {
    refused(preferenceProblems({ preferredAnnotations: {} }), /write annotations/);
    refused(preferenceProblems({ firmware: { preferredUseEfi: true } }), /deprecated/);
  });
});

describe("rules for instance types", () => {
  it("want whole CPUs and memory", () => {
    assert.deepEqual(instanceTypeProblems({ cpu: { guest: 2 }, memory: { guest: "4Gi" } }), []);
    refused(instanceTypeProblems({ cpu: { guest: 1.5 }, memory: { guest: "4Gi" } }), /whole number/);
    refused(instanceTypeProblems({ cpu: { guest: 1 }, memory: { guest: "4 GB" } }), /not a size/);
    refused(
      instanceTypeProblems({ cpu: { guest: 1 }, memory: { guest: "4Gi", overcommitPercent: 101 } }),
      /overcommitPercent/,
    );
  });
});

describe("rules for StorageProfiles", () => {
  const set = { accessModes: ["ReadWriteMany"], volumeMode: "Block" };

  it("accept clone strategies that CDI knows", () => {
    assert.deepEqual(storageProfileProblems({ cloneStrategy: "csi-clone", claimPropertySets: [set] }), []);
    refused(storageProfileProblems({ cloneStrategy: "csiclone" }), /cloneStrategy/);
  });

  it("accept access and volume modes that exist", () => {
    refused(storageProfileProblems({ claimPropertySets: [{ ...set, accessModes: ["RWX"] }] }), /access mode/);
    refused(storageProfileProblems({ claimPropertySets: [{ ...set, volumeMode: "Raw" }] }), /volumeMode/);
    refused(storageProfileProblems({ claimPropertySets: [{ volumeMode: "Block" }] }), /one to four/);
    refused(storageProfileProblems({ claimPropertySets: Array.from({ length: 9 }, () => set) }), /at most 8/);
  });
});

describe("MetalLB's rules for address pools", () => {
  const pool = { name: "first-pool", namespace: "metallb-system", addresses: ["10.0.0.10-10.0.0.20"] };
  const second = { ...pool, name: "second", addresses: ["10.0.0.21-10.0.0.30"] };

  it("accept pools apart from each other", () => {
    assert.deepEqual(addressPoolProblems([pool, second]), []);
  });

  it("refuse what MetalLB's webhooks refuse", () => {
    refused(addressPoolProblems([{ ...pool, addresses: [] }]), /no addresses/);
    refused(addressPoolProblems([{ ...pool, addresses: ["10.0.0.20-10.0.0.10"] }]), /"10\.0\.0\.20-10\.0\.0\.10"/);
    refused(addressPoolProblems([{ ...pool, addresses: ["10.0.0.0/33"] }]), /"10\.0\.0\.0\/33" is not a range/);
    refused(addressPoolProblems([{ ...pool, namespace: "default" }]), /must be in metallb-system/);
    refused(addressPoolProblems([pool, { ...second, name: pool.name }]), /there already/);
    refused(addressPoolProblems([pool, { ...second, addresses: ["10.0.0.16/28"] }]), /overlaps .* of pool first-pool/);
  });
});

describe("rules for answer files", () => {
  it("want a file name that KubeVirt looks for", () => {
    assert.deepEqual(sysprepProblems({ "Unattend.xml": "<unattend/>" }), []);
    refused(sysprepProblems({ "answers.xml": "<unattend/>" }), /neither/);
    refused(sysprepProblems({ "unattend.xml": "x".repeat(2 ** 20) }), /1 MiB/);
  });
});

describe("rules for metadata", () => {
  const manifest = (metadata: Record<string, unknown>) =>
    metadataProblems({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", ...metadata } });

  it("want names, namespaces, labels and annotations as Kubernetes takes them", () => {
    assert.deepEqual(manifest({ name: "a.b-1", namespace: "default" }), []);
    refused(manifest({ name: "A" }), /metadata\.name/);
    refused(manifest({ namespace: "a.b" }), /metadata\.namespace/);
    refused(manifest({ labels: { x: "y".repeat(64) } }), /metadata\.labels\.x/);
    refused(manifest({ annotations: { x: true } }), /write it in quotes/);
  });
});

describe("quantities", () => {
  it("are read with their suffixes", () => {
    assert.equal(quantityValue("1Mi"), 1048576);
    assert.equal(quantityValue("0.5k"), 500);
    assert.equal(quantityValue("250m"), 0.25);
    for (const text of ["", "5GB", "x", "1 Gi"]) assert.equal(quantityValue(text), undefined);
  });
});
