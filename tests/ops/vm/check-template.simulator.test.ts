import assert from "node:assert/strict";
import { networkAttachmentDefinition } from "../../../components/virtualization/objects/network-attachment-definition";
import { vmTemplate, type VmTemplateArgs } from "../../../components/virtualization/objects/vm-template";
import { checkTemplate } from "../../../ops/vm/check-template";
import { ClusterReads } from "../../../ops/vm/cluster-reads";
import { kubeconfigAccess } from "../../../providers/kubernetes/kubeconfig-access";
import { KubernetesClient } from "../../../providers/kubernetes/kubernetes-client";
import { type FakeAnswer, FakeApiServer } from "../../providers/kubernetes/fake-api-server";

const template: VmTemplateArgs = {
  name: "ubuntu",
  displayName: "Ubuntu",
  description: "Ubuntu",
  image: { name: "dv-ubuntu", namespace: "images" },
  preference: "linux",
  size: { cpuCores: 1, memoryGibibytes: 2 },
  diskSize: "10Gi",
  storageClass: "fast",
  network: { attachment: { namespace: "default", name: "nad" } },
  firstBoot: { cloudInitSecret: "init" },
};

const ok = (body: object): FakeAnswer => ({ status: 200, body });
const review = "POST /apis/authorization.k8s.io/v1/subjectaccessreviews";
const storageClass = "GET /apis/storage.k8s.io/v1/storageclasses/fast";

/** A cluster in which a machine of the template would be taken. */
const good: FakeApiServer["answers"] = {
  "GET /apis/spectrocloud.com/v1/vmtemplates/ubuntu": ok({
    metadata: { name: "ubuntu" },
    spec: vmTemplate(template)["spec"],
  }),
  "GET /apis/k8s.cni.cncf.io/v1/network-attachment-definitions": ok({
    items: [networkAttachmentDefinition({ name: "nad", namespace: "default", vlan: 30, bridge: "br0" })],
  }),
  "GET /apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterpreferences/linux": ok({
    metadata: { name: "linux" },
    spec: {},
  }),
  "GET /apis/cdi.kubevirt.io/v1beta1/namespaces/images/datavolumes/dv-ubuntu": ok({
    metadata: { name: "dv-ubuntu" },
    status: { phase: "Succeeded" },
  }),
  "GET /api/v1/namespaces/shop/secrets/init": ok({ metadata: { name: "init" } }),
  [storageClass]: ok({ metadata: { name: "fast" } }),
  [review]: { status: 201, body: { status: { allowed: true } } },
  "POST /apis/kubevirt.io/v1/namespaces/shop/virtualmachines": { status: 201, body: {} },
};

describe("the check of a template", () => {
  let server: FakeApiServer;
  afterEach(() => server.close());

  async function problems(changes: FakeApiServer["answers"] = {}): Promise<string[]> {
    server = new FakeApiServer({ ...good, ...changes });
    await server.listen();
    const client = new KubernetesClient(kubeconfigAccess(server.kubeconfig), { tries: 1 });
    const check = { template: "ubuntu", network: "default/nad", namespace: "shop" };
    return (await checkTemplate(client, new ClusterReads(client), check)).problems;
  }

  it("finds nothing wrong in a cluster that has all that a machine needs", async () => {
    assert.deepEqual(await problems(), []);
  });

  it("names the right to clone that the machine's namespace lacks", async () => {
    assert.match(
      (await problems({ [review]: { status: 201, body: { status: { allowed: false } } } })).join(),
      /^system:serviceaccount:shop:default may not clone images of namespace images/,
    );
  });

  it("has one line for a right that may not be asked for, and goes on", async () => {
    assert.match(
      (await problems({ [review]: { status: 403, body: { message: "forbidden" } } })).join(),
      /^whether system:serviceaccount:shop:default may clone .* cannot be asked: .*SubjectAccessReviews$/,
    );
  });

  it("names a StorageClass that is not there", async () => {
    const gone: FakeAnswer = { status: 404, body: { message: "not found" } };
    assert.deepEqual(await problems({ [storageClass]: gone }), ['there is no StorageClass "fast"']);
  });
});
