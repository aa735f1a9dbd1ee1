import { endLife, type LifeSite, liveThrough } from "../../../ops/conformance/palette/cluster-life";
import { accountArgs, clusterArgs, prepareMaas } from "./cluster-site";
import { coreArgs, infraArgs } from "./profile-args";
import type { Tenant } from "./tenant";

/** Lets a cluster live through all that our commands do with Palette, from an empty tenant to an empty one. */
export async function wholeLife(site: Tenant): Promise<void> {
  await prepareMaas(site.maas);
  const { url, apiKey, projectName } = site.palette;
  const life: LifeSite = {
    address: { url, apiKey, project: projectName },
    command: () => site.command(),
    fault: (kind) => {
      if (kind === null) site.palette.faults.clear();
      else site.palette.faults.add({ kind: "no-pack-values" });
      return Promise.resolve();
    },
  };
  const args = { account: accountArgs(site), infra: infraArgs(), core: coreArgs(), cluster: clusterArgs() };
  await endLife(life, await liveThrough(life, args, () => undefined));
}
