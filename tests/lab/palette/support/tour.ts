import { clusterBody, pool, prepareSite, readCluster, untilCluster, untilHealthy } from "./cluster";
import type { MaasStandIn } from "./maas-stand-in";
import { PaletteClient } from "./palette-client";
import type { PaletteClient as Client } from "./palette-client";
import { addOnProfile, infraProfile, packOf, publicRegistry } from "./profiles";

/** Calls every operation of the simulator once, each with what it accepts. */
export async function tour(client: Client, maas: MaasStandIn): Promise<void> {
  const tenant = new PaletteClient(client.simulator, null);
  const site = await prepareSite(client, maas);
  await tourTenant(client, tenant, maas, site);
  await tourProfiles(client, site.infra);
  await tourCluster(client, site);
}

type Site = Awaited<ReturnType<typeof prepareSite>>;

async function tourTenant(client: Client, tenant: Client, maas: MaasStandIn, site: Site): Promise<void> {
  const registry = await publicRegistry(client);
  const { uid: packUid } = await packOf(client, "nginx", "1.12.2");
  const login = { emailId: "operator@example.test", password: "a-password", org: "lab" };
  await tenant.ok(200, "POST", "/v1/auth/authenticate", login);
  await tenant.get("/v1/dashboard/projects/metadata?name=vmo");
  await tenant.ok(200, "POST", "/v1/dashboard/projects?limit=10", {
    filter: { name: { eq: "vmo" } },
    sort: [{ field: "name", order: "desc" }],
  });
  await tenant.get(`/v1/projects/${client.simulator.projectUid}`);
  for (const path of ["/v1/apiKeys", "/v1/users/info", "/v1/overlords", `/v1/overlords/${site.gateway}`])
    await client.get(path);
  await client.get(`/v1/overlords/maas/${site.gateway}/pools`);
  const spec = { apiEndpoint: maas.url, apiKey: maas.apiKey };
  await client.ok(204, "POST", `/v1/overlords/maas/${site.gateway}/account/validate`, { account: spec });
  await client.ok(204, "POST", "/v1/clouds/maas/account/validate", spec);

  const account = { metadata: { name: "second" }, spec };
  const { uid } = await client.ok<{ uid: string }>(201, "POST", "/v1/cloudaccounts/maas", account);
  await client.get(`/v1/cloudaccounts/maas/${uid}`);
  await client.get("/v1/cloudaccounts/maas?limit=0");
  await client.get("/v1/cloudaccounts/summary");
  await client.ok(204, "PUT", `/v1/cloudaccounts/maas/${uid}`, account);
  const rename = [{ op: "replace", path: "/metadata", value: { name: "renamed" } }];
  await client.ok(204, "PATCH", `/v1/cloudaccounts/maas/${uid}`, rename);
  await client.ok(204, "DELETE", `/v1/cloudaccounts/maas/${uid}`);
  for (const property of ["azs", "domains", "resourcePools", "subnets", "tags"]) {
    await client.get(`/v1/cloudaccounts/maas/${site.account}/properties/${property}`);
    await client.get(`/v1/clouds/maas/${property}?cloudAccountUid=${site.account}`);
  }

  await client.get("/v1/packs?filters=metadata.name=nginx");
  await client.get(`/v1/packs/${packUid}`);
  await client.get(`/v1/packs/nginx/registries/${registry}?cloudType=all&layer=addon`);
  await client.ok(200, "POST", "/v1/packs/search", { filter: { layer: ["addon"] }, sort: [] });
  await client.get("/v1/registries/metadata?scope=all");
  await client.get("/v1/registries/pack/summary");
  await client.get("/v1/registries/Public%20Repo/config");
}

