import { invalid, notFound } from "../http/error";
import { MANIFEST_PACK_UID } from "../model/profile";
import type { Manifest, ProfilePack } from "../model/profile";
import type { Registry } from "../model/tenant";
import type { Pack } from "../packs/pack";
import { holdsMask, parseValues, valueAt } from "../packs/pack-values";
import type { Palette } from "../palette";
import { newUid } from "../uid";
import type { ImportPack, PackInput } from "./payloads";

/** What the vendor's own registry is called, by tenant; the vendor's samples name either. */
const VENDOR_REGISTRIES: readonly string[] = ["Public Repo", "Palette Registry"];
const PACK_TYPE = { pack: "spectro", helm: "helm", oci: "oci" } as const;
const REGISTRY_KIND = { spectro: "pack", helm: "helm", oci: "oci" } as const;

/**
 * The layer that an import asks for: its registry and pack are looked up, its values checked.
 * @throws PaletteError 400 or 404
 */
export function importedPack(palette: Palette, input: ImportPack): ProfilePack {
  const manifests = input.manifests.map((manifest) => ({ ...manifest, uid: newUid() }));
  if (input.type === "manifest") return manifestPack(input.name, input.layer, input.tag, input.values, manifests);
  const { uid = "", name = "" } = input.registry?.metadata ?? {};
  const { registries } = palette;
  const named = registries.find((each) => each.uid === uid) ?? registries.find((each) => each.name === name);
  const tag = input.tag || input.version;
  if (named === undefined) {
    const matching = VENDOR_REGISTRIES.includes(name) ? matchingPack(palette, input) : undefined;
    if (matching === undefined) throw notFound("registry", `${uid}' (${name || "no name"}) of pack '${input.name}`);
    const { registry, pack } = matching;
    return registryPack(pack, { ...input, type: PACK_TYPE[registry.kind], tag, manifests });
  }
  checkRegistryKind(input.name, input.type, named);
  const pack = palette.catalogue.find(named.uid, baseName(input.name), tag);
  if (!pack) throw notFound("pack", `${input.name}' with tag '${tag}' in registry '${named.name}`);
  return registryPack(pack, { ...input, tag, manifests });
}

/** The one registry of the tenant that has a pack of a vendor's registry which is not here: their uids, names and kinds differ by tenant. */
function matchingPack(palette: Palette, input: ImportPack): { registry: Registry; pack: Pack } | undefined {
  const found = palette.registries.flatMap((registry) => {
    const find = (tag: string): Pack | undefined =>
      tag === "" ? undefined : palette.catalogue.find(registry.uid, baseName(input.name), tag);
    const pack = find(input.tag) ?? find(input.version);
    return pack === undefined ? [] : [{ registry, pack }];
  });
  return found.length === 1 ? found[0] : undefined;
}

/**
 * The layer that a create, update or add call asks for.
 * @param previous the layer of that name that is replaced: its manifests keep their uids.
 * @throws PaletteError 400 or 404
 */
export function writtenPack(palette: Palette, input: PackInput, previous?: ProfilePack): ProfilePack {
  if (input.uid === "") throw invalid("InvalidPack", `Parameter 'pack ${input.name} uid' should not be empty`);
  const manifests = input.manifests.map((manifest) => ({
    name: manifest.name,
    content: manifest.content,
    uid: knownManifest(palette, input.name, manifest, previous?.manifests ?? [])?.uid ?? newUid(),
  }));
  if (input.type === "manifest") {
    if (input.uid !== MANIFEST_PACK_UID)
      throw invalid("InvalidPack", `Pack '${input.name}' of type manifest needs the uid '${MANIFEST_PACK_UID}'`);
    return manifestPack(input.name, input.layer ?? "addon", input.tag, input.values, manifests);
  }
  const pack = palette.catalogue.byUid(input.uid);
  if (!pack || pack.name !== baseName(input.name)) throw notFound("pack", input.uid);
  const registry = palette.registries.find((each) => each.uid === (input.registryUid || pack.registryUid));
  if (!registry) throw notFound("registry", input.registryUid);
  checkRegistryKind(input.name, input.type, registry);
  return registryPack(pack, { ...input, tag: input.tag || pack.tag, layer: input.layer ?? pack.layer, manifests });
}

/**
 * The manifest that an update means: the one of that uid, else of that name.
 * @throws PaletteError 400 when it is named without its uid, where the habit requires one.
 */
export function knownManifest(
  palette: Palette,
  packName: string,
  { name, uid }: Pick<Manifest, "name" | "uid">,
  present: readonly Manifest[],
): Manifest | undefined {
  const found = present.find((each) => each.uid === uid) ?? present.find((each) => each.name === name);
  if (found !== undefined && found.uid !== uid && palette.habits["manifest-uids"] === "required")
    throw invalid("InvalidManifest", `Manifest '${name}' of pack '${packName}' exists: its uid is required`);
  return found;
}

function manifestPack(
  name: string,
  layer: ProfilePack["layer"],
  tag: string,
  values: string,
  manifests: Manifest[],
): ProfilePack {
  if (values !== "" && !parseValues(values)) throw invalid("InvalidPackValues", `Pack '${name}' values are not YAML`);
  return {
    name,
    type: "manifest",
    layer,
    tag: tag || "1.0.0",
    version: tag || "1.0.0",
    registryUid: "",
    packUid: MANIFEST_PACK_UID,
    digest: "",
    values,
    manifests,
  };
}

function registryPack(
  pack: Pack,
  input: Pick<ProfilePack, "name" | "type" | "layer" | "tag" | "values" | "manifests">,
): ProfilePack {
  if (pack.disabled === true) throw invalid("InvalidPack", `Pack '${input.name}' with tag '${pack.tag}' is disabled`);
  if (input.layer !== pack.layer)
    throw invalid("InvalidPack", `Pack '${input.name}' is of layer '${pack.layer}', not '${input.layer}'`);
  checkPackValues(pack, input.name, input.values);
  return {
    name: input.name,
    type: input.type,
    layer: input.layer,
    tag: input.tag,
    version: pack.version,
    registryUid: pack.registryUid,
    packUid: pack.uid,
    digest: pack.digest,
    values: input.values,
    manifests: input.manifests,
  };
}

function checkRegistryKind(packName: string, type: "spectro" | "helm" | "oci", registry: Registry): void {
  if (REGISTRY_KIND[type] !== registry.kind)
    throw invalid(
      "InvalidPackType",
      `PackType '${type}' is not matching with registry type '${registry.kind}' for pack '${packName}'`,
    );
}

/**
 * Values must be the pack's whole values, changed: what a partial overlay would lack is refused.
 * @throws PaletteError 400
 */
export function checkPackValues(pack: Pack, name: string, values: string): void {
  const parsed = parseValues(values);
  if (!parsed) throw invalid("InvalidPackValues", `Pack '${name}' values are not a YAML map`);
  if (holdsMask(values)) throw invalid("InvalidPackValues", `Pack '${name}' values should not be masked`);
  for (const path of pack.requiredParameters)
    if (valueAt(parsed, path) === undefined)
      throw invalid("InvalidPackValues", `Parameter '${path}' value is required for pack '${name}'`);
  for (const path of pack.nonEmptyParameters)
    if (valueAt(parsed, path) === "" || valueAt(parsed, path) === null)
      throw invalid("InvalidPackValues", `Parameter '${path}' value is required for pack '${name}'`);
}

/** The registry's name of a layer: a repeated pack is called `<display-name>--<pack-name>`. */
export function baseName(name: string): string {
  return name.split("--").at(-1) ?? name;
}
