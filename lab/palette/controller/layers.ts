import { resolvedLayers } from "../clusters/resolve";
import type { ResolvedLayer } from "../clusters/resolve";
import type { InstalledLayer } from "../model/cluster";
import { digestOf } from "../uid";
import type { Round } from "./round";
import { LIFE_SECONDS } from "./timing";

/**
 * Installs the next layer that is not installed as it should be, in install order, one per round; the cluster is healthy once
 * all are. What of detached profiles was installed stays in the cluster.
 */
export async function stepLayers(round: Round): Promise<void> {
  const { cluster, palette } = round;
  const wanted = resolvedLayers(palette, cluster, cluster.appliedProfiles);
  keepOrder(round, wanted);
  const late = palette.faults.lateLayers();
  const next = wanted
    .filter(({ pack }) => !late.includes(pack.name))
    .map((layer) => ({ layer, record: recordOf(round, layer), digest: digestOf(JSON.stringify(layer.pack)) }))
    .find(({ record, digest }) => record?.digest !== digest || record.endedAt === undefined);
  if (next) return install(round, next.layer, next.record, next.digest);
  const last = Math.max(0, ...cluster.layers.map((layer) => layer.endedAt ?? 0));
  if (cluster.healthy || palette.faults.on("never-healthy") || !palette.clock.passed(last, LIFE_SECONDS.health)) return;
  cluster.healthy = true;
  round.event("ClusterHealthy", "All layers are installed");
  palette.store.save();
}

async function install(
  round: Round,
  { profileUid, pack }: ResolvedLayer,
  present: InstalledLayer | undefined,
  digest: string,
): Promise<void> {
  const { cluster, palette } = round;
  const record: InstalledLayer = present ?? {
    profileUid,
    name: pack.name,
    version: pack.version,
    type: pack.type,
    digest: "",
    startedAt: 0,
    manifests: [],
  };
  if (record.digest !== digest) {
    Object.assign(record, {
      version: pack.version,
      digest,
      startedAt: round.now,
      endedAt: undefined,
      failure: undefined,
      manifests: pack.manifests.map(({ uid, name }) => ({ uid, name })),
    });
    if (!present) cluster.layers.push(record);
    palette.store.save();
  }
  if (!palette.clock.passed(record.startedAt, LIFE_SECONDS.layer)) return;
  const { name, layer, version, values } = pack;
  const manifests = pack.manifests.map((manifest) => ({ name: manifest.name, content: manifest.content }));
  try {
    await palette.platform.install(cluster.uid, { name, layer, version, values, manifests });
  } catch (error) {
    round.event("PackInstallFailed", `${name}: ${error instanceof Error ? error.message : String(error)}`, true);
    record.startedAt = round.now;
    record.failure = error instanceof Error ? error.message : String(error);
    palette.store.save();
    return;
  }
  record.endedAt = round.now;
  record.failure = undefined;
  round.event("PackInstalled", `Layer ${name} ${version} was installed`);
  palette.store.save();
}

function recordOf(round: Round, layer: ResolvedLayer): InstalledLayer | undefined {
  return round.cluster.layers.find(
    (record) => record.profileUid === layer.profileUid && record.name === layer.pack.name,
  );
}

// A layer of a profile version that took another's place goes on from what was installed; detached ones are forgotten.
function keepOrder(round: Round, wanted: readonly ResolvedLayer[]): void {
  const { cluster } = round;
  for (const layer of wanted) {
    if (recordOf(round, layer)) continue;
    const former = cluster.layers.find(
      (record) =>
        record.name === layer.pack.name &&
        !cluster.appliedProfiles.some((profile) => profile.uid === record.profileUid),
    );
    if (former) former.profileUid = layer.profileUid;
  }
  cluster.layers = cluster.layers.filter((record) =>
    wanted.some((layer) => layer.profileUid === record.profileUid && layer.pack.name === record.name),
  );
}
