import { z } from "zod";
import type { RegionState } from "../region-store";
import { createSubnet } from "../site/create-subnet";
import type { BootResourceRecord, TokenRecord } from "../site/model";
import type { Store } from "../store";
import { ADMIN, DEFAULT_VLAN_ID, DEFAULTS, emptySequences, emptySite } from "./empty-site";
import { Operator } from "./operator";
import { rackDetails, rackInterfaceDetails } from "./rack-details";
import { SITE_NAMES, SITES, type SiteName } from "./sites";

/** What the lab starts with. */
export interface SeedOptions {
  /** The site (default "default"). */
  site?: SiteName | undefined;
  /** Number of worker-class machines (default 9). */
  workers?: number | undefined;
}

/**
 * Reads seed options that came from outside.
 *
 * @throws Error naming the option and its rule
 */
export function readSeedOptions(options: unknown): SeedOptions {
  const site = z.enum(SITE_NAMES, { error: `the lab's sites are ${SITE_NAMES.join(", ")}` });
  return z.strictObject({ site: site.optional(), workers: z.int().min(0).max(1000).optional() }).parse(options);
}

/** A region without machines, for a snapshot or a recording to be put in. */
export function emptyRegion(token: Omit<TokenRecord, "user" | "name">): RegionState {
  return { site: emptySite(token), machines: [], sequences: emptySequences(), timers: [] };
}

interface Release {
  name: string;
  title: string;
  version: string;
}

const RELEASES: readonly Release[] = [
  { name: "ubuntu/jammy", title: "22.04 LTS Jammy Jellyfish", version: "22.04" },
  { name: "ubuntu/noble", title: "24.04 LTS Noble Numbat", version: "24.04" },
];

function addImages(store: Store): void {
  for (const { name, title, version } of RELEASES) {
    for (const kernel of [`ga-${version}`, `hwe-${version}`]) {
      const image: BootResourceRecord = {
        id: store.nextId("boot-resource"),
        type: "Synced",
        name,
        architecture: `amd64/${kernel}`,
        subarches: `generic,${kernel}`,
        title,
        lastDeployed: null,
        size: 450_000_000,
        complete: true,
      };
      store.site.bootResources.push(image);
    }
  }
}

function addRack(store: Store, subnetId: number): void {
  const now = store.now().toISOString();
  const address = {
    linkId: store.nextId("address"),
    ip: "192.168.0.2",
    subnetId,
    user: null,
    created: now,
    updated: now,
  };
  store.site.rackControllers.push({
    systemId: "rack01",
    hostname: "maas-rack",
    domainId: DEFAULTS.domainId,
    zoneId: DEFAULTS.zoneId,
    vlanId: DEFAULT_VLAN_ID,
    macAddress: "52:54:00:00:00:01",
    interfaceId: store.nextId("interface"),
    interfaceName: "eno1",
    addresses: [address],
    details: rackDetails(store.site.version),
    interfaceDetails: rackInterfaceDetails,
  });
}

/**
 * Fills an empty region with one of the lab's sites: what MAAS makes and discovers by itself, images, a rack controller, the site's
 * networks, objects and machines. Disks are erased on release.
 */
export function seedRegion(store: Store, options: SeedOptions = {}): void {
  const { site = "default", workers = 9 } = options;
  const subnet = createSubnet(store, "192.168.0.0/22", DEFAULT_VLAN_ID);
  addRack(store, subnet.id);
  addImages(store);
  store.site.config["maas_name"] = "lab";
  store.site.config["enable_disk_erasing_on_release"] = true;
  SITES[site].make(new Operator(store, ADMIN), workers);
  store.changed();
}
