import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { datacenterProgram } from "../../../stacks/program/datacenter";
import { until } from "../../../lab/until";
import { type MadeResource, mockEngine, valueOf } from "../../mock-engine";
import type { ObjectKindName } from "../../../providers/kubernetes/object-kinds";
import { FakeApiServer, readyAnswers } from "../../providers/kubernetes/fake-api-server";

const kinds: ObjectKindName[] = [
  "StorageProfile",
  "DataVolume",
  "VirtualMachine",
  "NetworkAttachmentDefinition",
  "VirtualMachineClusterPreference",
  "VirtualMachineClusterInstancetype",
  "VmTemplate",
];

/** The program of a stack on a cluster that answers so, in a preview; what it made and its outputs. */
function onCluster(answers: FakeApiServer["answers"]) {
  // The program changes how Pulumi notes where resources are made.
  const resource = pulumi.Resource as unknown as { stackTrace: unknown };
  const { stackTrace } = resource;
  const run = {
    made: [] as MadeResource[],
    server: new FakeApiServer(answers),
    outputs: {} as Awaited<ReturnType<typeof datacenterProgram>>,
  };
  before(async () => {
    run.made = await mockEngine({ stack: "dc4", preview: true });
    await run.server.listen();
    const datacenter = {
      name: "dc4",
      existingCluster: { bridge: "br-vm" },
      virtualization: { images: { "dv-windows-2022": false }, networks: [{ vlan: 40 }] },
      networks: { virtualMachines: { vlans: "40-49" } },
    };
    pulumi.runtime.setAllConfig(
      {
        "vmo-metal:datacenter": JSON.stringify(datacenter),
        "vmo-metal:kubeconfig": run.server.kubeconfig,
        "vmo-metal:guestPassword": "word",
      },
      ["vmo-metal:kubeconfig", "vmo-metal:guestPassword"],
    );
    run.outputs = await datacenterProgram();
    await valueOf(run.outputs.templates ?? assert.fail());
    await valueOf(run.outputs.readme);
    // The guard depends on all that is made, so it is registered last.
    await until("the guard", async () => run.made.some(({ type }) => type.endsWith(":UseGuard")) || undefined, {
      timeout: 5_000,
      every: 5,
    });
  });
  after(async () => {
    resource.stackTrace = stackTrace;
    pulumi.runtime.setAllConfig({});
    await run.server.close();
  });
  return run;
}

const system: FakeApiServer["answers"] = {
  "GET /api/v1/namespaces/kube-system": {
    status: 200,
    body: { metadata: { name: "kube-system", uid: "id-of-dc4" } },
  },
};

describe("the program of a stack on a cluster with KubeVirt and without VmTemplates", () => {
  const run = onCluster({
    ...system,
    ...readyAnswers(
      kinds.filter((kind) => kind !== "VmTemplate"),
      "spectro-storage-class",
    ),
  });

  it("leaves the templates out, and makes everything else", async () => {
    assert.deepEqual(
      run.made.filter(({ type }) => /VmTemplate/.test(type)),
      [],
    );
    assert.deepEqual(await valueOf(run.outputs.templates ?? assert.fail()), []);
    for (const name of ["nad-vlan-40", "dv-ubuntu-2204", "vmcp-generic-linux"])
      assert.ok(
        run.made.some((one) => one.name === name),
        name,
      );
  });
});

describe("the program of a stack on a cluster that exists", () => {
  const run = onCluster({ ...system, ...readyAnswers(kinds, "spectro-storage-class") });

  it("asks neither MAAS nor Palette, and makes nothing of theirs", () => {
    assert.deepEqual(
      run.made.filter(({ type }) => /maas|palette|BareMetal/i.test(type)).map(({ type, name }) => `${type} ${name}`),
      [],
    );
  });

  it("reaches the cluster by its kubeconfig and knows it by its uid", () => {
    assert.ok(run.made.some(({ type, name }) => type.endsWith(":ExistingCluster") && name === "dc4"));
    const provider = run.made.find(({ type }) => type === "pulumi:providers:kubernetes");
    assert.equal(provider?.inputs["clusterIdentifier"], "id-of-dc4");
  });

  it("looks at the cluster before it sends anything: its uid, machines, and objects of the same names", () => {
    for (const place of [
      "GET /api/v1/namespaces/kube-system",
      "GET /apis/kubevirt.io/v1/virtualmachines",
      "GET /apis/k8s.cni.cncf.io/v1/namespaces/default/network-attachment-definitions/nad-vlan-40",
      "GET /apis/spectrocloud.com/v1/vmtemplates/vmtemplate-ubuntu-2204",
    ])
      assert.ok(run.server.asked.includes(place), place);
  });

  it("layers the objects on it, in its own name, behind a guard", () => {
    const network = run.made.find(({ name }) => name === "nad-vlan-40");
    assert.match(JSON.stringify(network?.inputs), /"vmo-metal\/datacenter":"dc4"/);
    assert.match(JSON.stringify(network?.inputs), /br-vm/);
    assert.ok(run.made.some(({ type }) => type.endsWith(":UseGuard")));
  });

  it("has outputs of what it made only", async () => {
    assert.deepEqual(await valueOf(run.outputs.networks ?? assert.fail()), ["default/nad-vlan-40"]);
    assert.equal(await pulumi.isSecret(run.outputs.kubeconfig ?? assert.fail()), true);
    assert.equal(run.outputs.clusterUid, undefined);
    assert.equal(run.outputs.capacity, undefined);
    const page = await valueOf(run.outputs.readme);
    assert.match(page, /Virtualization on a cluster that exists/);
    assert.doesNotMatch(page, /repave|system id/);
  });
});
