import assert from "node:assert/strict";
import type { RequestBody } from "../../../providers/palette/client/request-body";
import { type ObservedCall, observedCalls } from "./observed-calls";
import { wholeLife } from "./life";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import { type ForecastProfile, lookUpRepave } from "../../../providers/palette/look-ups/repave-forecast";
import type { MachinePool } from "../../../providers/palette/cluster/pools";
import { clusterArgs, prepareMaas, prepareTenant } from "./cluster-site";
import { coreArgs } from "./profile-args";
import { tenant } from "./tenant";

/** A manifest as it is sent. */
interface SentManifest {
  name: string;
  uid?: string;
}

/** The manifests in a body, wherever they stand. */
function manifestsIn(value: unknown): SentManifest[] {
  if (Array.isArray(value)) return value.flatMap(manifestsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === "manifests" ? (member as SentManifest[]) : manifestsIn(member),
  );
}

/** Manifests in the bodies of requests, as `name with uid` or `name without uid`. */
function sent(calls: readonly ObservedCall[], isOne: (request: ObservedCall["request"]) => boolean): string[] {
  const bodies = calls.flatMap(({ request }) => (isOne(request) ? [request.body] : []));
  const texts = bodies
    .filter((body): body is RequestBody => body !== undefined)
    .flatMap(({ value }) => manifestsIn(value))
    .map(({ name, uid }) => `${name} ${uid === undefined ? "without" : "with"} uid`);
  return [...new Set(texts)].sort();
}

describe("manifests that exist (simulated Palette and MAAS)", function () {
  this.timeout(120_000);
  const site = tenant();

  for (const habit of ["optional", "required"]) {
    it(`are named by their uids in every update of a cluster's life, where uids are ${habit}`, async () => {
      await site.palette.reset();
      site.palette.setHabit("manifest-uids", habit);
      const calls = await observedCalls(() => wholeLife(site));
      const updates = sent(calls, ({ method, path }) => method === "PUT" && path.startsWith("/v1/clusterprofiles/"));
      assert.ok(updates.length > 0, "profiles with manifests are updated");
      assert.deepEqual(
        updates.filter((text) => text.endsWith("without uid")),
        [],
      );
      const onClusters = sent(calls, ({ method, path }) => method === "PATCH" && path.endsWith("/profiles"));
      assert.deepEqual(
        onClusters.filter((text) => text.endsWith("without uid")),
        [],
      );
    });
  }

  it("are named by their uids when Palette is asked whether other values would replace nodes", async () => {
    await site.palette.reset();
    await prepareMaas(site.maas);
    await prepareTenant(site);
    const args = clusterArgs();
    await site.command().up(clusterKind(), args);
    site.palette.setHabit("manifest-uids", "required");
    const next = { ...(coreArgs("1.9.0") as unknown as ForecastProfile), secretManifests: {}, secretValues: {} };
    const cluster = {
      name: "vmo",
      pools: args["pools"] as unknown as MachinePool[],
      sshKeys: args["sshKeys"] as string[],
      profiles: [{ ...next, variables: {} }],
    };
    const address = { url: site.palette.url, apiKey: site.palette.apiKey, project: site.palette.projectName };
    const calls = await observedCalls(async () => {
      const forecast = await lookUpRepave(address, cluster);
      assert.ok(forecast.ok, JSON.stringify(forecast));
    });
    const asked = sent(calls, ({ path }) => path.endsWith("/validate/repave"));
    assert.ok(asked.includes("grafana-issuer with uid"), asked.join(", "));
    assert.deepEqual(
      asked.filter((text) => text.endsWith("without uid")),
      [],
    );
  });
});
