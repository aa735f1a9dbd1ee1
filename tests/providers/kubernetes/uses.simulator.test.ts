import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { imageImports } from "../../../providers/kubernetes/image-imports";
import { imageUses } from "../../../providers/kubernetes/image-uses";
import { kubeconfigAccess } from "../../../providers/kubernetes/kubeconfig-access";
import { KubernetesClient } from "../../../providers/kubernetes/kubernetes-client";
import { labelledObjects } from "../../../providers/kubernetes/labelled-objects";
import { machineUses } from "../../../providers/kubernetes/machine-uses";
import { collectionPath, objectPath } from "../../../providers/kubernetes/object-kinds";
import { placeText } from "../../../providers/kubernetes/object-place";
import { objectOwners } from "../../../providers/kubernetes/object-owners";
import { FakeApiServer } from "./fake-api-server";

function client(server: FakeApiServer): KubernetesClient {
  return new KubernetesClient(kubeconfigAccess(server.kubeconfig), { tries: 1 });
}

describe("what is in use in a cluster", () => {
  let server: FakeApiServer;
  const cluster = async (answers: Record<string, unknown>): Promise<KubernetesClient> => {
    const all = Object.entries(answers).map(([path, body]): [string, { status: number; body: unknown }] => [
      `GET ${path}`,
      { status: 200, body },
    ]);
    server = new FakeApiServer(Object.fromEntries(all));
    await server.listen();
    return client(server);
  };
  afterEach(() => server.close());

  const machinesOf = async (...machines: object[]) =>
    machineUses(await cluster({ [collectionPath("VirtualMachine")]: { items: machines } }));
  const machine = (spec: object, status: object = {}): object => ({
    metadata: { name: "vm", namespace: "vms" },
    spec,
    status,
  });

  it("is networks by machine, with networks of their own namespace spelt out", async () => {
    const networks = [{ multus: { networkName: "a" } }, { multus: { networkName: "other/b" } }, { pod: {} }];
    const found = await machinesOf(machine({ template: { metadata: { labels: { l: "t" } }, spec: { networks } } }), {
      metadata: { name: "bare", namespace: "vms" },
    });
    assert.deepEqual(found, [
      {
        machine: "vms/vm",
        needs: [
          { kind: "NetworkAttachmentDefinition", namespace: "vms", name: "a" },
          { kind: "NetworkAttachmentDefinition", namespace: "other", name: "b" },
        ],
        labels: { l: "t" },
      },
      { machine: "vms/bare", needs: [], labels: {} },
    ]);
  });

  it("is first-boot configuration by machine", async () => {
    const volumes = [
      { cloudInitNoCloud: { secretRef: { name: "user" }, networkDataSecretRef: { name: "network" } } },
      { cloudInitConfigDrive: { secretRef: { name: "drive" } } },
      { sysprep: { secret: { name: "answers" } } },
      { sysprep: { configMap: { name: "unattend" } } },
      { secret: { secretName: "disk" } },
      { configMap: { name: "settings" } },
      { dataVolume: { name: "root" } },
    ];
    const [found] = await machinesOf(machine({ template: { spec: { volumes } } }));
    assert.deepEqual(found?.needs.map(placeText).sort(), [
      "ConfigMap vms/settings",
      "ConfigMap vms/unattend",
      "Secret vms/answers",
      "Secret vms/disk",
      "Secret vms/drive",
      "Secret vms/network",
      "Secret vms/user",
    ]);
  });

  it("is a preference and an instance type that KubeVirt has kept no copy of", async () => {
    const spec = { preference: { name: "p" }, instancetype: { kind: "VirtualMachineClusterInstancetype", name: "i" } };
    const [without] = await machinesOf(machine(spec));
    assert.deepEqual(without?.needs, [
      { kind: "VirtualMachineClusterPreference", name: "p" },
      { kind: "VirtualMachineClusterInstancetype", name: "i" },
    ]);
    await server.close();
    const copies = { preferenceRef: { controllerRevisionRef: { name: "vm-p-1" } } };
    const [copied] = await machinesOf(
      machine({ ...spec, instancetype: { name: "i", revisionName: "vm-i-1" } }, copies),
    );
    assert.deepEqual(copied?.needs, []);
    await server.close();
    const [own] = await machinesOf(machine({ preference: { kind: "VirtualMachinePreference", name: "p" } }));
    assert.deepEqual(own?.needs, []);
  });

  it("is nothing where the kinds are not there", async () => {
    assert.deepEqual(await machineUses(await cluster({})), []);
  });

  it("is, of objects that machines need, those with our label", async () => {
    const found = await labelledObjects(
      await cluster({
        [collectionPath("Secret", "vms")]: { items: [{ metadata: { name: "ours", namespace: "vms" } }] },
        [collectionPath("VirtualMachineClusterPreference")]: { items: [{ metadata: { name: "p" } }] },
      }),
      [
        { kind: "Secret", namespace: "vms", name: "ours" },
        { kind: "Secret", namespace: "vms", name: "ours" },
        { kind: "Secret", namespace: "vms", name: "theirs" },
        { kind: "Secret", namespace: "other", name: "ours" },
        { kind: "VirtualMachineClusterPreference", name: "p" },
      ],
      { key: "l", value: "dc1" },
    );
    assert.deepEqual(found.map(placeText), ["Secret vms/ours", "VirtualMachineClusterPreference p"]);
    assert.equal(server.asked.length, 3, "one list for each kind and namespace");
  });

  it("is none of ours where we may not look, and unknown where the server fails", async () => {
    const place = { kind: "Secret", namespace: "vms", name: "s" } as const;
    const client = await cluster({});
    server.answers = { [`GET ${collectionPath("Secret", "vms")}`]: { status: 403, body: { message: "forbidden" } } };
    assert.deepEqual(await labelledObjects(client, [place], { key: "l", value: "dc1" }), []);
    server.answers = { [`GET ${collectionPath("Secret", "vms")}`]: { status: 401, body: { message: "who?" } } };
    await assert.rejects(labelledObjects(client, [place], { key: "l", value: "dc1" }), /401/);
  });

  it("is images of ours, and disks that are still to be cloned", async () => {
    const volume = (name: string, phase: string | undefined, more: object = {}): object => ({
      metadata: { name, namespace: "vms" },
      spec: { source: { pvc: { name: "dv-ubuntu", namespace: "images" } } },
      ...(phase === undefined ? {} : { status: { phase } }),
      ...more,
    });
    const image = { metadata: { name: "dv-ubuntu", namespace: "images", labels: { l: "dc1" } }, spec: { source: {} } };
    const other = { metadata: { name: "dv-other", namespace: "images", labels: { l: "dc2" } } };
    const found = await imageUses(
      await cluster({
        [collectionPath("DataVolume")]: {
          items: [
            image,
            other,
            volume("done", "Succeeded"),
            volume("waits", "PendingPopulation"),
            volume("new", undefined),
          ],
        },
      }),
      { key: "l", value: "dc1" },
    );
    assert.deepEqual(found, {
      ours: ["images/dv-ubuntu"],
      clones: [
        { disk: "vms/waits", image: "images/dv-ubuntu", phase: "PendingPopulation" },
        { disk: "vms/new", image: "images/dv-ubuntu", phase: "no phase yet" },
      ],
    });
  });

  it("is how far images are, and what keeps one from coming", async () => {
    const volume = (name: string, phase: string, ...conditions: object[]): object => ({
      metadata: { name, namespace: "images" },
      status: { phase, conditions },
    });
    const found = await imageImports(
      await cluster({
        [collectionPath("DataVolume")]: {
          items: [
            volume("there", "Succeeded", { type: "Running", status: "False", reason: "Completed", message: "Done" }),
            volume("comes", "ImportInProgress", { type: "Bound", status: "False", reason: "Pending", message: "PVC" }),
            volume("broken", "ImportInProgress", { type: "Running", status: "False", reason: "Error", message: "404" }),
            volume("refused", "Pending", {
              type: "Bound",
              status: "False",
              reason: "ErrClaimNotValid",
              message: "no class",
            }),
            { metadata: { name: "new", namespace: "images" } },
          ],
        },
      }),
      { key: "l", value: "dc1" },
    );
    assert.deepEqual(
      found.map(({ image, phase, trouble }) => [image, phase, trouble]),
      [
        ["images/there", "Succeeded", undefined],
        ["images/comes", "ImportInProgress", undefined],
        ["images/broken", "ImportInProgress", "404"],
        ["images/refused", "Pending", "no class"],
        ["images/new", "no phase yet", undefined],
      ],
    );
  });

  it("is objects of a name that are there, and whose they are", async () => {
    const found = await objectOwners(
      await cluster({
        [objectPath("VmTemplate", "t")]: { metadata: { name: "t", labels: { l: "dc2" } } },
        [objectPath("Secret", "s", "vms")]: { metadata: { name: "s", namespace: "vms" } },
      }),
      [
        { kind: "VmTemplate", name: "t" },
        { kind: "Secret", name: "s", namespace: "vms" },
        { kind: "Service", name: "missing", namespace: "vms" },
      ],
      "l",
    );
    assert.deepEqual(
      found.map(({ name, owner }) => [name, owner]),
      [
        ["t", "dc2"],
        ["s", undefined],
      ],
    );
  });
});

describe("a large collection", () => {
  it("is read page by page", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const url = request.url ?? "";
      asked.push(url);
      const first = !url.includes("continue=");
      const body = {
        items: [{ metadata: { name: first ? "a" : "b", namespace: "vms" } }],
        metadata: first ? { continue: "to/ken" } : {},
      };
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const found = await machineUses(new KubernetesClient({ server: `http://127.0.0.1:${port}` }));
    server.closeAllConnections();
    server.close();
    assert.deepEqual(
      found.map(({ machine }) => machine),
      ["vms/a", "vms/b"],
    );
    assert.deepEqual(asked, [
      "/apis/kubevirt.io/v1/virtualmachines?limit=500",
      "/apis/kubevirt.io/v1/virtualmachines?limit=500&continue=to%2Fken",
    ]);
  });
});
