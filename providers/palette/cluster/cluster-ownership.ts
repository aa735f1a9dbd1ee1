import { samePlain } from "../../dynamic/plain";
import type { Origin } from "../ownership";
import type { ClusterInputs } from "./inputs";

/** Inputs that describe the cluster itself; the others say how an update goes about it, or are secrets that Palette hides. */
const compared = [
  "cloudAccount",
  "domain",
  "sshKeys",
  "ntpServers",
  "labels",
  "profiles",
  "pools",
  "osPatch",
  "timezone",
  "componentUpgrades",
] as const satisfies readonly (keyof ClusterInputs)[];

/** Lists and maps of which an adopted cluster keeps what is not described. */
const keptWhenEmpty = ["sshKeys", "ntpServers"] as const;

/**
 * The inputs of a cluster as they apply to one of this origin. On a cluster that was not created here, lists that are not described
 * keep their actual values, and labels that are not described stay. Pure.
 */
export function effectiveInputs(desired: ClusterInputs, actual: ClusterInputs, origin: Origin): ClusterInputs {
  if (origin === "created") return desired;
  const kept = Object.fromEntries(
    keptWhenEmpty.filter((key) => desired[key].length === 0).map((key) => [key, actual[key]]),
  );
  return { ...desired, ...kept, labels: { ...actual.labels, ...desired.labels } };
}

/** What a read returns for a cluster of this origin: of one that was not created here, only what is described. Pure. */
export function managedInputs(actual: ClusterInputs, described: Partial<ClusterInputs>, origin: Origin): ClusterInputs {
  if (origin === "created") return actual;
  const unmanaged = Object.fromEntries(
    keptWhenEmpty.filter((key) => (described[key] ?? []).length === 0).map((key) => [key, []]),
  );
  const names = Object.keys(described.labels ?? {});
  const labels = Object.fromEntries(Object.entries(actual.labels).filter(([name]) => names.includes(name)));
  return { ...actual, ...unmanaged, labels };
}

/** Names of the inputs in which a cluster that exists is other than described, each with both values. Pure. */
export function clusterDifferences(actual: ClusterInputs, desired: ClusterInputs): string[] {
  return compared
    .filter((key) => !samePlain(actual[key], desired[key]))
    .map((key) => `${key}: ${JSON.stringify(actual[key])} -> ${JSON.stringify(desired[key])}`);
}

/** Why a cluster that exists must not be changed to what is described; undefined when it may, or when nothing differs. Pure. */
export function clusterRefusal(cluster: {
  readonly name: string;
  readonly origin: Origin;
  readonly owner: string | undefined;
  readonly datacenter: string;
  readonly adopt: boolean;
  readonly differences: readonly string[];
}): string | undefined {
  const { name, origin, owner, datacenter, differences } = cluster;
  const permitted = origin === "created" || (origin === "adopted" && cluster.adopt);
  if (permitted || differences.length === 0) return undefined;
  const listed = differences.map((line) => `  - ${line}`).join("\n");
  if (origin === "referenced") {
    return (
      `Cluster "${name}" belongs to datacenter "${owner ?? ""}", and datacenter "${datacenter}" describes it otherwise. One stack owns a cluster: ` +
      `describe it as it is, change it in the other stack, or choose another name. The differences:\n${listed}`
    );
  }
  return (
    `Cluster "${name}" exists in Palette already and was not made by this datacenter. Describe it as it is, choose another name, or set ` +
    `palette.adopt: true to change it (a destroy then leaves it running). What would change:\n${listed}`
  );
}
