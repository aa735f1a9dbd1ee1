import assert from "node:assert/strict";
import fc from "fast-check";
import { fieldOf, listOf, textOf, type KubernetesObject } from "../../../../lab/kubernetes/objects";
import { cdi, MemoryCluster, object, storage } from "./memory-cluster";

const NAMESPACE = "vmo-golden-images";
const NOW = { "cdi.kubevirt.io/storage.bind.immediate.requested": "" };
const SIZE = { resources: { requests: { storage: "50Gi" } } };

function dataVolume(
  spec: Record<string, unknown> = {},
  annotations: Record<string, string> = NOW,
  name = "ubuntu",
): KubernetesObject {
  const whole = { source: { http: { url: "https://images.example.test/ubuntu.img" } }, storage: SIZE, ...spec };
  return object("DataVolume", name, { spec: whole }, { namespace: NAMESPACE, annotations });
}

function vmo(): MemoryCluster {
  const cluster = new MemoryCluster().add(...storage(), cdi());
  cluster.settle();
  return cluster;
}

function phase(cluster: MemoryCluster, name = "ubuntu"): string | undefined {
  return textOf(cluster.get("DataVolume", name, NAMESPACE), "status", "phase");
}

function condition(cluster: MemoryCluster, type: string): unknown {
  const conditions = listOf(cluster.get("DataVolume", "ubuntu", NAMESPACE), "status", "conditions");
  return conditions.find((one) => textOf(one, "type") === type);
}

/** The phases that a DataVolume shows until nothing happens any more. */
function phases(cluster: MemoryCluster): string[] {
  const seen: string[] = [];
  for (let look = 0; look < 100; look += 1) {
    const { lookAgainIn } = cluster.settle();
    const now = phase(cluster) ?? "";
    if (seen.at(-1) !== now) seen.push(now);
    if (lookAgainIn === undefined) return seen;
    cluster.pass(lookAgainIn);
  }
  throw new Error("it never ends");
}

