import assert from "node:assert/strict";
import { join } from "node:path";
import { clientOperations, name } from "../../../ops/conformance/palette/client-operations";
import { ApiError, InputError } from "../../../providers/dynamic/errors";
import { isGone } from "../../../providers/http/lost-answer";
import { accountByName, accountByUid, zonesOfAccount } from "../../../providers/palette/accounts";
import type { PaletteClient } from "../../../providers/palette/client/client";
import * as clusters from "../../../providers/palette/client/clusters";
import { listGateways } from "../../../providers/palette/client/gateways";
import * as identity from "../../../providers/palette/client/identity";
import { allRegistries, resolvePack } from "../../../providers/palette/client/packs";
import * as profiles from "../../../providers/palette/client/profiles";
import type { Transport } from "../../../providers/palette/client/transport";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import { waitingReasons } from "../../../providers/palette/cluster/repave";
import { kubeconfigKind } from "../../../providers/palette/kubeconfig";
import { openTenant } from "../../../providers/palette/look-ups/open-tenant";
import { type SpoilingProxy, spoilingProxy } from "../http/spoiling-proxy";
import { clusterArgs, prepareMaas, prepareTenant } from "./cluster-site";
import { Command, tenant } from "./tenant";

/** What a read is given. */
interface Given {
  client: PaletteClient;
  transport: Transport;
  command: Command;
  cluster: string;
  config: string;
  account: string;
  profile: string;
  user: string;
  project: string;
}

type Read = (given: Given) => Promise<unknown>;

const kubeconfig: Read = ({ command, cluster }) => command.up(kubeconfigKind, { cluster });
const metalLb = { name: "lb-metallb-helm", tag: "0.15.2", registry: "Public Repo" };

/** A read of ours for every operation of the client that reads. */
const reads: Readonly<Record<string, Read>> = {
  "GET /v1/apiKeys": ({ transport, user }) => identity.activeKeyExpiries(transport, user),
  "GET /v1/cloudaccounts/maas": ({ client }) => accountByName(client, "maas-test"),
  "GET /v1/cloudaccounts/maas/{}": ({ client, account }) => accountByUid(client, account),
  "GET /v1/cloudaccounts/maas/{}/properties/azs": ({ client, account }) => zonesOfAccount(client, account),
  "GET /v1/cloudconfigs/maas/{}": ({ client, config }) => clusters.readCloudConfig(client, config),
  "GET /v1/cloudconfigs/maas/{}/machinePools/{}/machines": ({ client, config }) =>
    clusters.readMachines(client, config, "worker-pool"),
  "GET /v1/clusterprofiles/{}": ({ client, profile }) => profiles.readProfile(client, profile),
  "GET /v1/clusterprofiles/{}/packs/manifests": ({ client, profile }) => profiles.readManifests(client, profile),
  "GET /v1/clusterprofiles/{}/variables": ({ client, profile }) => profiles.readVariables(client, profile),
  "GET /v1/dashboard/clusterprofiles/metadata": ({ client }) => profiles.profileVersions(client, "any"),
  "GET /v1/dashboard/projects/metadata": ({ client }) => client.projectUid(),
  "GET /v1/dashboard/spectroclusters/{}/overview": ({ client, cluster }) => clusters.clusterHealth(client, cluster),
  "GET /v1/overlords": ({ client }) => listGateways(client),
  "GET /v1/packs": ({ client }) => resolvePack(client, metalLb),
  "GET /v1/packs/{}": ({ client }) => resolvePack(client, metalLb),
  "GET /v1/packs/{}/registries/{}": ({ client }) => resolvePack(client, metalLb),
  "GET /v1/projects/{}": ({ transport, project }) => identity.projectIsDisabled(transport, project),
  "GET /v1/registries/metadata": ({ client }) => allRegistries(client),
  "GET /v1/spectroclusters/{}": ({ client, cluster }) => clusters.readCluster(client, cluster),
  "GET /v1/spectroclusters/{}/assets/adminKubeconfig": kubeconfig,
  // Palette has no admin kubeconfig of this one, so that the other is asked for.
  "GET /v1/spectroclusters/{}/assets/kubeconfig": (given) => kubeconfig({ ...given, cluster: "0".repeat(24) }),
  "GET /v1/spectroclusters/{}/assets/kubeconfigclient": ({ command, cluster }) =>
    command.up(kubeconfigKind, { cluster, flavour: "user" }),
  "GET /v1/spectroclusters/{}/profiles/packs/manifests": ({ client, cluster }) =>
    clusters.readClusterManifests(client, cluster),
  "GET /v1/spectroclusters/{}/repave/status": ({ client, cluster }) => waitingReasons(client, cluster),
  "GET /v1/spectroclusters/{}/variables": ({ client, cluster }) => clusters.readClusterVariables(client, cluster),
  "GET /v1/users/info": ({ transport }) => identity.readUser(transport),
  "POST /v1/dashboard/spectroclusters/search": ({ client }) => clusters.clusterByName(client, "vmo"),
  "POST /v1/packs/search": ({ client }) => resolvePack(client, { ...metalLb, tag: "9.9.9" }),
};

