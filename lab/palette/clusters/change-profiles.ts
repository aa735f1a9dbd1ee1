import { invalid, notFound } from "../http/error";
import type { AttachedProfile, Cluster } from "../model/cluster";
import type { Palette } from "../palette";
import { constraintErrors } from "../profiles/template";
import { ownValueProblems } from "../profiles/variables";
import { attach } from "./attach";
import { combinationError } from "./checks";
import type { AttachInput } from "./payloads";

type ActionType = Cluster["spcApply"]["actionType"];

/**
 * The profiles of a cluster after a PUT: exactly those of the list, every other is detached.
 * Variables of a profile that stays stay, unless new ones are sent.
 */
export function replacedSet(palette: Palette, cluster: Cluster, inputs: readonly AttachInput[]): AttachedProfile[] {
  return inputs.map((input) =>
    attach(
      palette,
      cluster.projectUid,
      input,
      cluster.profiles.find((profile) => profile.uid === input.uid),
    ),
  );
}

/**
 * The profiles of a cluster after a PATCH: those of the list come in addition. One with `replaceWithProfile` takes the place
 * of that profile and starts with no variables of its own; without it another version of an attached profile is attached
 * beside the old one.
 */
export function patchedSet(palette: Palette, cluster: Cluster, inputs: readonly AttachInput[]): AttachedProfile[] {
  const profiles = [...cluster.profiles];
  for (const input of inputs) {
    const former = profiles.find((profile) => profile.uid === input.uid);
    const attached = attach(palette, cluster.projectUid, input, former);
    const place = input.replaceWithProfile || input.uid;
    const index = profiles.findIndex((profile) => profile.uid === place);
    // The one whose place it takes may be detached already: the vendor's Terraform provider detaches first.
    const isKnown = palette.state.profiles.some((profile) => profile.uid === place);
    if (index >= 0) profiles[index] = attached;
    else if (!isKnown) throw notFound("clusterprofile", place);
    else profiles.push(attached);
  }
  return profiles;
}

/**
 * Gives a cluster another set of profiles, after all checks.
 * @throws PaletteError 400
 */
export function setProfiles(
  palette: Palette,
  cluster: Cluster,
  profiles: AttachedProfile[],
  actionType: ActionType = "DownloadAndInstall",
): void {
  const bases = combinationError(profiles);
  if (bases !== undefined && !sameLineage(profiles)) throw invalid("InvalidClusterProfiles", bases);
  for (const profile of profiles) {
    const [problem] = ownValueProblems(profile.variables, profile.values);
    if (problem !== undefined) throw invalid("InvalidVariableValue", `Cluster profile '${profile.name}': ${problem}`);
  }
  const [conflicting] = constraintErrors(
    palette,
    profiles.flatMap((profile) => profile.packs),
  );
  if (conflicting) throw invalid("PackConstraintViolation", conflicting.message);
  cluster.profiles = profiles;
  changed(palette, cluster, actionType);
}

/** Marks that what the cluster is to run changed: it is downloaded, and applied now or when told to. */
export function changed(palette: Palette, cluster: Cluster, actionType: ActionType = "DownloadAndInstall"): void {
  const now = palette.clock.now();
  cluster.modifiedAt = now;
  cluster.spcApply = {
    ...cluster.spcApply,
    actionType,
    canBeApplied: false,
    changedAt: now,
    appliedAt: undefined,
  };
}

// Two infrastructure profiles are let through when they are versions of one: the trap of a PATCH without replacement.
function sameLineage(profiles: readonly AttachedProfile[]): boolean {
  const names = new Set(
    profiles.filter((profile) => profile.type === "cluster" || profile.type === "infra").map((profile) => profile.name),
  );
  return names.size === 1;
}
