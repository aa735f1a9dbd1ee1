import { missingKey } from "../../dynamic/configuration";
import { ApiError, InputError, messageOf } from "../../dynamic/errors";
import type { MaasClient } from "../client/client";
import { urlKey } from "../url";
import { type MachineFacts, machineFacts } from "./machine-facts";
import { openRegion, type RegionAddress } from "./open-region";
import { forecastObjects, type ForecastRequest, type ObjectForecast } from "./site-forecast";
import { readSiteObjects, type SiteObjects } from "./site-objects";

/** Which MAAS is looked at, and with what. */
export interface LookUpOptions extends Omit<RegionAddress, "apiKey"> {
  /** Absent when nobody set one: then nothing can be looked up. */
  readonly apiKey: string | undefined;
  /** Name of the datacenter: the message for a missing key names the environment variable after it. */
  readonly datacenterName: string;
  /** Names of the images whose completeness matters, e.g. `ubuntu/jammy`; each costs a request. Default: none. */
  readonly images?: readonly string[];
  /** Names of the settings whose values matter; each costs a request. Default: none. */
  readonly settings?: readonly string[];
  /** Returns the objects whose fate is asked for, from what MAAS holds. Default: none. */
  readonly requests?: (objects: SiteObjects) => readonly ForecastRequest[];
}

/** The user whose API key is used. */
export interface UserFacts {
  readonly name: string;
  /** Whether it may change MAAS; null when MAAS did not state it. */
  readonly administrator: boolean | null;
}

/** An image that machines can be deployed with. */
export interface ImageFacts {
  /** `ubuntu/jammy` */
  readonly name: string;
  /** `amd64` */
  readonly architecture: string;
  /** `Synced` or `Uploaded`. */
  readonly type: string;
  /** Whether all of it has arrived; null for an image that was not asked about. */
  readonly complete: boolean | null;
}

/** A rack controller. */
export interface RackControllerFacts {
  readonly systemId: string;
  readonly hostname: string;
  /** VLANs that it has an interface on, as `fabric/vid`. */
  readonly vlans: readonly string[];
  /** Names of its services that are not running. */
  readonly deadServices: readonly string[];
}

/** What a MAAS holds, as plain data for the preflight. */
export interface MaasSite {
  readonly url: string;
  readonly version: string;
  readonly capabilities: readonly string[];
  /** About the version, once. */
  readonly warnings: readonly string[];
  readonly machines: readonly MachineFacts[];
  readonly images: readonly ImageFacts[];
  readonly rackControllers: readonly RackControllerFacts[];
  readonly user: UserFacts;
  readonly objects: SiteObjects;
  /** What an update would do with the objects that were asked for. */
  readonly forecasts: readonly ObjectForecast[];
}

/** What was found, or why nothing could be: a preview then goes on blind and says so once. */
export type LookUp =
  | { readonly ok: true; readonly site: MaasSite }
  | {
      readonly ok: false;
      readonly cause: "no-key" | "unauthorised" | "unreachable" | "unsupported" | "failed";
      /** Why, with the endpoint but no secret, and what to do. */
      readonly reason: string;
    };

const known = new Map<string, Promise<LookUp>>();

/** Looks at a MAAS, once per process, address and key (the first caller's `requests` count). Reads only, and never throws: what goes wrong is in the answer. */
export async function lookUpSite(options: LookUpOptions): Promise<LookUp> {
  const memo = JSON.stringify(options);
  const found = known.get(memo) ?? lookUp(options);
  known.set(memo, found);
  return found;
}

/** Forgets what was looked up, for a process that outlives one command. */
export function forgetLookUps(): void {
  known.clear();
}

async function lookUp(options: LookUpOptions): Promise<LookUp> {
  const { apiKey, datacenterName } = options;
  if (apiKey === undefined) {
    return { ok: false, cause: "no-key", reason: missingKey(datacenterName, "maas").message };
  }
  const warnings: string[] = [];
  let client: MaasClient | undefined;
  try {
    client = openRegion({ ...options, apiKey }, warnings);
    return { ok: true, site: await read(client, warnings, options) };
  } catch (failure) {
    return { ok: false, cause: causeOf(failure), reason: messageOf(failure) };
  } finally {
    client?.close();
  }
}

async function read(
  client: MaasClient,
  warnings: readonly string[],
  options: Omit<LookUpOptions, "apiKey">,
): Promise<MaasSite> {
  const { version, capabilities } = await client.ready();
  const [machines, images, racks, user, objects] = await Promise.all([
    client.machines.list(),
    readImages(client, options.images ?? []),
    client.rackControllers.list(),
    client.whoami(),
    readSiteObjects(client, options.settings ?? []),
  ]);
  const forecasts = await forecastObjects(client, options.datacenterName, options.requests?.(objects) ?? []);
  return {
    url: client.url,
    version,
    capabilities,
    warnings,
    machines: machines.map(machineFacts),
    images,
    rackControllers: racks.map((rack) => ({
      systemId: rack.system_id,
      hostname: rack.hostname,
      vlans: rack.interface_set.flatMap(({ vlan }) => (vlan === null ? [] : [`${vlan.fabric}/${vlan.vid}`])),
      deadServices: (rack.service_set ?? []).filter(({ status }) => status === "dead").map(({ name }) => name),
    })),
    user: { name: user.username, administrator: user.is_superuser ?? null },
    objects,
    forecasts,
  };
}

/** The list says nothing of what has arrived, so that the images that matter are asked about one by one. */
async function readImages(client: MaasClient, wanted: readonly string[]): Promise<ImageFacts[]> {
  const images = await client.bootResources.list();
  return Promise.all(
    images.map(async ({ id, name, architecture, type }) => {
      const sets = wanted.includes(name) ? (await client.bootResources.read(String(id)))?.sets : undefined;
      const complete = sets === undefined ? null : Object.values(sets).some((set) => set.complete);
      return { name, architecture: architecture.split("/")[0] ?? architecture, type, complete };
    }),
  );
}

function causeOf(failure: unknown): "no-key" | "unauthorised" | "unreachable" | "unsupported" | "failed" {
  if (failure instanceof InputError) return failure.path === urlKey ? "unsupported" : "unauthorised";
  if (!(failure instanceof ApiError)) return "failed";
  if (failure.status === undefined) return "unreachable";
  return failure.status === 401 ? "unauthorised" : "failed";
}