/** Operations that a read reaches only when another answer has no data: that one is emptied too. */
const only: Readonly<Record<string, "no-pack-values" | undefined>> = { "GET /v1/packs/{}": "no-pack-values" };

const json = "application/json";
/** Answers that hold no data, or are none of Palette's. */
const foreign: readonly (readonly [what: string, status: number, contentType: string, body: string])[] = [
  ["an empty 204", 204, "", ""],
  ["an empty 200", 200, json, ""],
  ["blanks", 200, json, " \n"],
  ["null", 200, json, "null"],
  ["an empty object", 200, json, "{}"],
  ["a log-in page", 200, "text/html", "<!doctype html><title>Log in</title>"],
  ["a gateway's JSON with 200", 200, json, '{"message":"no Route matched with those values"}'],
  ["an HTML 404", 404, "text/html", "<html><h1>Not Found</h1></html>"],
  ["a router's text", 404, "text/plain", "404 page not found"],
  ["an empty 404", 404, "", ""],
  ["a gateway's JSON", 404, json, '{"message":"no Route matched with those values"}'],
  ["Palette's router", 404, json, '{"code":404,"message":"path was not found"}'],
  ["a project that is gone", 404, json, '{"code":"ProjectNotFound","message":"project","ref":"1"}'],
  ["an empty object with 404", 404, json, "{}"],
];

describe("reads of Palette without data (simulated Palette and MAAS)", function () {
  this.timeout(120_000);
  const site = tenant();
  let proxy: SpoilingProxy;
  let uids: Omit<Given, "client" | "transport" | "command">;

  before(async () => {
    proxy = await spoilingProxy(new URL(site.palette.url).origin, /search/);
    await prepareMaas(site.maas);
    const { account, infra } = await prepareTenant(site);
    const cluster = await site.command().up(clusterKind(), clusterArgs());
    const { transport } = openTenant({ ...site.palette, project: site.palette.projectName });
    const { userUid: user } = await identity.readUser(transport);
    uids = {
      cluster: cluster.id,
      config: cluster.state["configUid"] as string,
      account: account.id,
      profile: infra.state["uid"] as string,
      user,
      project: site.palette.projectUid,
    };
  });
  after(() => proxy.close());
  afterEach(() => {
    proxy.spoil(undefined);
    site.palette.faults.clear();
  });

  /** What a new run is given: it remembers nothing. */
  function given(): Given {
    const address = { url: proxy.url, apiKey: site.palette.apiKey, project: site.palette.projectName };
    return { ...uids, ...openTenant(address), command: new Command(site.palette, { url: proxy.url }) };
  }

  /** The paths of an operation. */
  function pathsOf(operation: string): RegExp {
    const path = operation.replace(/^\w+ /, "");
    return new RegExp(`^${path.replaceAll("{}", "[^/?]+")}(\\?|$)`);
  }

  it("are tried for every operation that reads", () => {
    const operations = clientOperations(join(__dirname, "../../.."), "providers/palette").map(name);
    const reading = operations.filter((operation) => operation.startsWith("GET ") || operation.endsWith("/search"));
    assert.deepEqual(Object.keys(reads).sort(), reading);
  });

  for (const [operation, read] of Object.entries(reads)) {
    it(`${operation}: are an error, and never count as an object that is gone or as a list without members`, async () => {
      const fault = only[operation];
      if (fault !== undefined) site.palette.faults.add({ kind: fault });
      for (const [what, status, contentType, body] of foreign) {
        proxy.spoil({ kind: "replace", status, contentType, body }, { paths: pathsOf(operation) });
        await assert.rejects(
          read(given()),
          (failure) => {
            // An empty download is no API's error: it is refused as something that is no kubeconfig.
            const isNoFile = operation.includes("/assets/") && failure instanceof InputError;
            assert.ok(failure instanceof ApiError || isNoFile, `${what}: ${String(failure)}`);
            assert.equal(isGone(failure), false, what);
            return true;
          },
          `${what} was taken for data`,
        );
      }
    });
  }

  it("are told from Palette's own statement that the object does not exist", async () => {
    const body = '{"code":"ResourceNotFound","message":"not found","ref":"1"}';
    const absent = ["GET /v1/cloudaccounts/maas/{}", "GET /v1/clusterprofiles/{}", "GET /v1/spectroclusters/{}"];
    for (const operation of absent) {
      proxy.spoil({ kind: "replace", status: 404, contentType: json, body }, { paths: pathsOf(operation) });
      assert.equal(await reads[operation]?.(given()), undefined, operation);
    }
  });
});