async function tourProfiles(client: Client, infra: string): Promise<void> {
  const root = "/v1/clusterprofiles";
  const entity = await addOnProfile(client, "2.0.0");
  await client.ok(200, "POST", `${root}/import/validate`, entity);
  await client.ok(204, "GET", `${root}/validate/name?name=core&version=2.0.0`);
  const form = new FormData();
  form.append("importFile", new Blob([JSON.stringify(entity)]), "core.json");
  const { uid } = await client.ok<{ uid: string }>(201, "POST", `${root}/import/file?publish=true&format=json`, form);
  await client.get(`${root}/${uid}?includePackMeta=schema,presets`);
  await client.get(`${root}/${infra}/export?format=json`);
  await client.get(`${root}/${infra}/variables`);
  await client.get(`${root}/macros`);
  await client.get("/v1/dashboard/clusterprofiles/metadata");
  await client.get(`/v1/dashboard/clusterprofiles/${infra}`);
  await client.ok(200, "POST", "/v1/dashboard/clusterprofiles", { filter: { profileType: ["infra"] } });

  const { uid: packUid, values } = await packOf(client, "nginx", "1.12.2");
  const nginx = { name: "nginx", uid: packUid, layer: "addon", tag: "1.12.2", type: "spectro", values };
  const template = { type: "add-on", cloudType: "all", packs: [nginx] };
  await client.ok(200, "POST", `${root}/validate/packs`, template);
  await client.ok(200, "POST", `${root}/${uid}/validate/packs`, template);
  const made = { metadata: { name: "made" }, spec: { version: "1.0.0", template, variables: [{ name: "a" }] } };
  const { uid: second } = await client.ok<{ uid: string }>(201, "POST", `${root}?publish=false`, made);
  const update = {
    metadata: { name: "made" },
    spec: { version: "1.0.0", template: { type: "add-on", packs: [nginx] } },
  };
  await client.ok(204, "PUT", `${root}/${second}`, update);
  await client.ok(204, "PATCH", `${root}/${second}/metadata`, { metadata: { name: "made", labels: { a: "b" } } });
  await client.ok(204, "PATCH", `${root}/${second}/publish`);
  await client.ok(204, "PATCH", `${root}/${second}/packRefs`, { packs: [nginx] });
  const manifests = { name: "m", uid: "spectro-manifest-pack", type: "manifest", layer: "addon", manifests: [] };
  await client.ok(201, "POST", `${root}/${second}/packs`, { pack: manifests });
  await client.get(`${root}/${second}/packs?includePackMeta=presets`);
  await client.get(`${root}/${second}/packs/manifests`);
  await client.get(`${root}/${second}/packs/resolvedValues`);
  await client.get(`${root}/${second}/packs/nginx`);
  await client.get(`${root}/${second}/packs/nginx/config?packUid=${packUid}`);
  await client.ok(204, "PUT", `${root}/${second}/packs/nginx`, { pack: nginx });
  const contents = `${root}/${second}/packs/m/manifests`;
  const added = await client.ok<{ uid: string }>(201, "POST", contents, { name: "x", content: "kind: X" });
  await client.get(contents);
  await client.get(`${contents}/${added.uid}`);
  await client.ok(204, "PUT", `${contents}/${added.uid}`, { name: "x", content: "kind: Y" });
  await client.ok(204, "DELETE", `${contents}/${added.uid}`);
  await client.ok(204, "DELETE", `${root}/${second}/packs/m`);
  await client.ok(204, "PUT", `${root}/${second}/variables`, { variables: [{ name: "b", format: "number" }] });
  await client.ok(204, "PATCH", `${root}/${second}/variables`, { variables: [{ name: "c" }] });
  await client.ok(204, "DELETE", `${root}/${second}/variables`, { variables: ["c"] });
  const clone = { name: "made", version: "2.0.0", target: { scope: "tenant" } };
  await client.ok(204, "POST", `${root}/${second}/clone/validate`, clone);
  const { uid: third } = await client.ok<{ uid: string }>(201, "POST", `${root}/${second}/clone`, { metadata: clone });
  await client.ok(204, "DELETE", `${root}/${third}`);
  await client.ok(200, "DELETE", `${root}/bulk`, { uids: [second] });
}

