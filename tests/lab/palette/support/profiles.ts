import type { PaletteClient } from "./palette-client";

interface Tagged {
  registryUid: string;
  tags: { packUid: string; tag: string }[];
  packValues: { packUid: string; values: string }[];
}

/** The registry that holds the lab's packs. */
async function vendorRegistry(client: PaletteClient): Promise<{ uid: string; name: string; kind: string }> {
  const { items } = await client.get<{ items: { uid: string; name: string; kind: string }[] }>(
    "/v1/registries/metadata",
  );
  const { uid, name, kind } = items.find((item) => vendorRegistries.includes(item.name)) ?? {
    uid: "",
    name: "",
    kind: "",
  };
  return { uid, name, kind };
}

/** Its uid. */
export async function publicRegistry(client: PaletteClient): Promise<string> {
  return (await vendorRegistry(client)).uid;
}

/** Names of the vendor's own registry, by habit. */
const vendorRegistries = ["Public Repo", "Palette Registry"];

/** The uid and default values of a pack. */
export async function packOf(
  client: PaletteClient,
  name: string,
  tag: string,
): Promise<{ uid: string; values: string }> {
  const pack = await client.get<Tagged>(`/v1/packs/${name}/registries/${await publicRegistry(client)}?cloudType=all`);
  const uid = pack.tags.find((each) => each.tag === tag)?.packUid ?? "";
  return { uid, values: pack.packValues.find((each) => each.packUid === uid)?.values ?? "" };
}

/** One layer of an import, with the pack's default values changed. */
export async function layer(
  client: PaletteClient,
  name: string,
  layerName: string,
  tag: string,
  change: (values: string) => string = (values) => values,
) {
  const registry = await vendorRegistry(client);
  return {
    name,
    type: registry.kind === "pack" ? "spectro" : registry.kind,
    layer: layerName,
    version: tag,
    tag,
    values: change((await packOf(client, name, tag)).values),
    registry: { metadata: registry },
    manifests: [],
  };
}

/** An infrastructure profile, as an export has it. */
export async function infraProfile(client: PaletteClient, version = "1.0.0", kubernetes = "1.32.4") {
  return {
    metadata: { name: "infra", description: "infrastructure", labels: { vmo: "spectro__tag" } },
    spec: {
      version,
      template: {
        type: "infra",
        cloudType: "maas",
        packs: [
          await layer(client, "ubuntu-maas", "os", "LTS__22.04"),
          await layer(client, "kubernetes", "k8s", kubernetes, (values) =>
            values
              .replace('podCIDR: "192.168.0.0/16"', "podCIDR: '{{.spectro.var.podCidr}}'")
              .replace(
                'serviceClusterIpRange: "10.96.0.0/12"',
                "serviceClusterIpRange: '{{.spectro.var.serviceCidr}}'",
              ),
          ),
          await layer(client, "cni-cilium-oss", "cni", "1.17.4"),
          {
            ...(await layer(client, "csi-portworx-generic", "csi", "3.3.1", (values) =>
              values.replace('repl: "3"', "repl: '{{.spectro.var.replicas}}'"),
            )),
            manifests: [
              { name: "px-pure-secret", content: "kind: Secret\nstringData: {token: '{{.spectro.var.token}}'}\n" },
            ],
          },
        ],
      },
      variables: [
        { name: "podCidr", displayName: "Pods", format: "ipv4cidr", defaultValue: "100.64.0.0/18", immutable: true },
        {
          name: "serviceCidr",
          displayName: "Services",
          format: "ipv4cidr",
          defaultValue: "100.64.64.0/18",
          immutable: true,
        },
        { name: "replicas", displayName: "Replicas", format: "number", defaultValue: "2" },
        { name: "token", displayName: "Token", format: "string", required: true, isSensitive: true },
      ],
    },
  };
}

/** An add-on profile with MetalLB and a manifest layer. */
export async function addOnProfile(client: PaletteClient, version = "1.0.0") {
  return {
    metadata: { name: "core", description: "", labels: {} },
    spec: {
      version,
      template: {
        type: "add-on",
        cloudType: "all",
        packs: [
          {
            name: "vmo-extras",
            type: "manifest",
            layer: "addon",
            version: "1.0.0",
            tag: "1.0.0",
            values: 'pack:\n  spectrocloud.com/install-priority: "40"\n',
            manifests: [{ name: "extra", content: "kind: ConfigMap\n" }],
          },
          await layer(client, "lb-metallb-helm", "addon", "0.15.2", (values) =>
            values.replace('install-priority: "0"', 'install-priority: "10"'),
          ),
        ],
      },
      variables: [],
    },
  };
}
