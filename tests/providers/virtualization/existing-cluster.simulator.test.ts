import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collectionPath } from "../../../providers/kubernetes/object-kinds";
import { connect, existingKubeconfig } from "../../../providers/virtualization/connection";
import { existingClusterKind } from "../../../providers/virtualization/existing-cluster";
import { inUse, useGuardKind } from "../../../providers/virtualization/use-guard";
import { FakeApiServer, kubeconfigFor } from "../kubernetes/fake-api-server";

const namespace = "GET /api/v1/namespaces/kube-system";

function machine(name: string, networkName: string, labels: Record<string, string> = {}): unknown {
  const spec = {
    template: { metadata: { labels }, spec: { networks: [{ name: "default", multus: { networkName } }] } },
  };
  return { metadata: { name, namespace: "vms" }, spec };
}

describe("a cluster that exists", () => {
  let server: FakeApiServer;
  const configured = (kubeconfig: string | undefined, existingCluster: object = {}) =>
    connect({
      get: (key) => (key === "vmo-metal:kubeconfig" ? kubeconfig : JSON.stringify({ name: "dc4", existingCluster })),
    });

  before(async () => {
    server = new FakeApiServer({
      [namespace]: { status: 200, body: { metadata: { name: "kube-system", uid: "uid-1" } } },
      [`GET ${collectionPath("VirtualMachine")}`]: {
        status: 200,
        body: { items: [machine("web", "nad-vlan-30"), machine("db", "other/net", { "vmo-metal/template": "t" })] },
      },
      [`GET ${collectionPath("DataVolume")}`]: {
        status: 200,
        body: {
          items: [
            {
              metadata: { name: "disk", namespace: "vms" },
              spec: { source: { pvc: { name: "dv", namespace: "images" } } },
              status: { phase: "CSICloneInProgress" },
            },
          ],
        },
      },
    });
    await server.listen();
  });
  after(() => server.close());

  it("is known by the uid of its namespace kube-system", async () => {
    const link = configured(server.kubeconfig);
    const { id } = await existingClusterKind.create(link, { name: "dc4" });
    assert.equal(id, "uid-1");
    assert.deepEqual(await existingClusterKind.read(link, id, { name: "dc4" }), {
      id,
      inputs: { name: "dc4" },
      outputs: {},
    });
  });

  it("is noticed to be another one", async () => {
    await assert.rejects(
      existingClusterKind.read(configured(server.kubeconfig), "uid-0", { name: "dc4" }),
      /leads to the cluster uid-1 .* objects are on the cluster uid-0\. Nothing was touched/,
    );
  });

  it("is not taken for gone when it is out of reach", async () => {
    const link = configured(kubeconfigFor("http://127.0.0.1:1"));
    await assert.rejects(existingClusterKind.read(link, "uid-1", { name: "dc4" }), /got no answer/);
  });

  it("is reached by a file, a context, or a stack secret, and says what to do without one", () => {
    const folder = mkdtempSync(join(tmpdir(), "vmo-metal-kubeconfig-"));
    const file = join(folder, "kubeconfig.yaml");
    writeFileSync(file, server.kubeconfig);
    assert.equal(existingKubeconfig({ kubeconfigFile: file }, undefined), server.kubeconfig);
    assert.match(existingKubeconfig({ context: "c" }, server.kubeconfig), /current-context: c/);
    assert.throws(() => existingKubeconfig({ context: "d" }, server.kubeconfig), /no context "d": there are c/);
    assert.throws(() => existingKubeconfig({}, undefined), /pulumi config set --secret vmo-metal:kubeconfig < FILE/);
    rmSync(folder, { recursive: true });
    assert.throws(() => existingKubeconfig({ kubeconfigFile: file }, undefined), /kubeconfigFile cannot be read/);
  });

  it("keeps what machines need from being deleted, and names them", async () => {
    const link = configured(server.kubeconfig);
    const guarded = {
      objects: ["NetworkAttachmentDefinition vms/nad-vlan-30", "DataVolume images/dv"],
      templateLabel: "vmo-metal/template",
      templates: ["t"],
    };
    await assert.rejects(
      useGuardKind.delete(link, "x", guarded),
      /vms\/web, vms\/db: these VMs are made from templates of this stack, or need its networks.* vms\/disk: this disk is still to be cloned/,
    );
    const others = ["NetworkAttachmentDefinition default/nad-vlan-30", "DataVolume images/dv-2"];
    await useGuardKind.delete(link, "x", { ...guarded, objects: others, templates: [] });
  });

  it("is not given up while it is out of reach, unless it is said to be gone for good", async () => {
    const guarded = { objects: ["NetworkAttachmentDefinition vms/nad-vlan-30"], templateLabel: "l", templates: [] };
    const link = configured(kubeconfigFor("http://127.0.0.1:1"));
    await assert.rejects(
      useGuardKind.delete(link, "x", guarded),
      /got no answer.* Nothing was deleted\. .*: PULUMI_K8S_DELETE_UNREACHABLE=true pulumi destroy$/,
    );
    process.env["PULUMI_K8S_DELETE_UNREACHABLE"] = "true";
    try {
      await useGuardKind.delete(link, "x", guarded);
      await useGuardKind.delete(configured(undefined), "x", guarded);
    } finally {
      delete process.env["PULUMI_K8S_DELETE_UNREACHABLE"];
    }
  });

  it("has nothing in use without machines", () => {
    const guarded = { objects: ["DataVolume a/b"], templateLabel: "l", templates: ["t"] };
    assert.equal(inUse({ machines: [], clones: [] }, guarded), undefined);
  });
});
