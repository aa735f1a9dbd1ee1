import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { ApiClient } from "../../../lab/kubernetes/api/api-client";
import { ObjectsApi } from "../../../lab/kubernetes/api/objects-api";
import { findBinaries, type Binaries } from "../../../lab/kubernetes/control-plane/binaries";
import { LocalPlatform } from "../../../lab/kubernetes/local-platform";
import { fieldOf, listOf, textOf, type KubernetesObject } from "../../../lab/kubernetes/objects";
import type { InstalledPack } from "../../../lab/kubernetes/platform";
import { readTextFile } from "../../../lab/json-file";
import { PROJECT } from "../../../lab/lab-folder";
import { until } from "../../../lab/until";
import { PORTWORX_VALUES, VMO_VALUES } from "./packs/values";

const UID = "65f0c0ffee";
const PATIENCE = { timeout: 60_000, every: 50 };

function pack(name: string, layer: InstalledPack["layer"], values: string, manifest = ""): InstalledPack {
  return { name, layer, version: "1.0.0", values, manifests: manifest === "" ? [] : [{ name, content: manifest }] };
}

/** A client with what the kubeconfig says, as a user of the cluster has it. */
function clientOf(kubeconfig: string): { api: ApiClient; objects: ObjectsApi } {
  const config: unknown = parse(kubeconfig);
  const cluster = fieldOf(listOf(config, "clusters")[0], "cluster");
  const certificate = textOf(cluster, "certificate-authority-data") ?? "";
  const api = new ApiClient({
    server: textOf(cluster, "server") ?? "",
    certificateAuthority: Buffer.from(certificate, "base64").toString(),
    token: textOf(listOf(config, "users")[0], "user", "token") ?? "",
  });
  return { api, objects: new ObjectsApi(api) };
}

/** Ids of the processes whose pid files lie in the folder, sorted. */
function processesOf(folder: string): number[] {
  const texts = ["etcd", "kube-apiserver", "kube-controller-manager"].map((name) =>
    readTextFile(join(folder, UID, "processes", `${name}.pid`)),
  );
  return texts.flatMap((text) => (text === undefined ? [] : [Number(text)])).sort((one, other) => one - other);
}