async function tourCluster(client: Client, site: Site): Promise<void> {
  const body = clusterBody(site, [pool("control-plane", 1), pool("worker-pool", 1)]);
  const root = "/v1/spectroclusters";
  await client.ok(200, "POST", `${root}/maas/validate`, body);
  const { cloudConfig, machinepoolconfig } = body.spec;
  await client.ok(200, "POST", `${root}/maas/rate?periodType=hourly`, { cloudConfig, machinepoolconfig });
  await client.ok(204, "GET", `${root}/validate/name?name=vmo`);
  await client.ok(200, "POST", `${root}/validate/packs`, { profiles: body.spec.profiles });
  const { uid } = await client.ok<{ uid: string }>(201, "POST", `${root}/maas`, body);
  await readCluster(client, uid);
  await untilHealthy(client, uid);
  await tourClusterReads(client, uid);
  await tourClusterChanges(client, uid, site);
  await tourMachines(client, uid);
  await client.ok(204, "DELETE", `${root}/${uid}?forceDelete=false`);
  await untilCluster("deleted", client, uid, (cluster) => cluster.status?.state === "Deleted");
}

async function tourClusterReads(client: Client, uid: string): Promise<void> {
  const cluster = `/v1/spectroclusters/${uid}`;
  await client.get(`${cluster}?includePackMeta=presets&profileType=infra`);
  for (const asset of [
    "kubeconfig?frp=true",
    "kubeconfigclient",
    "adminKubeconfig",
    "adminTokenKubeconfig",
    "frpKubeconfig",
  ])
    await client.get(`${cluster}/assets/${asset}`);
  for (const part of [
    "status",
    "status/spcApply",
    "profiles",
    "profiles/packs/manifests",
    "profileUpdates",
    "variables",
    "packs/resolvedValues",
    "pack/properties?layer=k8s&fieldPath=pack.podCIDR&resolveMacros=true",
    "k8certificates",
  ])
    await client.get(`${cluster}/${part}`);
  await client.get(`/v1/dashboard/spectroclusters/${uid}`);
  await client.get("/v1/dashboard/spectroclusters/metadata");
  await client.get("/v1/dashboard/spectroclusters/meta");
  await client.get("/v1/dashboard/spectroclusters/repaveStatus?repaveState=Pending");
  const byName = {
    property: "clusterName",
    type: "string",
    condition: {
      string: { operator: "eq", negation: false, ignoreCase: false, match: { conjunction: "or", values: ["vmo"] } },
    },
  };
  const filter = { conjunction: "and", filterGroups: [{ conjunction: "and", filters: [byName] }] };
  const sort = [{ field: "clusterName", order: "asc" }];
  await client.ok(200, "POST", "/v1/dashboard/spectroclusters/search?limit=10", { filter, sort });
  await client.get(`/v1/events/components/spectrocluster/${uid}?limit=5`);
  const { items } = await client.get<{ items: { metadata: { uid: string } }[] }>("/v1/audits?limit=5");
  await client.get(`/v1/audits/${items[0]?.metadata.uid}`);
}

