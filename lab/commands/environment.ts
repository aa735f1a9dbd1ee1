import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LabAddresses } from "../lab";
import { readOptions, type LabCommand } from "./command";
import { runningLab } from "./running";

/** Keys for who runs the engine without `npm run pulumi`. */
export const environmentCommand: LabCommand = {
  usage: "[--stack NAME]",
  description: 'prints shell exports with the lab\'s keys and engine backend: eval "$(npm run -s lab -- env)"',
  run: async (args) => {
    const { stack } = readOptions(args, { stack: { type: "string", default: "dev" } });
    console.log(environmentText(await runningLab(), stack));
  },
};

/** The exports for one stack; values are quoted for a POSIX shell. */
export function environmentText(lab: LabAddresses, stack: string): string {
  const name = stack.toUpperCase().replace(/[^A-Z0-9]/g, "_");
  const pulumi = join(lab.folder, "pulumi");
  const stackFile = join(pulumi, `Pulumi.${stack}.yaml`);
  const variables: Record<string, string> = {
    [`VMO_METAL_${name}_MAAS_API_KEY`]: lab.maasApiKey,
    [`VMO_METAL_${name}_PALETTE_API_KEY`]: lab.paletteApiKey,
    PULUMI_BACKEND_URL: `file://${join(pulumi, "backend")}`,
    PULUMI_HOME: join(pulumi, "home"),
    PULUMI_CONFIG_PASSPHRASE: lab.pulumiPassphrase,
  };
  const quoted = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;
  return [
    `# MAAS ${lab.maasUrl}   Palette ${lab.paletteUrl}`,
    existsSync(stackFile)
      ? `# pulumi preview --stack ${stack} --config-file ${quoted(stackFile)}`
      : `# run \`npm run pulumi -- preview\` once: it writes the stack file with these addresses to ${stackFile}`,
    ...Object.entries(variables).map(([variable, value]) => `export ${variable}=${quoted(value)}`),
  ].join("\n");
}
