import type { PaletteClient } from "./palette-client";

/** A cluster profile as Palette answers it, as far as tests look at it. */
export interface Profile {
  metadata: { name: string; labels: Record<string, string> | null; annotations: Record<string, string> };
  spec: {
    version: string;
    versions: { version: string }[];
    draft: Template | null;
    published: Template | null;
  };
  status: { isPublished: boolean; inUseClusters: { name: string }[] | null };
}
/** The layers of a profile's draft or published version. */
export interface Template {
  packs: {
    name: string;
    tag: string;
    version: string;
    packUid: string;
    values: string;
    manifests: { uid: string; name: string }[] | null;
  }[];
}

/** Imports a profile; answers its uid. */
export const importProfile = async (client: PaletteClient, entity: unknown, publish = true): Promise<string> =>
  (await client.ok<{ uid: string }>(201, "POST", `/v1/clusterprofiles/import?publish=${publish}`, entity)).uid;

/** A profile by its uid. */
export const readProfile = (client: PaletteClient, uid: string): Promise<Profile> =>
  client.get<Profile>(`/v1/clusterprofiles/${uid}`);
