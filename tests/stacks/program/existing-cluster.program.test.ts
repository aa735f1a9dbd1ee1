import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { datacenterProgram } from "../../../stacks/program/datacenter";
import { type MadeResource, mockEngine, valueOf } from "../../mock-engine";
import { FakeApiServer } from "../../providers/kubernetes/fake-api-server";

describe("the program of a stack on a cluster that exists", () => {
  // The program changes how Pulumi notes where resources are made.
  const resource = pulumi.Resource as unknown as { stackTrace: unknown };
  const { stackTrace } = resource;
  let made: MadeResource[];
  let server: FakeApiServer;
  let outputs: Awaited<ReturnType<typeof datacenterProgram>>;

  before(async () => {
    made = await mockEngine({ stack: "dc4", preview: true });
    server = new FakeApiServer({
      "GET /api/v1/namespaces/kube-system": {
        status: 200,
        body: { metadata: { name: "kube-system", uid: "id-of-dc4" } },
      },
    });
    await server.listen();
    const datacenter = {
      name: "dc4",
      existingCluster: { bridge: "br-vm" },
      virtualization: { images: { "dv-windows-2022": false }, networks: [{ vlan: 40 }] },
      networks: { virtualMachines: { vlans: "40-49" } },
    };
    pulumi.runtime.setAllConfig(
      {
        "vmo-metal:datacenter": JSON.stringify(datacenter),
        "vmo-metal:kubeconfig": server.kubeconfig,
        "vmo-metal:guestPassword": "word",
      },
      ["vmo-metal:kubeconfig", "vmo-metal:guestPassword"],
    );
    outputs = await datacenterProgram();
    await valueOf(outputs.templates ?? assert.fail());
    await valueOf(outputs.readme);
  });
  after(async () => {
    resource.stackTrace = stackTrace;
    pulumi.runtime.setAllConfig({});
    await server.close();
  });

  it("asks neither MAAS nor Palette, and makes nothing of theirs", () => {
    assert.deepEqual(
      made.filter(({ type }) => /maas|palette|BareMetal/i.test(type)).map(({ type, name }) => `${type} ${name}`),
      [],
    );
  });

  it("reaches the cluster by its kubeconfig and knows it by its uid", () => {
    assert.ok(made.some(({ type, name }) => type.endsWith(":ExistingCluster") && name === "dc4"));
    const provider = made.find(({ type }) => type === "pulumi:providers:kubernetes");
    assert.equal(provider?.inputs["clusterIdentifier"], "id-of-dc4");
  });

  it("looks at the cluster before it sends anything: its uid, machines, and objects of the same names", () => {
    for (const place of [
      "GET /api/v1/namespaces/kube-system",
      "GET /apis/kubevirt.io/v1/virtualmachines",
      "GET /apis/k8s.cni.cncf.io/v1/namespaces/default/network-attachment-definitions/nad-vlan-40",
      "GET /apis/spectrocloud.com/v1/vmtemplates/vmtemplate-ubuntu-2204",
    ])
      assert.ok(server.asked.includes(place), place);
  });

  it("layers the objects on it, in its own name, behind a guard", () => {
    const network = made.find(({ name }) => name === "nad-vlan-40");
    assert.match(JSON.stringify(network?.inputs), /"vmo-metal\/datacenter":"dc4"/);
    assert.match(JSON.stringify(network?.inputs), /br-vm/);
    assert.ok(made.some(({ type }) => type.endsWith(":UseGuard")));
  });

  it("has outputs of what it made only", async () => {
    assert.deepEqual(await valueOf(outputs.networks ?? assert.fail()), ["default/nad-vlan-40"]);
    assert.equal(await pulumi.isSecret(outputs.kubeconfig ?? assert.fail()), true);
    assert.equal(outputs.clusterUid, undefined);
    assert.equal(outputs.capacity, undefined);
    const page = await valueOf(outputs.readme);
    assert.match(page, /Virtualization on a cluster that exists/);
    assert.doesNotMatch(page, /repave|system id/);
  });
});
