import { delimiter, dirname } from "node:path";
import type { Toolchain } from "./toolchain-part";

/**
 * What the engine needs in its environment, to be merged over the caller's own: PATH with the engine, its language host and this
 * Node.js, no looks for updates, and no downloads of plugins where a home folder of our own holds them.
 *
 * @param toolchain where the engine is
 * @param options.pulumiHome the engine's home folder; absent = the user's own
 */
export function engineEnvironment(
  toolchain: Pick<Toolchain, "pulumi">,
  options: { pulumiHome?: string | undefined; environment?: NodeJS.ProcessEnv } = {},
): NodeJS.ProcessEnv {
  const { pulumiHome, environment = process.env } = options;
  const path = [...toolchain.pulumi.pathEntries, environment["PATH"] ?? "", dirname(process.execPath)];
  return {
    PATH: path.filter((entry) => entry !== "").join(delimiter),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // The language host that is built here is older than the engine and does not see Pulumi.yaml's options, so it would type-check the whole
    // program at every command (npm run typecheck does that); newer hosts load it through tsx.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    ...(pulumiHome === undefined || pulumiHome === ""
      ? {}
      : { PULUMI_HOME: pulumiHome, PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" }),
  };
}
