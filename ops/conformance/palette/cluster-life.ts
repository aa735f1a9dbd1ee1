import type { ForecastCluster } from "../../../providers/palette/look-ups/repave-forecast";
import { lookUpRepave } from "../../../providers/palette/look-ups/repave-forecast";
import type { TenantAddress } from "../../../providers/palette/look-ups/open-tenant";
import { surveyTenant, type TenantQuestion } from "../../../providers/palette/look-ups/tenant-survey";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { cloudAccountKind } from "../../../providers/palette/cloud-account";
import { clusterProfileKind } from "../../../providers/palette/cluster-profile";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import type { MachinePool } from "../../../providers/palette/cluster/pools";
import type { ProfileLayer } from "../../../providers/palette/profile-content";
import { kubeconfigKind } from "../../../providers/palette/kubeconfig";
import type { AnyKind, Command, Kept } from "./kind-command";

/** Inputs of what a datacenter has in Palette, as its resources take them. */
export interface LifeArgs {
  readonly account: PlainObject;
  readonly infra: PlainObject;
  readonly core: PlainObject;
  /** A cluster of both profiles with a pool of control planes and one of workers. */
  readonly cluster: PlainObject;
}

/** Where a cluster lives. */
export interface LifeSite {
  readonly address: TenantAddress;
  /** A new command: what one remembers, the next reads again. */
  readonly command: () => Command;
  /** Switches a fault of the lab's Palette on (`no-pack-values`), or all off. */
  readonly fault: (kind: string | null) => Promise<void>;
}

/** The resources of a life. */
export interface Life {
  account: Kept;
  infra: Kept;
  core: Kept;
  cluster: Kept;
}

/** A uid that no cluster has. */
const unknownUid = "0".repeat(24);

/** The version that the infra profile is brought to. */
const nextVersion = "99.0.0";

/**
 * Lets a cluster live through all that our commands do with Palette, so that every operation of the client is sent: build or adopt, read, survey,
 * change settings, scale, add and remove a pool, put profiles back, detach and attach an add-on, and a repave with its approval.
 *
 * @param report takes one line for each step
 */
export async function liveThrough(site: LifeSite, args: LifeArgs, report: (step: string) => void): Promise<Life> {
  const kind = clusterKind();
  const command = (): Command => site.command();
  const refresh = async <In extends object, Out extends object>(of: AnyKind<In, Out>, kept: Kept): Promise<Kept> => {
    const seen = await command().refresh(of, kept);
    if (seen === undefined) throw new Error(`${of.kind} ${kept.id} is gone`);
    return seen;
  };
  const change = async (kept: Kept, changes: PlainObject): Promise<Kept> =>
    command().update(kind, await refresh(kind, kept), { ...args.cluster, ...changes });

  report("survey of the tenant before anything is there");
  await survey(site, args, [args.infra, args.core]);
  report("account, profiles, cluster and kubeconfigs");
  let account = await command().up(cloudAccountKind, args.account);
  let infra = await command().up(clusterProfileKind, args.infra);
  const core = await command().up(clusterProfileKind, args.core);
  let cluster = await command().up(kind, args.cluster);
  for (const flavour of ["admin", "user"]) {
    const kubeconfig = await command().up(kubeconfigKind, { cluster: cluster.id, flavour });
    await refresh(kubeconfigKind, kubeconfig);
  }
  await unready(() => command().up(kubeconfigKind, { cluster: unknownUid }));
  report("survey, and reads of everything");
  await survey(site, args, [args.infra, withoutPack(args.core)]);
  account = await command().update(cloudAccountKind, await refresh(cloudAccountKind, account), args.account);
  infra = await command().update(clusterProfileKind, await refresh(clusterProfileKind, infra), args.infra);

  report("settings of the cluster");
  cluster = await change(cluster, {
    labels: { life: "changed" },
    ntpServers: ["ntp.example.test", "ntp2.example.test"],
    timezone: "Europe/Berlin",
    componentUpgrades: "lock",
    osPatch: { patchOnBoot: false, schedule: "0 3 * * 0", onDemandPatchAfter: null, rebootIfRequired: false },
    secretVariables: changedSecrets(args.cluster),
  });
  report("a worker fewer, and a pool of its own for another");
  cluster = await change(cluster, { pools: smallerPools(args.cluster, []) });
  cluster = await change(cluster, { pools: smallerPools(args.cluster, ["life"]) });
  cluster = await change(cluster, { pools: smallerPools(args.cluster, []) });
  cluster = await change(cluster, {});

  report("an add-on is detached and attached again");
  const [base] = args.cluster["profiles"] as PlainObject[];
  cluster = await change(cluster, { profiles: base === undefined ? [] : [base] });
  cluster = await change(cluster, {});

  report("a repave with its approval");
  const next = nextInfra(args.infra);
  await forecastRepave(site, args, next);
  infra = await command().update(clusterProfileKind, await refresh(clusterProfileKind, infra), next);
  const profiles = (args.cluster["profiles"] as PlainObject[]).map((profile) =>
    profile["name"] === args.infra["name"] ? { ...profile, version: nextVersion } : profile,
  );
  const waiting = await unready(() => change(cluster, { profiles }));
  cluster = await change({ ...cluster, state: waiting }, { profiles, approveRepave: true });
  return { account, infra, core, cluster: await refresh(kind, cluster) };
}

