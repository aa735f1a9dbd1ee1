import assert from "node:assert/strict";
import { kubeconfigAccess } from "../../../providers/kubernetes/kubeconfig-access";
import { KubernetesClient } from "../../../providers/kubernetes/kubernetes-client";
import { unownedClaims } from "../../../providers/kubernetes/unowned-claims";
import { FakeApiServer } from "./fake-api-server";

describe("claims that no DataVolume owns", () => {
  let server: FakeApiServer;
  afterEach(() => server.close());

  const found = async (claim: { status: number; body: object }, more: Record<string, unknown> = {}) => {
    const answers = Object.entries(more).map(([path, body]): [string, { status: number; body: unknown }] => [
      `GET ${path}`,
      { status: 200, body },
    ]);
    server = new FakeApiServer({
      "GET /api/v1/namespaces/images/persistentvolumeclaims/dv": claim,
      ...Object.fromEntries(answers),
    });
    await server.listen();
    return unownedClaims(new KubernetesClient(kubeconfigAccess(server.kubeconfig), { tries: 1 }), ["images/dv"]);
  };
  const claim = (metadata: object) => ({ status: 200, body: { metadata: { name: "dv", ...metadata } } });

  it("are found where there is no DataVolume of their name", async () => {
    assert.deepEqual(await found(claim({})), ["images/dv"]);
  });

  it("are found when something else owns them", async () => {
    assert.deepEqual(await found(claim({ ownerReferences: [{ kind: "StatefulSet", controller: true }] })), [
      "images/dv",
    ]);
  });

  it("are none where CDI takes them", async () => {
    for (const metadata of [
      { ownerReferences: [{ kind: "DataVolume", controller: true }] },
      { annotations: { "cdi.kubevirt.io/storage.populatedFor": "dv" } },
      { annotations: { "cdi.kubevirt.io/allowClaimAdoption": "true" } },
    ]) {
      assert.deepEqual(await found(claim(metadata)), []);
      await server.close();
    }
    const volume = "/apis/cdi.kubevirt.io/v1beta1/namespaces/images/datavolumes/dv";
    assert.deepEqual(await found(claim({}), { [volume]: { metadata: { name: "dv" } } }), []);
  });

  it("are not known where claims may not be read", async () => {
    assert.deepEqual(await found({ status: 403, body: { message: "forbidden" } }), []);
  });
});
