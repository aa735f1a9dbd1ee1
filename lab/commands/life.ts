import { clearLab, missingParts, readLab, startLab, stopLab, type LabAddresses } from "../lab";
import { labFolder } from "../lab-folder";
import { SITES } from "../maas/seed/sites";
import { checkWishes, readSettings, readTexts, type LabSettings } from "../settings";
import { readOptions, type LabCommand } from "./command";
import { withoutKubernetes } from "./without-kubernetes";

const OPTIONS = {
  "maas-port": { type: "string" },
  "palette-port": { type: "string" },
  "control-port": { type: "string" },
  "time-scale": { type: "string" },
  workers: { type: "string" },
  site: { type: "string" },
} as const;

const SETTING: Record<keyof typeof OPTIONS, keyof LabSettings> = {
  "maas-port": "maasPort",
  "palette-port": "palettePort",
  "control-port": "controlPort",
  "time-scale": "timeScale",
  workers: "workers",
  site: "site",
};

/** Starting, stopping and emptying the lab. */
export const lifeCommands: Record<string, LabCommand> = {
  start: {
    usage: "[--time-scale N] [--site NAME] [--workers N] [--maas-port P] [--palette-port P] [--control-port P]",
    description: "starts the lab in the background, or finds it running; settings are kept",
    run: async (args) => {
      const settings = settingsOf(args);
      await refuseWhileRunning(settings);
      await show(await startLab({ settings }));
    },
  },
  stop: {
    usage: "",
    description: "stops the lab and its control planes; what it knows stays for the next start",
    run: async (args) => {
      readOptions(args, {});
      console.log((await stopLab()) ? "The lab is stopped." : "No lab was running.");
    },
  },
  reset: {
    usage: "[as start]",
    description:
      "back to the seed: machines, tenant, clusters and the dev stack's state are made anew; ports and keys stay",
    run: async (args) => {
      const settings = settingsOf(args);
      await clearLab();
      await show(await startLab({ settings }));
    },
  },
  seed: {
    usage: "[--site NAME] [--workers N]",
    description:
      "as reset, with a site and N worker-class machines from now on (without them: site default, 9 workers)",
    help: ["Sites:", ...Object.entries(SITES).map(([name, { description }]) => `  ${name.padEnd(10)} ${description}`)],
    run: async (args) => {
      const settings = { workers: 9, site: "default" as const, ...settingsOf(args) };
      await clearLab();
      await show(await startLab({ settings }));
    },
  },
};

function settingsOf(args: string[]): Partial<LabSettings> {
  const texts = Object.entries(readOptions(args, OPTIONS)).map(([option, text]) => [
    SETTING[option as keyof typeof OPTIONS],
    text,
  ]);
  const settings = readTexts(Object.fromEntries(texts) as Partial<Record<keyof LabSettings, string>>);
  checkWishes(settings);
  return settings;
}

/** A lab that runs keeps its settings: others would be overlooked. */
async function refuseWhileRunning(settings: Partial<LabSettings>): Promise<void> {
  if ((await readLab()) === undefined) return;
  const kept = readSettings(labFolder());
  const names = Object.keys(settings) as (keyof LabSettings)[];
  const others = names.filter((name) => settings[name] !== kept?.[name]);
  if (others.length === 0) return;
  throw new Error(
    `The lab runs already, and its settings (${others.join(", ")}) change only while it is stopped. ` +
      "Next: npm run lab -- stop, then this command again; npm run lab -- time-scale N changes its speed at once.",
  );
}

async function show(lab: LabAddresses): Promise<void> {
  console.log(`The lab runs (state in ${lab.folder}).
  MAAS     ${lab.maasUrl}
  Palette  ${lab.paletteUrl}   project ${lab.paletteProject}, gateway ${lab.paletteGateway}
Look: npm run lab -- status    Keys: npm run lab -- env    Stop: npm run lab -- stop    All: npm run lab -- help`);
  const missing = await missingParts(lab);
  if (missing.length > 0) console.log(withoutKubernetes(missing));
}
