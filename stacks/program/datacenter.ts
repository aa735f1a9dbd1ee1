import * as pulumi from "@pulumi/pulumi";
import { BareMetal } from "../../components/bare-metal/bare-metal";
import { Palette } from "../../components/palette/palette";
import { Virtualization } from "../../components/virtualization/virtualization";
import { checkedDatacenter, type CheckedDatacenter } from "./checked-datacenter";
import { hostArgs } from "./host-args";
import { layoutValues } from "./layout-values";
import { datacenterOutputs, type DatacenterOutputs, type DatacenterParts } from "./outputs";
import { paletteArgs } from "./palette-args";
import { siteArgs } from "./site-args";
import { virtualizationArgs } from "./virtualization-args";

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
  const palette = paletteLayer(checked, bareMetal, root);
  const parts: DatacenterParts = { bareMetal, palette, virtualization: virtualizationLayer(checked, palette, root) };
  warnOfPending(parts);
  return datacenterOutputs(datacenter, parts);
}

function paletteLayer(checked: CheckedDatacenter, bareMetal: BareMetal, root: Datacenter): Palette | undefined {
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
    },
    (value) => pulumi.secret(value),
  );
  return new Palette("palette", args, [bareMetal], { parent: root });
}

function virtualizationLayer(
  checked: CheckedDatacenter,
  palette: Palette | undefined,
  root: Datacenter,
): Virtualization | undefined {
  const { datacenter, secrets } = checked;
  const { virtualization } = datacenter;
  if (palette === undefined || virtualization === null || virtualization.delivery !== "objects") return undefined;
  const args = virtualizationArgs(virtualization, {
    storage: datacenter.storage,
    bridge: layoutValues(datacenter).bridge,
    guestPassword: secretOrNone(secrets.get("guestPassword")),
    windowsAdministratorPassword: secretOrNone(secrets.get("windowsAdministratorPassword")),
  });
  // The objects go with the cluster: a destroy need not ask a cluster that is deleted anyway.
  return new Virtualization("virtualization", args, {
    parent: root,
    providers: [palette.provider],
    dependsOn: [palette.cluster],
    deletedWith: palette.cluster,
  });
}

function secretOrNone(value: string | undefined): pulumi.Output<string> | undefined {
  return value === undefined ? undefined : pulumi.secret(value);
}

function warnOfPending(parts: DatacenterParts): void {
  for (const [name, host] of parts.bareMetal.hosts) {
    host.pending.apply((lines) => {
      for (const line of lines) void pulumi.log.warn(`${name}: pending until repave: ${line}`);
    });
  }
}
