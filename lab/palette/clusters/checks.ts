import { PaletteError } from "../http/error";
import type { AttachedProfile } from "../model/cluster";
import type { MachinePoolSpec } from "../model/machine-pool";
import type { Palette } from "../palette";
import { addConstraints } from "../profiles/validate";
import type { Finding } from "../profiles/validate";
import { ownValueProblems } from "../profiles/variables";
import { attach } from "./attach";
import { poolSpec } from "./payloads";
import type { AttachInput, ClusterInput } from "./payloads";

/** What is wrong with a cluster, by machine pool and by profile. */
export interface ClusterFindings {
  pools: Finding[];
  profiles: { uid: string; packs: Finding[] }[];
}

/** Checks a cluster's pools and profiles and answers everything that is wrong. */
export function clusterFindings(palette: Palette, projectUid: string, input: ClusterInput): ClusterFindings {
  return {
    pools: poolFindings(input.spec.machinepoolconfig.map(poolSpec), input.spec.cloudConfig.enableLxdVm === true),
    profiles: profileFindings(palette, projectUid, input.spec.profiles),
  };
}

/** The first thing that is wrong, as a sentence. */
export function firstError(findings: ClusterFindings): string | undefined {
  const all = [...findings.pools, ...findings.profiles.flatMap((profile) => profile.packs)];
  return all.flatMap((finding) => finding.errors)[0]?.message;
}

/** Checks the pools of a cluster: names, sizes, one control plane, strategies. */
export function poolFindings(pools: readonly MachinePoolSpec[], enableLxdVm: boolean): Finding[] {
  const findings = pools.map((pool) => ({
    name: pool.name,
    displayName: pool.name,
    errors: [
      ...poolErrors(pool, enableLxdVm),
      ...(pools.filter((each) => each.name === pool.name).length > 1
        ? [{ code: "DuplicateMachinePool", message: `Machine pool '${pool.name}' is given twice` }]
        : []),
    ],
  }));
  const controlPlanes = pools.filter((pool) => pool.isControlPlane).length;
  if (controlPlanes !== 1)
    findings.push({
      name: "control-plane",
      displayName: "control-plane",
      errors: [{ code: "InvalidMachinePool", message: `A cluster needs one control plane pool, not ${controlPlanes}` }],
    });
  return findings;
}

function poolErrors(pool: MachinePoolSpec, enableLxdVm: boolean): Finding["errors"] {
  const { updateStrategy: strategy } = pool;
  const rules: [boolean, string][] = [
    [pool.isControlPlane && ![1, 3, 5].includes(pool.size), `size ${pool.size} is not 1, 3 or 5`],
    [
      !pool.labels.some((label) => label === "control-plane" || label === "worker"),
      "labels must hold 'control-plane' or 'worker'",
    ],
    [pool.isControlPlane && (pool.nodeRepaveInterval ?? 0) !== 0, "nodeRepaveInterval is for worker pools only"],
    [pool.isControlPlane && pool.skipK8sUpgrade === "enabled", "skipK8sUpgrade is for worker pools only"],
    [
      strategy.type === "OverrideScaling" && (!strategy.maxSurge || !strategy.maxUnavailable),
      "OverrideScaling needs maxSurge and maxUnavailable",
    ],
    [
      strategy.type === "OverrideScaling" && isZero(strategy.maxSurge) && isZero(strategy.maxUnavailable),
      "maxSurge and maxUnavailable cannot both be 0",
    ],
    [enableLxdVm && pool.isControlPlane && pool.useLxdVm === true, "useLxdVm cannot be combined with enableLxdVm"],
    [
      (pool.maxSize ?? 0) > 0 && (pool.size < (pool.minSize ?? 0) || pool.size > (pool.maxSize ?? 0)),
      `size ${pool.size} is not within minSize and maxSize`,
    ],
  ];
  return rules
    .filter(([broken]) => broken)
    .map(([, message]) => ({ code: "InvalidMachinePool", message: `Machine pool '${pool.name}': ${message}` }));
}

function isZero(text: string | undefined): boolean {
  return text === "0" || text === "0%";
}

function profileFindings(
  palette: Palette,
  projectUid: string,
  inputs: readonly AttachInput[],
): ClusterFindings["profiles"] {
  const attached: AttachedProfile[] = [];
  const findings = inputs.map((input) => {
    try {
      const profile = attach(palette, projectUid, input);
      attached.push(profile);
      return { uid: input.uid, packs: packFindings(profile) };
    } catch (error) {
      if (!(error instanceof PaletteError)) throw error;
      return { uid: input.uid, packs: [finding("profile", error.code, error.message)] };
    }
  });
  addConstraints(
    palette,
    attached.flatMap((profile) => profile.packs),
    findings.flatMap((each) => each.packs),
  );
  const wrong = attached.length === inputs.length ? combinationError(attached) : undefined;
  if (wrong !== undefined) {
    const error = finding("profiles", "InvalidClusterProfiles", wrong);
    if (findings[0]) findings[0].packs.push(error);
    else findings.push({ uid: "", packs: [error] });
  }
  return findings;
}

function packFindings(profile: AttachedProfile): Finding[] {
  const findings = profile.packs.map((pack): Finding => ({ name: pack.name, displayName: pack.name, errors: [] }));
  const problems = ownValueProblems(profile.variables, profile.values);
  if (problems.length > 0)
    findings.push({
      name: "variables",
      displayName: profile.name,
      errors: problems.map((message) => ({ code: "InvalidVariableValue", message })),
    });
  return findings;
}

/** What is wrong with profiles together: one full profile, or one infrastructure profile with add-ons. */
export function combinationError(profiles: readonly AttachedProfile[]): string | undefined {
  const bases = profiles.filter((profile) => profile.type === "cluster" || profile.type === "infra");
  if (bases.length !== 1) return `A cluster needs one profile of type cluster or infra, not ${bases.length}`;
  return undefined;
}

function finding(name: string, code: string, message: string): Finding {
  return { name, displayName: name, errors: [{ code, message }] };
}
