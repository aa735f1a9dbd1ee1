import assert from "node:assert/strict";
import { kubeconfigAccess } from "../../../providers/kubernetes/kubeconfig-access";
import { KubernetesClient } from "../../../providers/kubernetes/kubernetes-client";
import { type ImageOfClaim, missingClaims } from "../../../providers/kubernetes/missing-claims";
import { FakeApiServer } from "./fake-api-server";

const copy: ImageOfClaim = { image: "images/dv", claim: "old/disk" };
const claim = "GET /api/v1/namespaces/old/persistentvolumeclaims/disk";
const image = "GET /apis/cdi.kubevirt.io/v1beta1/namespaces/images/datavolumes/dv";

describe("claims that golden images are copied from", () => {
  let server: FakeApiServer;
  afterEach(() => server.close());

  async function found(answers: FakeApiServer["answers"]): Promise<ImageOfClaim[]> {
    server = new FakeApiServer(answers);
    await server.listen();
    return missingClaims(new KubernetesClient(kubeconfigAccess(server.kubeconfig), { tries: 1 }), [copy]);
  }

  it("are missing when the cluster has none of the name", async () => {
    assert.deepEqual(await found({}), [copy]);
  });

  it("are there when the cluster has them", async () => {
    assert.deepEqual(await found({ [claim]: { status: 200, body: { metadata: { name: "disk" } } } }), []);
  });

  it("are needed no more when the image is imported", async () => {
    const body = { metadata: { name: "dv" }, status: { phase: "Succeeded" } };
    assert.deepEqual(await found({ [image]: { status: 200, body } }), []);
  });

  it("are not known where claims may not be read", async () => {
    assert.deepEqual(await found({ [claim]: { status: 403, body: { message: "forbidden" } } }), []);
  });
});
