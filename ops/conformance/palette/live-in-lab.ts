import { callLab } from "../../../lab/control-client";
import { startLab } from "../../../lab/lab";
import type { ProfileArgs } from "../../../components/palette/palette";
import type { PlainObject } from "../../../providers/dynamic/plain";
import type { Datacenter } from "../../../stacks/description/datacenter";
import { paletteArgs } from "../../../stacks/program/palette-args";
import { runCommand } from "../../run-command";
import { describedStack } from "../../stack/described-stack";
import { labStack } from "../../stack-name";
import { type LifeArgs, liveThrough } from "./cluster-life";
import { Command } from "./kind-command";

/** Lets the cluster of the lab's stack, which the engine has built, live through what our commands do with one. @returns 0 */
async function live(): Promise<number> {
  const lab = await startLab();
  const { datacenter, key } = await describedStack(labStack);
  const { palette, name } = datacenter;
  const apiKey = await key("palette");
  const maasKey = await key("maas");
  if (palette === null || apiKey === undefined || maasKey === undefined)
    throw new Error(`The description of stack ${labStack} has no Palette, or its keys are not known.`);
  const target = { url: palette.url, apiKey, projectName: palette.project };
  const site = {
    address: { url: palette.url, apiKey, project: palette.project },
    command: () => new Command(target, { name }),
    fault: async (kind: string | null): Promise<void> => {
      const faults = ["faults", "palette"];
      await (kind === null ? callLab(lab, "DELETE", faults) : callLab(lab, "POST", faults, { kind }));
    },
  };
  await liveThrough(site, lifeArgs(datacenter, maasKey), (step) => {
    console.error(step);
  });
  return 0;
}

/** What the program passes to the resources of Palette, as plain data; passwords have no meaning in the lab. */
function lifeArgs(datacenter: Datacenter, maasApiKey: string): LifeArgs {
  const { palette, cluster } = datacenter;
  if (palette === null || cluster === null) throw new Error(`The description of stack ${labStack} has no cluster.`);
  const secrets = { maasApiKey, flashArrayTokens: {}, grafanaAdminPassword: "a-password" };
  const args = paletteArgs(datacenter, palette, cluster, secrets, (value) => value);
  const [infra, core] = args.profiles;
  if (infra === undefined || core === undefined) throw new Error("The description has less than two cluster profiles.");
  const { protect: _protect, ...described } = args.cluster;
  return {
    account: plain({ ...args.account, adopt: args.adopt }),
    infra: profile(infra),
    core: profile(core),
    cluster: plain({
      ...described,
      cloudAccount: args.account.name,
      profiles: [infra, core].map(({ rendered, version, variables }) => ({ name: rendered.name, version, variables })),
      adopt: args.adopt,
    }),
  };
}

function profile({ rendered, version, secretManifests, secretValues = {} }: ProfileArgs): PlainObject {
  const { name, description, profileType, cloudType, layers, variables } = rendered;
  return plain({
    ...{ name, version, description, profileType, cloudType, layers, variables },
    secretManifests,
    secretValues,
  });
}

function plain(value: unknown): PlainObject {
  return JSON.parse(JSON.stringify(value)) as PlainObject;
}

runCommand(live, 1);
