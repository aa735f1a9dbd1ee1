import assert from "node:assert/strict";
import { ApiError } from "../../../providers/dynamic/errors";
import { collectionPath, definitionName, objectPath } from "../../../providers/kubernetes/object-kinds";
import { untilReady, type ReadinessArgs } from "../../../providers/kubernetes/readiness";
import { type FakeAnswer, FakeApiServer, kubeconfigFor, readyAnswers } from "./fake-api-server";

const args: ReadinessArgs = {
  storageClass: "fast",
  namespace: "default",
  kinds: ["DataVolume", "VmTemplate", "Secret"],
};
const patience = { timeout: 5_000, silence: 300, interval: 5 };
const trial = "POST /apis/cdi.kubevirt.io/v1beta1/namespaces/default/datavolumes";
const kubeVirts = "GET /apis/kubevirt.io/v1/kubevirts";
const profile = `GET ${objectPath("StorageProfile", "fast")}`;
const templates = `GET ${collectionPath("VmTemplate")}`;

function definition(kind: "DataVolume" | "VmTemplate"): string {
  return `GET /apis/apiextensions.k8s.io/v1/customresourcedefinitions/${definitionName(kind)}`;
}

function withCondition(type: string, status = "True"): FakeAnswer {
  return { status: 200, body: { metadata: { name: "x" }, status: { conditions: [{ type, status }] } } };
}

function list(...items: unknown[]): FakeAnswer {
  return { status: 200, body: { items } };
}

/** A cluster that takes everything. */
function readyCluster(): FakeApiServer["answers"] {
  return readyAnswers(["DataVolume", "VmTemplate"], "fast");
}

/** These answers one after the other, the last one for ever. */
function inTurn(...answers: FakeAnswer[]): () => FakeAnswer {
  let next = 0;
  return () => {
    const answer = answers[Math.min(next, answers.length - 1)] ?? assert.fail();
    next += 1;
    return answer;
  };
}

const busy: FakeAnswer = { status: 429, body: { message: "storage is (re)initializing" } };
const webhookRefused: FakeAnswer = {
  status: 500,
  body: {
    message:
      'failed calling webhook "datavolume-validate.cdi.kubevirt.io": dial tcp 10.0.0.1:443: connect: connection refused',
  },
};

describe("waiting until a cluster takes objects", () => {
  let server: FakeApiServer;
  const cluster = async (more: FakeApiServer["answers"] = {}): Promise<FakeApiServer> => {
    server = new FakeApiServer({ ...readyCluster(), ...more });
    await server.listen();
    return server;
  };
  afterEach(() => server.close());

  it("ends with the first look when all is there", async () => {
    await untilReady((await cluster()).kubeconfig, args, patience);
    assert.equal(server.asked.filter((place) => place === trial).length, 1);
  });

  const waits: [what: string, place: string, answers: FakeAnswer[]][] = [
    [
      "a CRD that is not there yet",
      definition("VmTemplate"),
      [{ status: 404, body: {} }, withCondition("Established")],
    ],
    [
      "a CRD that is not established",
      definition("VmTemplate"),
      [withCondition("Established", "False"), withCondition("Established")],
    ],
    ["a kind whose storage is being set up", templates, [busy, busy, list()]],
    [
      "KubeVirt",
      kubeVirts,
      [list(), list(withCondition("Available", "False").body), list(withCondition("Available").body)],
    ],
    [
      "a StorageProfile",
      profile,
      [
        { status: 404, body: {} },
        { status: 200, body: { metadata: { name: "fast" }, status: { provisioner: "p" } } },
      ],
    ],
    ["a webhook whose connection is refused", trial, [webhookRefused, webhookRefused, { status: 201, body: {} }]],
    [
      "a server that is busy",
      kubeVirts,
      [{ status: 503, body: { message: "apiserver is shutting down" } }, list(withCondition("Available").body)],
    ],
  ];
  for (const [what, place, answers] of waits)
    it(`waits for ${what}`, async () => {
      await untilReady((await cluster({ [place]: inTurn(...answers) })).kubeconfig, args, patience);
      assert.equal(server.asked.filter((asked) => asked === place).length, answers.length);
    });

  it("names everything that is missing when the time is over", async () => {
    await cluster({
      [definition("DataVolume")]: { status: 404, body: {} },
      [templates]: busy,
      [kubeVirts]: list({ metadata: { name: "kubevirt" }, status: { phase: "Deploying" } }),
      "GET /apis/cdi.kubevirt.io/v1beta1/cdis": list(),
      [profile]: { status: 404, body: {} },
    });
    await assert.rejects(untilReady(server.kubeconfig, args, { ...patience, timeout: 20 }), (failure: Error) => {
      for (const line of [
        /not ready for virtual machines after 0 s/,
        /datavolumes\.cdi\.kubevirt\.io: is not there/,
        /VmTemplate: the API server cannot list it yet \(storage is \(re\)initializing\)/,
        /KubeVirt kubevirt: is not available \(Deploying\)/,
        /CDI: there is none/,
        /StorageProfile fast: CDI has made none/,
        /run the command again/,
      ])
        assert.match(failure.message, line);
      return true;
    });
    assert.ok(!server.asked.includes(trial), "nothing is tried before the kinds are there");
  });

  it("says why objects are refused", async () => {
    await cluster({ [trial]: { status: 422, body: { message: "spec.storage is wrong" } } });
    await assert.rejects(
      untilReady(server.kubeconfig, args, { ...patience, timeout: 20 }),
      /DataVolumes are refused: spec\.storage is wrong/,
    );
  });

  it("names the webhook that stays refused", async () => {
    await cluster({ [trial]: webhookRefused });
    await assert.rejects(
      untilReady(server.kubeconfig, args, { ...patience, timeout: 20 }),
      /failed calling webhook "datavolume-validate.cdi.kubevirt.io".*connection refused/,
    );
  });

  it("ends at once when the key is refused", async () => {
    await cluster({ [kubeVirts]: { status: 401, body: { message: "Unauthorized" } } });
    await assert.rejects(untilReady(server.kubeconfig, args, patience), (failure) => {
      assert.ok(failure instanceof ApiError);
      assert.equal(failure.status, 401);
      return true;
    });
  });

  it("does not wait long for a server that gives no answer, and says that nothing was sent", async () => {
    await cluster();
    const kubeconfig = kubeconfigFor("http://127.0.0.1:1");
    await assert.rejects(
      untilReady(kubeconfig, args, { ...patience, timeout: 600_000, silence: 20 }),
      /has given no answer.*nothing was sent to it: Kubernetes: GET http:\/\/127\.0\.0\.1:1\S* got no answer/s,
    );
  });

  it("tries the webhooks of KubeVirt too, and tells once what it waits for", async () => {
    const told: string[][] = [];
    const kind = "VirtualMachineClusterPreference" as const;
    const path = collectionPath(kind);
    const { kubeconfig } = await cluster({
      [`GET /apis/apiextensions.k8s.io/v1/customresourcedefinitions/${definitionName(kind)}`]:
        withCondition("Established"),
      [`GET ${path}`]: list(),
      [`POST ${path}`]: inTurn(webhookRefused, webhookRefused, { status: 201, body: {} }),
    });
    const waiting = (missing: readonly string[]): void => void told.push([...missing]);
    await untilReady(kubeconfig, { ...args, kinds: [...args.kinds, kind] }, { ...patience, waiting });
    assert.equal(told.length, 1);
    assert.match(told[0]?.[0] ?? "", /failed calling webhook/);
    assert.equal(server.asked.filter((one) => one === `POST ${path}`).length, 3);
  });
});
