import * as pulumi from "@pulumi/pulumi";
import { BareMetal } from "../../components/bare-metal/bare-metal";
import { Palette } from "../../components/palette/palette";
import type { ImageNames } from "../../components/virtualization/image-versions";
import { checkedDatacenter, type CheckedDatacenter } from "./checked-datacenter";
import { hostArgs } from "./host-args";
import { layoutValues } from "./layout-values";
import { datacenterOutputs, type DatacenterOutputs, type DatacenterParts } from "./outputs";
import { paletteArgs } from "./palette-args";
import { siteArgs } from "./site-args";
import { goldenImageNames, templatesProfileArgs, virtualizationLayer } from "./virtualization-layer";

/** One datacenter: bare metal, and on it Palette's cluster, and on that the virtualization layer. The root of the resource tree. */
class Datacenter extends pulumi.ComponentResource {
  constructor(name: string) {
    super("vmo-metal:Datacenter", name);
    this.registerOutputs();
  }
}

/** The whole program of a stack: description -> preflight -> resources -> outputs. */
export async function datacenterProgram(): Promise<DatacenterOutputs> {
  const checked = await checkedDatacenter();
  const { datacenter } = checked;
  const root = new Datacenter(datacenter.name);
  const bareMetal = new BareMetal(
    "bare-metal",
    { site: siteArgs(datacenter), hosts: hostArgs(datacenter, checked.view.maas?.machines ?? []) },
    { parent: root },
  );
  const imageNames = goldenImageNames(checked, root);
  const palette = paletteLayer(checked, bareMetal, imageNames, root);
  const virtualization = virtualizationLayer(checked, palette, imageNames, root);
  const parts: DatacenterParts = { bareMetal, palette, virtualization };
  warnOfPending(parts);
  return datacenterOutputs(datacenter, parts);
}

function paletteLayer(
  checked: CheckedDatacenter,
  bareMetal: BareMetal,
  imageNames: pulumi.Output<ImageNames>,
  root: Datacenter,
): Palette | undefined {
  const { datacenter, secrets } = checked;
  const { palette, cluster } = datacenter;
  if (palette === null || cluster === null) return undefined;
  const tokens = datacenter.storage.portworx.flashArrays.map(({ apiTokenSecret }) => [
    apiTokenSecret,
    secrets.get(apiTokenSecret) ?? "",
  ]);
  const args = paletteArgs(
    datacenter,
    palette,
    cluster,
    layoutValues(datacenter),
    {
      maasApiKey: pulumi.secret(secrets.maasApiKey ?? ""),
      flashArrayTokens: Object.fromEntries(tokens) as Record<string, string>,
      grafanaAdminPassword: secrets.get("grafanaAdminPassword") ?? "",
      portworxSaasKey: secrets.get("portworxSaasKey") ?? "",
    },
    (value) => pulumi.secret(value),
  );
  const templates = templatesProfileArgs(checked, cluster, imageNames);
  const profiles = [...args.profiles, ...(templates === undefined ? [] : [templates])];
  return new Palette("palette", { ...args, profiles }, [bareMetal], { parent: root });
}

function warnOfPending(parts: DatacenterParts): void {
  for (const [name, host] of parts.bareMetal.hosts) {
    host.pending.apply((lines) => {
      for (const line of lines) void pulumi.log.warn(`${name}: pending until repave: ${line}`);
    });
  }
}