describe("simulated CDI: DataVolumes", () => {
  it("imports an image into a claim of the same name", () => {
    const cluster = vmo().add(dataVolume());
    assert.deepEqual(phases(cluster), ["ImportScheduled", "ImportInProgress", "Succeeded"]);
    assert.equal(fieldOf(cluster.get("DataVolume", "ubuntu", NAMESPACE), "status", "progress"), "100.0%");
    assert.equal(textOf(condition(cluster, "Ready"), "status"), "True");
    assert.equal(textOf(condition(cluster, "Bound"), "status"), "True");
    assert.equal(textOf(condition(cluster, "Running"), "reason"), "Completed");
    const claim = cluster.get("PersistentVolumeClaim", "ubuntu", NAMESPACE);
    assert.equal(textOf(claim, "status", "phase"), "Bound");
    assert.deepEqual(fieldOf(claim, "spec", "accessModes"), ["ReadWriteMany"]);
    assert.equal(fieldOf(claim, "spec", "volumeMode"), "Block");
    assert.equal(claim?.metadata.ownerReferences?.[0]?.kind, "DataVolume");
    assert.equal(cluster.names("PersistentVolume").length, 1);
  });

  it("waits for a consumer without the immediate annotation, and goes on when a pod wants the claim", () => {
    const cluster = vmo().add(dataVolume({}, {}));
    assert.deepEqual(phases(cluster), ["PendingPopulation"]);
    const volumes = [{ name: "disk", persistentVolumeClaim: { claimName: "ubuntu" } }];
    cluster.add(object("Pod", "virt-launcher", { spec: { volumes } }, { namespace: NAMESPACE }));
    assert.equal(phases(cluster).at(-1), "Succeeded");
  });

  it("does not wait for a consumer where CDI's gate is off", () => {
    const cluster = new MemoryCluster().add(...storage(), object("CDI", "cdi", { spec: {} }), dataVolume({}, {}));
    assert.equal(phases(cluster).at(-1), "Succeeded");
  });

  it("says why there is no claim when nothing gives it modes, and goes on when the profile does", () => {
    const cluster = new MemoryCluster().add(...storage("local", "example.test/local"), cdi(), dataVolume());
    assert.deepEqual(phases(cluster), ["Pending"]);
    assert.equal(textOf(condition(cluster, "Bound"), "reason"), "ErrClaimNotValid");
    assert.match(textOf(condition(cluster, "Bound"), "message") ?? "", /StorageProfile local/);
    const sets = [{ accessModes: ["ReadWriteOnce"], volumeMode: "Filesystem" }];
    const present = cluster.get("StorageProfile", "local") as KubernetesObject;
    cluster.add({ ...present, spec: { claimPropertySets: sets } });
    assert.equal(phases(cluster).at(-1), "Succeeded");
    const claim = cluster.get("PersistentVolumeClaim", "ubuntu", NAMESPACE);
    assert.equal(fieldOf(claim, "spec", "volumeMode"), "Filesystem");
    assert.notEqual(fieldOf(claim, "spec", "resources", "requests", "storage"), "50Gi", "with overhead");
  });

  it("waits for its StorageClass", () => {
    const cluster = vmo().add(dataVolume({ storage: { ...SIZE, storageClassName: "later" } }));
    assert.deepEqual(phases(cluster), ["Pending"]);
    assert.match(textOf(condition(cluster, "Bound"), "message") ?? "", /"later" not found/);
    cluster.add(...storage("later"));
    assert.equal(phases(cluster).at(-1), "Succeeded");
  });

  it("clones a golden image only when it is there, as the profile says", () => {
    const source = { pvc: { name: "ubuntu", namespace: NAMESPACE } };
    const cluster = vmo().add(dataVolume({ source }, NOW, "disk"));
    cluster.settleInTime();
    assert.equal(phase(cluster, "disk"), "CloneScheduled");
    cluster.add(dataVolume()).settleInTime();
    assert.equal(phase(cluster, "disk"), "Succeeded");
  });

  it("refuses a clone that is smaller than its source", () => {
    const source = { pvc: { name: "ubuntu", namespace: NAMESPACE } };
    const cluster = vmo().add(dataVolume());
    cluster.settleInTime();
    const small = { resources: { requests: { storage: "10Gi" } } };
    cluster.add(dataVolume({ source, storage: small }, NOW, "disk")).settleInTime();
    const conditions = listOf(cluster.get("DataVolume", "disk", NAMESPACE), "status", "conditions");
    assert.ok(conditions.some((one) => textOf(one, "reason") === "CloneValidationFailed"));
  });

  it("keeps trying an image that the lab was told is broken, and imports it once it is healed", () => {
    const cluster = vmo().add(dataVolume());
    cluster.facts.brokenImages = ["images.example.test"];
    for (let look = 0; look < 5; look += 1) cluster.pass(cluster.settle().lookAgainIn ?? 0);
    cluster.settle();
    assert.equal(phase(cluster), "ImportInProgress");
    assert.match(textOf(condition(cluster, "Running"), "message") ?? "", /404 Not Found/);
    assert.ok(Number(fieldOf(cluster.get("DataVolume", "ubuntu", NAMESPACE), "status", "restartCount")) > 0);
    cluster.facts.brokenImages = [];
    assert.equal(phases(cluster).at(-1), "Succeeded");
  });

  it("leaves a claim alone that it does not own", () => {
    const claim = object("PersistentVolumeClaim", "ubuntu", { spec: {} }, { namespace: NAMESPACE });
    const cluster = vmo().add(claim, dataVolume());
    assert.deepEqual(phases(cluster), ["Pending"]);
    assert.equal(textOf(condition(cluster, "Bound"), "reason"), "ErrResourceExists");
  });

  it("goes on after a restart of the lab where it was: all it knows is in the objects", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 20 }), (pauses) => {
        const cluster = vmo().add(dataVolume());
        let before = -1;
        for (const pause of pauses) {
          cluster.pass(pause).settle();
          const progress = textOf(cluster.get("DataVolume", "ubuntu", NAMESPACE), "status", "progress") ?? "N/A";
          const percent = progress === "N/A" ? 0 : Number.parseFloat(progress);
          assert.ok(percent >= before, `${percent} after ${before}`);
          before = percent;
        }
        cluster.settleInTime();
        assert.equal(phase(cluster), "Succeeded");
      }),
      { numRuns: 30 },
    );
  });

  it("upload waits for its user", () => {
    const cluster = vmo().add(dataVolume({ source: { upload: {} } }));
    assert.equal(phases(cluster).at(-1), "UploadReady");
  });
});