describe("Kubernetes of the lab, on real control planes", function () {
  this.timeout(240_000);
  let binaries: Binaries;
  let folder: string;
  let platform: LocalPlatform;
  let kubeconfig: string;
  let api: ApiClient | undefined;
  let objects: ObjectsApi;
  const lines: string[] = [];

  const newPlatform = () => new LocalPlatform({ folder, binaries, timeScale: 600, log: (line) => lines.push(line) });
  const cluster = { uid: UID, name: "dc1", podCidr: "100.64.0.0/18", serviceCidr: "100.64.64.0/18" };
  const processes = async () => (await platform.summary())[0]?.processes ?? {};
  const phaseOf = async (kind: string, apiVersion: string, name: string, namespace: string) =>
    textOf(await objects.get({ apiVersion, kind, metadata: { name, namespace } }), "status", "phase");
  const succeeded = (name: string) =>
    until(
      `DataVolume ${name} Succeeded`,
      async () =>
        (await phaseOf("DataVolume", "cdi.kubevirt.io/v1beta1", name, "vmo-golden-images")) === "Succeeded"
          ? true
          : undefined,
      PATIENCE,
    );

  before(async function () {
    const found = findBinaries(PROJECT);
    if (found.binaries === undefined) {
      console.log(`      skipped: ${found.missing.join(", ")} missing; npm run setup builds them`);
      this.skip();
    }
    binaries = found.binaries;
    folder = mkdtempSync(join(tmpdir(), "lab-kubernetes-"));
    platform = newPlatform();
    ({ kubeconfig } = await platform.create(cluster));
    ({ api, objects } = clientOf(kubeconfig));
  });

  after(async () => {
    if (folder === undefined) return;
    api?.close();
    await platform.delete(UID);
    rmSync(folder, { recursive: true, force: true });
  });

  it("answers a kubeconfig that works, and the same one again", async () => {
    assert.ok(await objects.get({ apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system" } }));
    assert.equal((await platform.create(cluster)).kubeconfig, kubeconfig);
    assert.deepEqual(Object.keys(await processes()).sort(), ["etcd", "kube-apiserver", "kube-controller-manager"]);
  });

  it("lets nobody in without a token", async () => {
    const stranger = clientOf(kubeconfig.replace(/token: .*/, "token: wrong"));
    await assert.rejects(stranger.api.call({ method: "GET", path: "/api/v1/namespaces" }), /401/);
    stranger.api.close();
  });

  it("keeps no Secret in clear in its files", async () => {
    const password = "correct-horse-battery-staple";
    const metadata = { name: "guest", namespace: "default" };
    const secret = { apiVersion: "v1", kind: "Secret", metadata, stringData: { password } };
    await objects.create(secret, "test");
    const kept = await objects.get(secret);
    assert.equal(fieldOf(kept, "data", "password"), Buffer.from(password).toString("base64"));
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = [password, Buffer.from(password).toString("base64").slice(0, -4)];
    const holding = files.filter(({ parentPath, name }) => {
      const content = readFileSync(join(parentPath, name));
      return texts.some((text) => content.includes(text));
    });
    assert.ok(files.length > 5);
    assert.deepEqual(
      holding.map(({ name }) => name),
      [],
    );
  });

  it("has a Node per machine, ready, and follows changes", async () => {
    const node = (name: string) => ({
      name,
      controlPlane: name.startsWith("cp"),
      zone: "az1",
      internalIp: "172.16.0.11",
      cpuCount: 64,
      memoryMebibytes: 524_288,
      labels: {},
      taints: [],
    });
    await platform.setNodes(UID, ["cp-1", "worker-1", "worker-2"].map(node));
    await platform.setNodes(UID, ["cp-1", "worker-2", "worker-3"].map(node));
    const { items } = await objects.list("v1", "Node");
    assert.deepEqual(items.map((one) => one.metadata.name).sort(), ["cp-1", "worker-2", "worker-3"]);
  });

  it("installs packs in order: what one needs of another must be there", async () => {
    const dataVolume = `
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata:
  name: ubuntu
  namespace: vmo-golden-images
  annotations: { cdi.kubevirt.io/storage.bind.immediate.requested: "" }
spec:
  source: { http: { url: "https://images.example.test/ubuntu.img" } }
  storage: { resources: { requests: { storage: 50Gi } } }
`;
    const image = pack("golden-image", "addon", "", dataVolume);
    await assert.rejects(platform.install(UID, image), /no matches for kind "DataVolume"/);
    await platform.install(UID, pack("csi-portworx-generic", "csi", PORTWORX_VALUES));
    await platform.install(UID, pack("virtual-machine-orchestrator", "addon", VMO_VALUES));
    await platform.install(UID, image);
    await succeeded("ubuntu");
    assert.equal(await phaseOf("PersistentVolumeClaim", "v1", "ubuntu", "vmo-golden-images"), "Bound");
    assert.equal(await phaseOf("KubeVirt", "kubevirt.io/v1", "kubevirt", "kubevirt"), "Deployed");
  });

  it("refuses what the real schema does not know, with the server's words", async () => {
    const wrong = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndatta: { a: b }\n";
    await assert.rejects(platform.install(UID, pack("typo", "addon", "", wrong)), /datta/);
    const access = `
apiVersion: cdi.kubevirt.io/v1beta1
kind: StorageProfile
metadata: { name: spectro-storage-class }
spec: { claimPropertySets: [{ accessModes: [ReadWriteMost], volumeMode: Block }] }
`;
    await assert.rejects(platform.install(UID, pack("rule", "addon", "", access)), /Illegal AccessMode/);
  });

  it("keeps a StorageProfile per class, shows the spec in its status, and makes a deleted one again", async () => {
    const reference = {
      apiVersion: "cdi.kubevirt.io/v1beta1",
      kind: "StorageProfile",
      metadata: { name: "spectro-storage-class" },
    };
    const rwx = { accessModes: ["ReadWriteMany"], volumeMode: "Block" };
    const spec = { claimPropertySets: [rwx], cloneStrategy: "csi-clone" };
    const applied = await objects.apply({ ...reference, spec }, "test");
    const narrowed = async () => {
      const sets = listOf(await objects.get(reference), "status", "claimPropertySets");
      return sets.length === 1 ? sets[0] : undefined;
    };
    assert.deepEqual(await until("status follows the spec", narrowed, PATIENCE), rwx);
    await objects.delete(reference);
    const again = async () => {
      const uid = (await objects.get(reference))?.metadata.uid;
      return uid === undefined || uid === applied.metadata.uid ? undefined : uid;
    };
    assert.ok(await until("StorageProfile made again", again, PATIENCE));
  });

  it("finishes the deletion of a namespace and of what belongs to deleted objects", async () => {
    const namespace: KubernetesObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "short-lived" } };
    await objects.create(namespace, "test");
    await objects.create(
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "inside", namespace: "short-lived" } },
      "test",
    );
    await objects.delete(namespace);
    const gone = async (one: KubernetesObject) => ((await objects.get(one)) === undefined ? true : undefined);
    await until("end of the namespace", () => gone(namespace), PATIENCE);
    const metadata = { name: "ubuntu", namespace: "vmo-golden-images" };
    await objects.delete({ apiVersion: "cdi.kubevirt.io/v1beta1", kind: "DataVolume", metadata });
    await until(
      "end of the claim with its DataVolume",
      () => gone({ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata }),
      PATIENCE,
    );
  });

  it("comes to rest: without a change from outside nothing is written", async () => {
    const version = async () => (await objects.list("v1", "ConfigMap")).resourceVersion;
    const rest = async () => {
      const before = await version();
      // A second of silence is long against the controllers' own pace of some milliseconds.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return (await version()) === before ? true : undefined;
    };
    await until("rest", rest, { timeout: 30_000 });
  });

  it("can be made unreachable, and comes back with everything", async () => {
    const { id } = platform.faults.add({ kind: "unreachable", cluster: "dc1" });
    const runs = async () => Object.keys(await processes()).length;
    await until("everything stopped", async () => ((await runs()) === 0 ? true : undefined), PATIENCE);
    platform.faults.clear(id);
    await until("everything runs", async () => ((await runs()) === 3 ? true : undefined), PATIENCE);
    await platform.create(cluster);
    assert.equal((await objects.list("v1", "Node")).items.length, 3);
  });

  it("survives the death of its programs", async () => {
    const before = await processes();
    for (const name of ["kube-apiserver", "etcd"]) {
      const pid = before[name];
      assert.ok(pid, name);
      process.kill(pid, "SIGKILL");
    }
    const back = async () => ((await processes())["kube-apiserver"] !== undefined ? true : undefined);
    await until("API server runs again", back, PATIENCE);
    await until(
      "Namespace there",
      async () => {
        try {
          return await objects.get({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vmo-golden-images" } });
        } catch {
          return undefined;
        }
      },
      PATIENCE,
    );
    await platform.create(cluster);
    assert.notEqual((await processes())["etcd"], before["etcd"]);
  });

  it("is found again after the lab's process was killed, with controllers that go on", async () => {
    await platform.stop();
    assert.deepEqual(processesOf(folder), []);
    const lab = spawn(process.execPath, ["--require", "tsx/cjs", join(__dirname, "platform-process.ts"), folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(lab.stdout, "data");
    const before = processesOf(folder);
    assert.equal(before.length, 3, "on the data that was there");
    lab.kill("SIGKILL");
    await once(lab, "exit");
    platform = newPlatform();
    await platform.resume();
    assert.deepEqual(processesOf(folder), before, "nothing was started twice");
    assert.equal(platform.kubeconfig("dc1"), kubeconfig);
    assert.equal((await objects.list("v1", "Node")).items.length, 3);
    await platform.setNodes(UID, []);
  });

  it("leaves nothing behind after delete", async () => {
    const before = await processes();
    assert.equal(Object.keys(before).length, 3);
    await platform.delete(UID);
    await platform.delete(UID);
    for (const pid of Object.values(before)) {
      // An ending process has no command line any more a moment before it has no folder.
      await until(`end of process ${pid}`, () => (existsSync(`/proc/${pid}/cwd`) ? undefined : true), PATIENCE);
    }
    assert.deepEqual(readdirSync(folder), []);
    await assert.rejects(platform.setNodes(UID, []), /no cluster/);
  });
});
