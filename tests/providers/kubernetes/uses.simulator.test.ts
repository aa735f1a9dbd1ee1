import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { imageUses } from "../../../providers/kubernetes/image-uses";
import { kubeconfigAccess } from "../../../providers/kubernetes/kubeconfig-access";
import { KubernetesClient } from "../../../providers/kubernetes/kubernetes-client";
import { machineUses, networkUses } from "../../../providers/kubernetes/network-uses";
import { collectionPath, objectPath } from "../../../providers/kubernetes/object-kinds";
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

  it("is machines by network, with networks of their own namespace spelt out", async () => {
    const networks = [{ multus: { networkName: "a" } }, { multus: { networkName: "other/b" } }, { pod: {} }];
    const found = await networkUses(
      await cluster({
        [collectionPath("NetworkAttachmentDefinition")]: { items: [{ metadata: { name: "a", namespace: "vms" } }] },
        [collectionPath("VirtualMachine")]: {
          items: [
            { metadata: { name: "vm", namespace: "vms" }, spec: { template: { spec: { networks } } } },
            { metadata: { name: "bare", namespace: "vms" } },
          ],
        },
      }),
      "key=value",
    );
    assert.deepEqual(found, {
      ours: ["vms/a"],
      uses: [
        { machine: "vms/vm", network: "vms/a" },
        { machine: "vms/vm", network: "other/b" },
      ],
    });
  });

  it("is nothing where the kinds are not there", async () => {
    assert.deepEqual(await networkUses(await cluster({}), "key=value"), { ours: [], uses: [] });
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
