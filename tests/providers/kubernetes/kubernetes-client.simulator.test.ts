import assert from "node:assert/strict";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { KubernetesClient } from "../../../providers/kubernetes/kubernetes-client";

const path = "/apis/k8s.cni.cncf.io/v1/network-attachment-definitions";

/** An API server that gives these answers, one after the other, and the last one for ever. */
class Answers {
  asked = 0;
  private readonly server: Server;

  constructor(answers: readonly { status: number; body: object; headers?: Record<string, string> }[]) {
    this.server = createServer((_request, response) => {
      const { status, body, headers } = answers[Math.min(this.asked, answers.length - 1)] ?? assert.fail();
      this.asked += 1;
      response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
    });
  }

  async client(): Promise<KubernetesClient> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    const { port } = this.server.address() as AddressInfo;
    return new KubernetesClient({ server: `http://127.0.0.1:${port}` }, { firstPause: 1, longestPause: 5 });
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

const busy = { status: 429, body: { message: "storage is (re)initializing" }, headers: { "Retry-After": "1" } };
const gateway = { status: 503, body: { message: "no endpoints available for service" } };
const list = { status: 200, body: { items: [{ metadata: { name: "nad-vlan-30", namespace: "default" } }] } };

describe("a client of the Kubernetes API", () => {
  let answers: Answers;
  afterEach(() => {
    answers.close();
  });

  it("says of a key that is not taken that a new kubeconfig is needed", async () => {
    answers = new Answers([{ status: 401, body: { message: "Unauthorized" } }]);
    await assert.rejects((await answers.client()).find(path), /401: Unauthorized\. .*expired.*get a new kubeconfig/);
  });

  it("asks again while the server sets up a CRD's storage", async () => {
    answers = new Answers([busy, gateway, list]);
    const found = await (await answers.client()).list(path);
    assert.deepEqual(
      found.map(({ metadata }) => metadata.name),
      ["nad-vlan-30"],
    );
    assert.equal(answers.asked, 3);
  });

  it("gives up after eight tries with the server's reason", async () => {
    answers = new Answers([busy]);
    const client = await answers.client();
    await assert.rejects(client.list(path), /429: storage is \(re\)initializing/);
    assert.equal(answers.asked, 8);
  });

  it("does not repeat a refusal", async () => {
    answers = new Answers([{ status: 403, body: { message: "forbidden" } }]);
    const client = await answers.client();
    await assert.rejects(client.list(path), /403: forbidden\. The user of the kubeconfig lacks this permission/);
    assert.equal(answers.asked, 1);
  });

  it("takes a kind that is not there for an empty list", async () => {
    answers = new Answers([{ status: 404, body: { message: "not found" } }]);
    assert.deepEqual(await (await answers.client()).list(path), []);
  });
});
