import { textAt } from "../../components/virtualization/rules/tree";
import type { Manifest } from "../../components/virtualization/objects/manifest";
import { networkAttachmentDefinitionText } from "../../components/virtualization/objects/network-attachment-definition";
import type { ImageNames } from "../../components/virtualization/image-versions";
import type { VirtualizationArgs } from "../../components/virtualization/virtualization-args";
import {
  virtualizationManifests,
  type VirtualizationManifests,
} from "../../components/virtualization/virtualization-manifests";
import { readProfileFiles } from "../../profiles/render/profile-files";
import type { ProfileParameters } from "../../profiles/render/parameters";
import { renderProfile, type RenderedLayer, type RenderedProfile } from "../../profiles/render/render-profile";
import { yamlText } from "../../profiles/render/yaml-text";

/** The VMO-RA-Templates profile with its manifests, and those that hold passwords apart. */
export interface TemplatesProfile {
  rendered: RenderedProfile;
  /** Manifests with passwords by `pack/name`. */
  secretManifests: Record<string, string>;
}

/** Which manifests each layer of the profile holds (RA, VMO-Storage layer to VMO-VMTemplates layer). */
const layersOf: Readonly<Record<string, (manifests: VirtualizationManifests) => Manifest[]>> = {
  "vmo-storage": ({ storage }) => storage,
  "vmo-networking": ({ networking }) => networking,
  "vmo-goldenimages": ({ goldenImages }) => goldenImages,
  "vmo-vmpreferences": ({ preferences }) => preferences,
  "vmo-vmtemplates": ({ templates }) => templates,
};

/** The layer with first-boot configuration, whose manifests hold passwords. */
const firstBootLayer = "vmo-vmtemplates";

/**
 * Renders the profile that delivers the objects of the virtualization layer, from the same manifests as the objects themselves.
 *
 * @throws Error for a manifest with `{{`, which Palette would read as a macro.
 */
export function templatesProfile(
  args: VirtualizationArgs<string>,
  names: ImageNames,
  parameters: ProfileParameters,
): TemplatesProfile {
  const manifests = virtualizationManifests(args, names);
  const empty = renderProfile(readProfileFiles("vmo-ra-templates"), parameters);
  const layers = empty.layers.map((layer): RenderedLayer => ({
    ...layer,
    manifests: named(layersOf[layer.pack.name]?.(manifests) ?? []).map(({ name, manifest }) => ({
      name,
      content: withoutMacros(contentOf(manifest, args), manifest),
    })),
  }));
  return { rendered: { ...empty, layers }, secretManifests: firstBootManifests(manifests.firstBoot) };
}

/** One manifest per name, with a document per namespace (RA: cm-unattend-xml, "in both the default and the virtual-machines namespace"). */
function firstBootManifests(firstBoot: readonly Manifest[]): Record<string, string> {
  const names = [...new Set(firstBoot.map(({ metadata }) => metadata.name))];
  const entries = names.map((name): [string, string] => {
    const documents = firstBoot.filter(({ metadata }) => metadata.name === name);
    const texts = documents.map((document) => withoutMacros(yamlText(document), document));
    return [`${firstBootLayer}/${name}`, texts.join("---\n")];
  });
  return Object.fromEntries(entries);
}

/** Manifests of one layer under different names: of several with one name, such as a network of two namespaces, all but the first get their namespace. */
function named(manifests: readonly Manifest[]): { name: string; manifest: Manifest }[] {
  const seen = new Set<string>();
  return manifests.map((manifest) => {
    const name = manifestName(manifest);
    const isFirst = !seen.has(name);
    seen.add(name);
    return { name: isFirst ? name : `${name}-${manifest.metadata.namespace ?? "default"}`, manifest };
  });
}

/** The RA's names; a StorageProfile is named after its storage class, so its manifest has a name of its own. */
function manifestName({ kind, metadata, ...rest }: Manifest): string {
  if (kind === "StorageProfile") return "storageprofile-cdi";
  if (kind === "ClusterRoleBinding") return `clusterrolebinding-${metadata.name}`;
  if (kind === "RoleBinding" && textAt(rest, "roleRef", "kind") === "ClusterRole")
    return `rolebinding-${metadata.name}`;
  if (kind === "Role" || kind === "RoleBinding") return `${kind.toLowerCase()}-${metadata.namespace ?? "default"}`;
  return kind === "Service" ? `service-${metadata.name}` : metadata.name;
}

/** A NetworkAttachmentDefinition keeps its lines: the RA tells operators which ones to edit. */
function contentOf(manifest: Manifest, args: VirtualizationArgs<string>): string {
  const { name, namespace } = manifest.metadata;
  const network = args.networks.find((candidate) => candidate.name === name && candidate.namespace === namespace);
  return manifest.kind === "NetworkAttachmentDefinition" && network !== undefined
    ? networkAttachmentDefinitionText(network)
    : yamlText(manifest);
}

function withoutMacros(content: string, { kind, metadata }: Manifest): string {
  if (!content.includes("{{")) return content;
  throw new Error(
    `${kind} ${metadata.name} holds "{{", which Palette would read as a macro: write it otherwise, or deliver it as an object`,
  );
}
