import assert from "node:assert/strict";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { stringify } from "yaml";
import {
  collectionPath,
  definitionName,
  objectPath,
  type ObjectKindName,
} from "../../../providers/kubernetes/object-kinds";

/** One answer of an API server. */
export interface FakeAnswer {
  status: number;
  body: unknown;
}

/** An API server of which a test says what it answers, by `VERB path` without query; what is not said is 404. */
export class FakeApiServer {
  /** Requests so far, as `VERB path`. */
  readonly asked: string[] = [];
  private readonly server: Server;

  constructor(public answers: Record<string, FakeAnswer | (() => FakeAnswer)>) {
    this.server = createServer((request, response) => {
      const [path = ""] = (request.url ?? "").split("?");
      const place = `${request.method ?? ""} ${path}`;
      this.asked.push(place);
      const given = this.answers[place];
      const answer = typeof given === "function" ? given() : given;
      const { status, body } = answer ?? { status: 404, body: { message: "not found" } };
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
  }

  /** Starts to listen. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  /** Where it listens. */
  get url(): string {
    const address = this.server.address();
    assert.ok(address !== null);
    return `http://127.0.0.1:${(address as AddressInfo).port}`;
  }

  /** A kubeconfig that leads to it. */
  get kubeconfig(): string {
    return kubeconfigFor(this.url);
  }

  /** Stops it. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A kubeconfig with a token for a server. */
export function kubeconfigFor(server: string): string {
  return stringify({
    "current-context": "c",
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    clusters: [{ name: "c", cluster: { server } }],
    users: [{ name: "u", user: { token: "t" } }],
  });
}

/** Answers of a cluster that takes objects of these kinds. @param storageClass the class that CDI has a profile of */
export function readyAnswers(kinds: readonly ObjectKindName[], storageClass: string): Record<string, FakeAnswer> {
  const withCondition = (type: string): FakeAnswer => ({
    status: 200,
    body: { metadata: { name: "x" }, status: { conditions: [{ type, status: "True" }] } },
  });
  const list = (...items: unknown[]): FakeAnswer => ({ status: 200, body: { items } });
  const definitions = kinds.flatMap((kind) => {
    const name = definitionName(kind);
    if (name === undefined) return [];
    const path = `GET /apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`;
    return [
      [path, withCondition("Established")],
      [`GET ${collectionPath(kind)}`, list()],
    ] as const;
  });
  return {
    ...Object.fromEntries(definitions),
    "GET /apis/kubevirt.io/v1/kubevirts": list(withCondition("Available").body),
    "GET /apis/cdi.kubevirt.io/v1beta1/cdis": list(withCondition("Available").body),
    [`GET ${objectPath("StorageProfile", storageClass)}`]: {
      status: 200,
      body: { metadata: { name: storageClass }, status: { provisioner: "pxd.portworx.com" } },
    },
    [`POST ${collectionPath("DataVolume", "default")}`]: { status: 201, body: {} },
    [`POST ${collectionPath("VirtualMachineClusterPreference")}`]: { status: 201, body: {} },
  };
}
