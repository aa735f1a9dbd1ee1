import { parseDocument } from "yaml";
import { InputError } from "../dynamic/errors";
import type { Found } from "../dynamic/kind";
import type { PaletteClient } from "./client/client";
import * as profiles from "./client/profiles";
import type { ProfileLayer, ProfileVariable } from "./profile-content";
import { foreignLayer, isMasked, presentLayer, presentVariable } from "./profile-drift";
import type { ClusterProfileInputs, ClusterProfileOutputs, ResolvedPackRecord } from "./profile-inputs";
import { type ProfileSecrets, type ResolvedLayer, resolveLayers, secretValuesOf } from "./resolve-profile";
import { printVisible } from "../dynamic/print-visible";

/** A profile version as it really is, said like our data. */
export async function presentProfile(
  client: PaletteClient,
  uid: string,
  found: profiles.ProfileAnswer,
  state: Partial<ClusterProfileInputs & ClusterProfileOutputs>,
): Promise<Omit<Found<ClusterProfileInputs, ClusterProfileOutputs>, "id">> {
  const packs = found.spec.published?.packs ?? [];
  const [expected, manifests, variables] = await Promise.all([
    resolveKnownLayers(client, state.layers ?? [], secretsOf(state)),
    profiles.readManifests(client, uid),
    profiles.readVariables(client, uid),
  ]);
  const layers = packs.map((pack) => {
    const ours = state.layers?.find((layer) => layer.pack.name === pack.name);
    return ours === undefined ? foreignLayer(pack) : presentLayer(ours, expected.get(pack.name), pack, manifests);
  });
  const inputs: ClusterProfileInputs = {
    name: found.metadata.name,
    version: found.spec.version ?? "",
    description: found.metadata.annotations?.["description"] ?? state.description ?? "",
    profileType: found.spec.published?.type ?? state.profileType ?? "",
    cloudType: found.spec.published?.cloudType ?? state.cloudType ?? "",
    layers,
    variables: presentVariables(variables, state.variables ?? []),
    secretManifests: presentSecretManifests(state, manifests),
    secretValues: presentSecretValues(state, packs),
    adopt: state.adopt ?? false,
  };
  return { inputs, outputs: presentOutputs(uid, found, state) };
}

/** Layers by pack, resolved against the registries; one whose pack was taken out of its registry is left out: it cannot be compared. */
async function resolveKnownLayers(
  client: PaletteClient,
  layers: readonly ProfileLayer[],
  secrets: ProfileSecrets,
): Promise<Map<string, ResolvedLayer>> {
  const known = new Map<string, ResolvedLayer>();
  await Promise.all(
    layers.map(async (layer) => {
      try {
        const [resolved] = await resolveLayers(client, [layer], secrets);
        if (resolved !== undefined) known.set(layer.pack.name, resolved);
      } catch (failure) {
        if (!(failure instanceof InputError)) throw failure;
        printVisible(`palette:ClusterProfile: layer ${layer.pack.name} is not checked for drift: ${failure.message}`);
      }
    }),
  );
  return known;
}

/** In our order, what is not ours behind it: the order of variables means nothing. */
function presentVariables(found: Partial<ProfileVariable>[], ours: readonly ProfileVariable[]): ProfileVariable[] {
  const present = found.map((variable) =>
    presentVariable(
      variable,
      ours.find(({ name }) => name === variable.name),
    ),
  );
  const position = ({ name }: ProfileVariable): number => {
    const index = ours.findIndex((variable) => variable.name === name);
    return index < 0 ? ours.length : index;
  };
  return present.sort((left, right) => position(left) - position(right));
}

function presentSecretManifests(
  state: Partial<ClusterProfileInputs & ClusterProfileOutputs>,
  manifests: ReadonlyMap<string, string>,
): Record<string, string> {
  const entries = Object.entries(state.secretManifests ?? {}).map(([key, content]) => {
    const found = manifests.get(key) ?? "";
    return [key, found.trim() === content.trim() ? content : found];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Secret values as they really are; what Palette masks counts as ours. */
function presentSecretValues(
  state: Partial<ClusterProfileInputs>,
  packs: readonly profiles.PackAnswer[],
): Record<string, string> {
  const entries = packs.flatMap(({ name, values }) =>
    secretValuesOf(name, state.secretValues ?? {}).map(({ key, keys, value }) => {
      const found: unknown = parseDocument(values ?? "").getIn(keys);
      return [key, isMasked(found) ? value : typeof found === "string" ? found : JSON.stringify(found ?? null)];
    }),
  );
  return Object.fromEntries(entries) as Record<string, string>;
}

function secretsOf({ secretManifests = {}, secretValues = {} }: Partial<ClusterProfileInputs>): ProfileSecrets {
  return { secretManifests, secretValues };
}

function presentOutputs(
  uid: string,
  found: profiles.ProfileAnswer,
  state: Partial<ClusterProfileInputs & ClusterProfileOutputs>,
): ClusterProfileOutputs {
  if (state.contentHash === undefined && found.status?.isPublished === false) {
    throw new InputError(`Cluster profile "${found.metadata.name}" is a draft only; publish it in Palette first.`);
  }
  return {
    origin: state.origin ?? "adopted",
    uid,
    contentHash: state.contentHash ?? "",
    packs: state.packs ?? packRecords(found),
    versions: state.versions ?? [],
  };
}

/** What the layers of a version were resolved to; a layer of manifests only has no pack. */
export function packRecords(found: profiles.ProfileAnswer): ResolvedPackRecord[] {
  return (found.spec.published?.packs ?? [])
    .filter(({ type }) => type !== "manifest")
    .map(({ name, packUid, version, digest }) => ({
      name,
      packUid: packUid ?? "",
      version: version ?? "",
      digest: digest ?? "",
    }));
}
