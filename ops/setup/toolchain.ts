import { mkdir, statfs } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { markUsed, removeUnused } from "./cache-age";
import { cacheFolder } from "./cache-folder";
import { explainDiskFailures } from "./disk-failure";
import { pulumiDownloads } from "./downloads";
import { findGo, type Go } from "./go-command";
import { storePart } from "./part-store";
import { consoleProgress, duration, expectedSeconds, silentProgress, type Progress } from "./progress";
import { runProgram } from "./run";
import { allParts, type Part, type Toolchain } from "./toolchain-part";
import { record } from "./toolchain-record";
import { builder, keyed, locate, releases, type Found, type KeyedRecipe, type Site } from "./toolchain-sources";

export { engineEnvironment } from "./engine-environment";
export { installForOwnEngine, installKubernetesProvider } from "./kubernetes-provider-plugin";
export { allParts, type Part, type Toolchain } from "./toolchain-part";

const project = join(__dirname, "..", "..");

/** This machine, this project and this user's cache. */
function thisSite(progress: Progress): Site {
  return {
    project,
    tools: join(project, "tools"),
    cache: cacheFolder(),
    environment: process.env,
    run: runProgram,
    progress,
    cores: availableParallelism(),
    downloads: pulumiDownloads(runProgram),
  };
}

/**
 * Finds the wanted parts of the toolchain: what the user installed, else what the cache holds, else it downloads them where the
 * network allows it at once, or builds them from the pinned Go modules. What was found is recorded for `lab/`.
 *
 * @param parts    default: all
 * @param progress where it says what it does; default: standard error, and nothing when all parts are there
 * @throws SetupError that says what is missing and what to do
 */
export async function ensureToolchain<P extends Part = Part>(
  parts: readonly P[] = allParts as readonly P[],
  progress: Progress = consoleProgress,
): Promise<Pick<Toolchain, P>> {
  return asToolchain(await provideParts(parts, thisSite(progress)));
}

/** Whether Pulumi's download site answers, so that the engine can fetch its plugins itself. */
export async function downloadsReachable(): Promise<boolean> {
  return pulumiDownloads(runProgram).reachable();
}

/** The parts of the toolchain that are there, without building, downloading or printing anything. */
export async function findToolchain(): Promise<Partial<Toolchain>> {
  const site = thisSite(silentProgress);
  const found = await Promise.all(allParts.map((part) => locate(part, site)));
  return asToolchain(found.filter((part) => part !== undefined));
}

/** {@link ensureToolchain} with the origin of each part, for the list at the end. */
export async function describeToolchain(parts: readonly Part[], progress: Progress): Promise<Found[]> {
  return provideParts(parts, thisSite(progress));
}

/** Finds or makes each part, in the order of {@link allParts}. */
export async function provideParts<P extends Part>(parts: readonly P[], site: Site): Promise<Found<P>[]> {
  const there = new Map<Part, Found>();
  const wanted = allParts.filter((part) => (parts as readonly Part[]).includes(part));
  const missing: Part[] = [];
  for (const part of wanted) {
    const found = await locate(part, site);
    if (found === undefined) missing.push(part);
    else there.set(part, found);
  }
  if (missing.length > 0) await makeMissing(missing, there, site);
  const found = wanted.flatMap((part) => there.get(part) ?? []) as Found<P>[];
  for (const { folder } of found) if (folder !== undefined) await markUsed(folder);
  await record(site.project, asToolchain(found));
  return found;
}

async function makeMissing(missing: readonly Part[], there: Map<Part, Found>, site: Site): Promise<void> {
  await explainDiskFailures("The toolchain's cache folder could not be made", () =>
    mkdir(site.cache, { recursive: true }),
  );
  const toBuild: Part[] = [];
  for (const part of missing) {
    if (!(await download(part, there, site))) toBuild.push(part);
  }
  if (toBuild.length > 0) await build(await Promise.all(toBuild.map((part) => keyed(part, site))), site);
  for (const part of missing) {
    const found = await locate(part, site);
    if (found === undefined) throw new Error(`${part} was made but is not where it belongs in ${site.cache}`);
    if (found.folder !== undefined) await removeUnused(found.folder);
    there.set(part, found);
  }
}

/** Downloads a part that Pulumi publishes. Any failure only means that it is built instead. */
async function download(part: Part, there: ReadonlyMap<Part, Found>, site: Site): Promise<boolean> {
  const release = releases[part];
  if (release === undefined || !(await site.downloads.reachable())) return false;
  const engine = await locateEngine(there, site);
  if (part === "kubernetesProvider" && engine === undefined) return false;
  try {
    await storePart(release.stored, site, release.make(site, engine));
    return true;
  } catch (failure) {
    const why = failure instanceof Error ? failure.message : String(failure);
    site.progress.say(`${release.stored.title}: not possible (${why}); building it instead`);
    return false;
  }
}

async function locateEngine(there: ReadonlyMap<Part, Found>, site: Site): Promise<string | undefined> {
  return there.get("pulumi")?.path ?? (await locate("pulumi", { ...site, progress: silentProgress }))?.path;
}

async function build(recipes: readonly KeyedRecipe[], site: Site): Promise<void> {
  const purpose = `to build ${recipes.map(({ recipe }) => recipe.title).join(", ")}`;
  const go = await findGo(purpose, site.run, site.environment, site.goPlaces);
  site.progress.say(announcement(recipes, go, site.cores));
  const warning = await diskWarning(recipes, site.cache);
  if (warning !== undefined) site.progress.say(warning);
  let number = 0;
  for (const recipe of recipes) {
    number += 1;
    const prefix = `[${number}/${recipes.length}] `;
    const progress: Progress = {
      say: (line) => {
        site.progress.say(prefix + line);
      },
    };
    await storePart(recipe.stored, { ...site, progress }, builder(recipe, site, go));
  }
}

/** The line before the first build: what there is to do and how long it may take. */
export function announcement(recipes: readonly KeyedRecipe[], go: Go, cores: number): string {
  const seconds = recipes.reduce((sum, { recipe }) => sum + expectedSeconds(recipe.seconds, cores), 0);
  const many = recipes.length === 1 ? "1 part is" : `${recipes.length} parts are`;
  return (
    `Toolchain: ${many} not here yet and will be built once, with Go ${go.version}: about ${duration(seconds < 60 ? seconds : Math.ceil(seconds / 60) * 60)} ` +
    `on ${cores} cores when nothing is cached. An interrupted build goes on where it stopped; later runs take seconds.`
  );
}

/** A word beforehand when a cold build may not fit on the disk; what is in Go's caches already is not counted. */
async function diskWarning(recipes: readonly KeyedRecipe[], cache: string): Promise<string | undefined> {
  const needed = recipes.reduce((sum, { recipe }) => sum + recipe.gigabytes, 0);
  const disk = await statfs(cache);
  const free = (disk.bavail * disk.bsize) / 1e9;
  return free >= needed
    ? undefined
    : `Toolchain: a cold build takes up to ${needed.toFixed(1)} GB in Go's caches and ${cache}, and ${free.toFixed(1)} GB are free there: it may not fit.`;
}

function asToolchain<P extends Part>(found: readonly Found<P>[]): Pick<Toolchain, P> {
  return Object.fromEntries(found.map(({ part, value }) => [part, value])) as Pick<Toolchain, P>;
}