async function tourClusterChanges(client: Client, uid: string, site: Site): Promise<void> {
  const cluster = `/v1/spectroclusters/${uid}`;
  await client.ok(204, "PATCH", `${cluster}/metadata`, { metadata: { name: "vmo", labels: { a: "spectro__tag" } } });
  await client.ok(204, "POST", `${cluster}/upgrade/settings`, { spectroComponents: "lock" });
  await client.ok(204, "POST", "/v1/spectroclusters/upgrade/settings", { spectroComponents: "unlock" });
  await client.get("/v1/spectroclusters/upgrade/settings");
  await client.ok(204, "PATCH", `${cluster}/clusterConfig/osPatch`, {
    osPatchConfig: { schedule: "0 1 * * SUN", onDemandPatchAfter: "0001-01-01T00:00:00.000Z" },
  });
  await client.ok(204, "PATCH", `${cluster}/clusterConfig/timezone`, { timezone: "Europe/Amsterdam" });
  await client.ok(204, "PATCH", `${cluster}/clusterConfig/clusterMetaAttribute`, { clusterMetaAttribute: "x" });
  await client.ok(204, "PATCH", `${cluster}/clusterConfig/controlPlaneHealthCheckTimeout`, {
    controlPlaneHealthCheckTimeout: "10m",
  });
  await client.ok(204, "PATCH", `${cluster}/k8certificates/renew`);
  await client.ok(204, "PATCH", `${cluster}/variables`, [
    { profileUid: site.infra, variables: [{ name: "replicas", value: "3" }] },
  ]);

  await client.ok(201, "POST", `/v1/clusterprofiles/${site.core}/packs/vmo-extras/manifests`, {
    name: "n",
    content: "",
  });
  await client.ok(204, "PATCH", `/v1/clusterprofiles/${site.core}/publish`);
  const { items } = await client.get<{ items: { metadata: { uid: string } }[] }>(
    `/v1/notifications/spectrocluster/${uid}`,
  );
  await client.ok(204, "PATCH", `/v1/notifications/${items[0]?.metadata.uid}/ack`);
  await client.ok(204, "PATCH", `/v1/notifications/${items[0]?.metadata.uid}/done`);
  await client.ok(204, "PATCH", `${cluster}/packRefs`, { profiles: [{ uid: site.core }] });

  const entity = await infraProfile(client, "1.1.0", "1.32.6");
  const newer = await client.ok<{ uid: string }>(201, "POST", "/v1/clusterprofiles/import?publish=true", entity);
  const variables = [{ name: "token", value: "again" }];
  const swap = { profiles: [{ uid: newer.uid, replaceWithProfile: site.infra, variables }] };
  await client.ok(200, "POST", `${cluster}/validate/repave`, swap);
  await client.ok(200, "POST", `${cluster}/validate/packs`, { profiles: [{ uid: newer.uid, variables }] });
  const later = { ...swap, spcApplySettings: { actionType: "DownloadAndInstallLater" } };
  await client.ok(204, "PATCH", `${cluster}/profiles?resolveNotification=true`, later);
  await client.ok(202, "POST", `${cluster}/status/spcApply`);
  await untilCluster("repave pending", client, uid, (each) => each.status?.repave?.state === "Pending");
  await client.get(`${cluster}/repave/status`);
  await client.ok(204, "PATCH", `${cluster}/repave/approve`);
  const full = { profiles: [{ uid: newer.uid, variables }, { uid: site.core }] };
  await client.ok(204, "PUT", `${cluster}/profiles?resolveNotification=true`, full);
  await client.ok(204, "DELETE", `${cluster}/profiles`, { profileUids: [site.core] });
}

async function tourMachines(client: Client, uid: string): Promise<void> {
  const config = `/v1/cloudconfigs/maas/${(await readCluster(client, uid)).spec.cloudConfigRef.uid}`;
  await client.get(config);
  const cloudConfig = { domain: "metal.example.test", sshKeys: ["ssh-ed25519 AAAA test"] };
  await client.ok(204, "PUT", `${config}/clusterConfig`, { clusterConfig: cloudConfig });
  await client.ok(201, "POST", `${config}/machinePools`, pool("second", 0));
  await client.ok(204, "DELETE", `${config}/machinePools/second`);
  const worker = `${config}/machinePools/worker-pool`;
  await untilCluster("workers run", client, uid, (cluster) =>
    (cluster.status?.conditions ?? []).every((condition) => condition.status === "True"),
  );
  const { items } = await client.get<{ items: { metadata: { uid: string } }[] }>(`${worker}/machines`);
  const machine = `${worker}/machines/${items[0]?.metadata.uid}`;
  await client.get(machine);
  await client.ok(204, "PUT", `${machine}/maintenance`, { action: "cordon" });
  await client.ok(204, "PUT", `${machine}/maintenance/status`, { action: "cordon", state: "Completed", message: "" });
  await client.ok(204, "DELETE", machine);
  await client.ok(204, "PUT", worker, pool("worker-pool", 2));
}