/** Takes down what {@link liveThrough} leaves. */
export async function endLife({ command }: LifeSite, { account, infra, core, cluster }: Life): Promise<void> {
  await command().destroy(clusterKind(), cluster);
  for (const profile of [core, infra]) await command().destroy(clusterProfileKind, profile);
  await command().destroy(cloudAccountKind, account);
}

/** What a command leaves that must not finish: state of a resource that waits, or nothing. */
async function unready(work: () => Promise<unknown>): Promise<PlainObject> {
  const failure = await work().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(failure instanceof Error)) throw new Error("a command finished that had to wait");
  return "properties" in failure ? (failure.properties as PlainObject) : {};
}

/** What the doctor reads, once with the way to MAAS tried; packs are read by uid when their values are missing from the list. */
async function survey(site: LifeSite, args: LifeArgs, profiles: readonly PlainObject[]): Promise<void> {
  const account = args.account as unknown as { gateway: string; apiKey: string } & NonNullable<
    TenantQuestion["account"]
  >;
  const question = {
    datacenter: "life",
    gateway: account.gateway,
    account: { ...account, adopt: false },
    cluster: args.cluster["name"] as string,
    profiles: profiles.map(forecastProfile),
  };
  await surveyTenant(site.address, { ...question, validate: true });
  await site.fault("no-pack-values");
  try {
    await surveyTenant(site.address, { ...question, validate: false });
  } finally {
    await site.fault(null);
  }
}

async function forecastRepave(site: LifeSite, args: LifeArgs, infra: PlainObject): Promise<void> {
  const cluster = args.cluster as unknown as ForecastCluster;
  const forecast = await lookUpRepave(site.address, {
    name: cluster.name,
    pools: cluster.pools,
    sshKeys: cluster.sshKeys,
    profiles: [infra, args.core].map(forecastProfile),
  });
  if (!forecast.ok || forecast.replaces !== "cluster")
    throw new Error(
      `the change of the operating system's layer is forecast as ${JSON.stringify(forecast)}, not as a repave`,
    );
}

function forecastProfile(profile: PlainObject): ForecastCluster["profiles"][number] {
  const { name, version, layers } = profile as unknown as { name: string; version: string; layers: ProfileLayer[] };
  return { name, version, layers, variables: {}, secretManifests: {}, secretValues: {} };
}

/** A profile that names a pack which no registry has, so that Palette is searched for it. */
function withoutPack(profile: PlainObject): PlainObject {
  const layers = profile["layers"] as unknown as ProfileLayer[];
  const changed = layers.map((layer, index) =>
    index === 0 ? { ...layer, pack: { ...layer.pack, name: "no-such-pack", tag: "0.0.0" } } : layer,
  );
  return { ...profile, version: nextVersion, layers: changed as unknown as PlainObject[] };
}

/** The infra profile with a change that every node is made from. */
function nextInfra(infra: PlainObject): PlainObject {
  const layers = infra["layers"] as unknown as ProfileLayer[];
  const changed = layers.map((layer) =>
    layer.pack.layer === "os"
      ? { ...layer, values: layer.values.replace("net.core.somaxconn = 4096", "net.core.somaxconn = 8192") }
      : layer,
  );
  return { ...infra, version: nextVersion, layers: changed as unknown as PlainObject[] };
}

function changedSecrets(cluster: PlainObject): PlainObject {
  const secrets = (cluster["secretVariables"] ?? {}) as Record<string, string>;
  return Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, `${value}-changed`]));
}

/** The pools with a worker fewer, and further pools of one worker each. */
function smallerPools(cluster: PlainObject, further: readonly string[]): PlainObject[] {
  const pools = cluster["pools"] as unknown as MachinePool[];
  const smaller = pools.map((pool) => (pool.controlPlane ? pool : { ...pool, size: pool.size - 1 }));
  const [workers] = pools.filter(({ controlPlane }) => !controlPlane);
  const added = workers === undefined ? [] : further.map((name) => ({ ...workers, name, size: 1 }));
  return [...smaller, ...added] as unknown as PlainObject[];
}
