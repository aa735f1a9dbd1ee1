import { cp } from "node:fs/promises";
import { join } from "node:path";
import { engineRelease, providerRelease, type Downloads } from "./downloads";
import type { Go } from "./go-command";
import { hashOfInputs, thisPlatform } from "./inputs-hash";
import {
  installedDefinitions,
  installedEngine,
  installedProvider,
  installedServer,
  type Surroundings,
} from "./installed";
import { partFolder, type MakePart, type Store, type StoredPart } from "./part-store";
import type { Recipe } from "./recipe";
import { recipes } from "./recipes";
import type { Part, Toolchain } from "./toolchain-part";
import { versions } from "./versions";
import { isComplete, Workshop } from "./workshop";

/** Where the set-up works; everything that a test replaces. */
export interface Site extends Store, Surroundings {
  /** Folder with the pinned Go modules. */
  tools: string;
  downloads: Downloads;
  /** Where Go is looked for when PATH and GOROOT have none; default: where its installers put it. */
  goPlaces?: readonly string[];
}

/** A part that was found, and where it came from. */
export interface Found<P extends Part = Part> {
  part: P;
  value: Toolchain[P];
  /** In words, with the version where we chose it. */
  title: string;
  /** `built`, `downloaded`, `PATH`, or the variable that named it. */
  origin: string;
  path: string;
  /** Its folder in the cache; absent for what the user installed. */
  folder?: string;
}

/** A recipe with its key. */
export interface KeyedRecipe {
  recipe: Recipe;
  stored: StoredPart;
}

/** Looks for a part: what the user installed or named first, then what the cache holds. Builds and downloads nothing. */
export async function locate<P extends Part>(part: P, site: Site): Promise<Found<P> | undefined> {
  const installed = await locateInstalled[part](site);
  if (installed !== undefined) return { part, title: titles[part], ...installed };
  const release = releases[part];
  if (release !== undefined) {
    const folder = partFolder(site.cache, release.stored);
    if (isComplete(folder, release.stored.files)) {
      return found(part, folder, release.stored, release.value(folder));
    }
  }
  const { stored } = await keyed(part, site);
  const folder = partFolder(site.cache, stored);
  return isComplete(folder, stored.files) ? found(part, folder, stored, builtValue[part](folder)) : undefined;
}

/** The recipe of a part, with the key that its inputs have now. */
export async function keyed(part: Part, site: Site): Promise<KeyedRecipe> {
  const recipe = recipes[part];
  const sources = join(site.tools, recipe.sources);
  const key = await hashOfInputs({ sources, settings: recipe.settings, platform: thisPlatform });
  const { name, title, seconds, files } = recipe;
  return { recipe, stored: { name, key, title, seconds, files, how: "built" } };
}

/** How a recipe's part is made in the store. */
export function builder({ recipe }: KeyedRecipe, site: Site, go: Go): MakePart {
  return async (out, scratch) => {
    const sources = join(scratch, "sources");
    await cp(join(site.tools, recipe.sources), sources, { recursive: true });
    await recipe.build(new Workshop(recipe.title, sources, out, go, site.run, site.environment));
  };
}

/** A part that Pulumi publishes for download. `make` needs the engine for the provider. */
interface Release<P extends Part> {
  stored: StoredPart;
  value: (folder: string) => Toolchain[P];
  make: (site: Site, engine: string | undefined) => MakePart;
}

/** Parts that can be downloaded where the network allows it. */
export const releases: { readonly [P in Part]?: Release<P> } = {
  pulumi: {
    stored: engineRelease,
    value: (folder) => {
      const pathEntries = [join(folder, "bin")];
      return { bin: join(folder, "bin", "pulumi"), version: engineRelease.key.split("-")[0] ?? "", pathEntries };
    },
    make: (site) => (out) => site.downloads.engine(out),
  },
  kubernetesProvider: {
    stored: providerRelease,
    value: (folder) => ({ bin: join(folder, "pulumi-resource-kubernetes"), version: versions.kubernetesProvider }),
    make: (site, engine) => (out, scratch) => site.downloads.kubernetesProvider(out, scratch, engine ?? "pulumi"),
  },
};

const titles: Readonly<Record<Part, string>> = {
  pulumi: "Pulumi engine",
  kubernetesProvider: "Pulumi provider for Kubernetes",
  etcd: "etcd",
  kubeApiserver: "kube-apiserver",
  kubeControllerManager: "kube-controller-manager",
  crds: "CustomResourceDefinitions",
};

type InstalledPart<P extends Part> = { value: Toolchain[P]; origin: string; path: string } | undefined;

const locateInstalled: { readonly [P in Part]: (site: Site) => Promise<InstalledPart<P>> } = {
  pulumi: installedEngine,
  kubernetesProvider: async (site) => installedProvider(site),
  etcd: (site) => installedServer("etcd", site),
  kubeApiserver: (site) => installedServer("kubeApiserver", site),
  kubeControllerManager: (site) => installedServer("kubeControllerManager", site),
  crds: async (site) => installedDefinitions(site),
};

/** The plain paths of what was built, in the part's folder. */
const builtValue: { readonly [P in Part]: (folder: string) => Toolchain[P] } = {
  pulumi: (folder) => ({ bin: join(folder, "pulumi"), version: versions.pulumi, pathEntries: [folder] }),
  kubernetesProvider: (folder) => ({
    bin: join(folder, "pulumi-resource-kubernetes"),
    version: versions.kubernetesProvider,
  }),
  etcd: (folder) => join(folder, "etcd"),
  kubeApiserver: (folder) => join(folder, "kube-apiserver"),
  kubeControllerManager: (folder) => join(folder, "kube-controller-manager"),
  crds: (folder) => folder,
};

function found<P extends Part>(part: P, folder: string, stored: StoredPart, value: Toolchain[P]): Found<P> {
  const { title, how: origin } = stored;
  return { part, folder, value, title, origin, path: typeof value === "string" ? value : value.bin };
}
