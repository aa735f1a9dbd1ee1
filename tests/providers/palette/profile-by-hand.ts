import type { PaletteClient } from "../../lab/palette/support/palette-client";

/** The parts of a profile that tests look at and change by hand. */
export interface ProfileBody {
  metadata: { name: string; uid: string; annotations: Record<string, string>; labels: Record<string, string> | null };
  spec: {
    version: string;
    published: { type: string; packs: PackBody[] };
    draft: unknown;
  };
}
interface PackBody {
  name: string;
  type: string;
  layer: string;
  tag: string;
  packUid: string;
  registryUid: string;
  values: string;
  manifests: { name: string; uid: string }[] | null;
}
/** A layer as the profile's inputs have it. */
export interface LayerInput {
  pack: { name: string; tag: string; registry: string | null };
  values: string;
  manifests: { name: string; content: string }[];
}

/** A profile's version as Palette has it. */
export const readProfile = (client: PaletteClient, uid: unknown): Promise<ProfileBody> =>
  client.get(`/v1/clusterprofiles/${String(uid)}`);

/** Changes a published version as somebody at the console would. */
export async function changeProfileByHand(
  client: PaletteClient,
  uid: unknown,
  change: (packs: Record<string, unknown>[]) => void,
): Promise<void> {
  const { metadata, spec } = await readProfile(client, uid);
  const { spec: content } = await client.get<{
    spec: {
      packs: { metadata: { name: string }; spec: { manifests: { name: string; content: string }[] | null } }[];
    };
  }>(`/v1/clusterprofiles/${String(uid)}/packs/manifests`);
  const packs = spec.published.packs.map(({ name, type, layer, tag, packUid, registryUid, values }) => ({
    name,
    type,
    layer,
    tag,
    uid: packUid,
    registryUid,
    values,
    manifests: (content.packs.find((pack) => pack.metadata.name === name)?.spec.manifests ?? []).map((manifest) => ({
      name: manifest.name,
      content: manifest.content,
    })),
  }));
  change(packs);
  await client.ok(204, "PUT", `/v1/clusterprofiles/${String(uid)}`, {
    metadata: { name: metadata.name, annotations: metadata.annotations },
    spec: { version: spec.version, template: { type: spec.published.type, packs } },
  });
  await client.ok(204, "PATCH", `/v1/clusterprofiles/${String(uid)}/publish`);
}
