import { mkdirSync } from "node:fs";
import { z } from "zod";
import { freePort } from "./free-port";
import { keepJsonFile, readJsonFile, writeJsonFile } from "./json-file";
import type { LabFolder } from "./lab-folder";
import { SITE_NAMES, type SiteName } from "./maas/seed/sites";

const port = z.int().min(1).max(65_535);

const settingsSchema = z.object({
  /** Port of the MAAS simulator. */
  maasPort: port,
  /** Port of the Palette simulator. */
  palettePort: port,
  /** Port of the lab's own surface. */
  controlPort: port,
  /** Seconds of life per real second. */
  timeScale: z.number().positive(),
  /** Worker-class machines of a fresh lab. */
  workers: z.int().min(0).max(1000),
  /** Site that a fresh lab starts with; a lab of an earlier version has the default one. */
  site: z.enum(SITE_NAMES).default("default"),
});

/** What is kept of a lab between two starts; all on 127.0.0.1. */
export type LabSettings = z.infer<typeof settingsSchema>;

/** Seconds of life per real second, unless set: a minute takes a second. */
const DEFAULT_TIME_SCALE = 60;
/** Worker-class machines of a fresh lab, unless set. */
const DEFAULT_WORKERS = 9;
/** Site of a fresh lab, unless set. */
const DEFAULT_SITE: SiteName = "default";

/** A setting as text: its option, its environment variable, what its value must be, and how it is read (default: a number). */
interface TextForm {
  option: string;
  variable: string;
  rule: string;
  read?: (text: string) => string;
}

const SAID: Record<keyof LabSettings, TextForm> = {
  maasPort: { option: "--maas-port", variable: "VMO_METAL_LAB_MAAS_PORT", rule: "a port from 1 to 65535" },
  palettePort: { option: "--palette-port", variable: "VMO_METAL_LAB_PALETTE_PORT", rule: "a port from 1 to 65535" },
  controlPort: { option: "--control-port", variable: "VMO_METAL_LAB_CONTROL_PORT", rule: "a port from 1 to 65535" },
  timeScale: { option: "--time-scale", variable: "VMO_METAL_LAB_TIME_SCALE", rule: "a number above 0" },
  workers: { option: "--workers", variable: "VMO_METAL_LAB_WORKERS", rule: "a whole number from 0 to 1000" },
  site: {
    option: "--site",
    variable: "VMO_METAL_LAB_SITE",
    rule: `one of ${SITE_NAMES.join(", ")}`,
    read: (text) => text,
  },
};

/** Settings from texts by name, as an option or a variable holds them; unchecked. */
export function readTexts(texts: Readonly<Partial<Record<keyof LabSettings, string>>>): Partial<LabSettings> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, (SAID[name as keyof LabSettings].read ?? Number)(text)]),
  );
}

/** The kept settings; undefined when this folder never held a lab. */
export function readSettings(folder: LabFolder): LabSettings | undefined {
  const content = readJsonFile(folder.settings);
  return content === undefined ? undefined : settingsSchema.parse(content);
}

/**
 * The settings to start with: what is wished (command line before environment), else what is kept, else defaults with
 * free ports. They are kept from then on.
 * @throws Error naming the setting when a value is none.
 */
export async function keepSettings(
  folder: LabFolder,
  wished: Partial<LabSettings>,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<LabSettings> {
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  const wishes = { ...wishesOf(environment), ...wished };
  const kept = readSettings(folder);
  if (kept === undefined) {
    const fresh = {
      maasPort: await freePort(),
      palettePort: await freePort(),
      controlPort: await freePort(),
      timeScale: DEFAULT_TIME_SCALE,
      workers: DEFAULT_WORKERS,
      site: DEFAULT_SITE,
    };
    return settingsSchema.parse(keepJsonFile(folder.settings, checked({ ...fresh, ...wishes }, settingsSchema)));
  }
  const settings = checked({ ...kept, ...wishes }, settingsSchema);
  writeJsonFile(folder.settings, settings);
  return settings;
}

/**
 * Looks at wishes before anything is done for them.
 * @throws Error naming the setting and its rule when a value is none.
 */
export function checkWishes(wished: Partial<LabSettings>, environment: NodeJS.ProcessEnv = process.env): void {
  checked({ ...wishesOf(environment), ...wished }, settingsSchema.partial());
}

function wishesOf(environment: NodeJS.ProcessEnv): Partial<LabSettings> {
  const texts = Object.entries(SAID).flatMap(([name, { variable }]) => {
    const text = environment[variable];
    return text === undefined || text === "" ? [] : [[name, text]];
  });
  return readTexts(Object.fromEntries(texts) as Partial<Record<keyof LabSettings, string>>);
}

function checked<T>(settings: object, schema: z.ZodType<T>): T {
  const result = schema.safeParse(settings);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = String(issue?.path[0]) as keyof LabSettings;
  const { option, variable, rule } = SAID[name];
  throw new Error(`The lab's setting ${name} (${option}, or the variable ${variable}) is ${rule}.`);
}
