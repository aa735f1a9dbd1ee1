import { notFound, refusal } from "../../server/refusal";
import type { JsonObject } from "../../json";
import type { MaasRequest, Route } from "../../server/route";
import type { BootResourceRecord, RackControllerRecord } from "../model";
import { renderRack } from "../render-rack";

const CAPABILITIES = [
  "networks-management",
  "static-ipaddresses",
  "ipv6-deployment-ubuntu",
  "devices-management",
  "storage-deployment-ubuntu",
  "network-deployment-ubuntu",
  "bridging-interface-ubuntu",
  "bridging-automatic-ubuntu",
  "authenticate-api",
];

function renderImage(image: BootResourceRecord): JsonObject {
  return {
    id: image.id,
    type: image.type,
    name: image.name,
    architecture: image.architecture,
    resource_uri: `/MAAS/api/2.0/boot-resources/${image.id}/`,
    last_deployed: image.lastDeployed,
    subarches: image.subarches,
    title: image.title,
  };
}

/** One image with its one set of files, as a single read answers it. */
function renderImageSets(image: BootResourceRecord): JsonObject {
  const { complete } = image;
  const progress = complete ? {} : { progress: 50 };
  const part = (filename: string, size: number): JsonObject => ({
    filename,
    filetype: filename,
    sha256: "0".repeat(64),
    filename_on_disk: "0".repeat(7),
    size,
    complete,
    ...progress,
  });
  const files = {
    "boot-kernel": part("boot-kernel", 15_000_000),
    "boot-initrd": part("boot-initrd", 75_000_000),
    squashfs: part("squashfs", image.size),
  };
  const set = { version: "20260101", label: "stable", size: image.size + 90_000_000, complete, ...progress, files };
  return { ...renderImage(image), sets: { [set.version]: set } };
}

const TYPES: Record<string, string> = { synced: "Synced", uploaded: "Uploaded" };

function images({ store, query }: MaasRequest): JsonObject[] {
  const type = query.get("type") ?? "all";
  if (type !== "all" && TYPES[type] === undefined) {
    const known = Object.keys(TYPES).map((name) => `'${name}'`);
    throw refusal(400, `'${type}' is not a valid boot resource type. Available types: [${known.join(", ")}]`);
  }
  const key = (image: BootResourceRecord): string => `${image.type} ${image.name} ${image.architecture}`;
  return store.site.bootResources
    .filter((image) => type === "all" || image.type === TYPES[type])
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .map(renderImage);
}

function rackOf({ store, params }: MaasRequest): RackControllerRecord {
  const rack = store.site.rackControllers.find((candidate) => candidate.systemId === params["system_id"]);
  if (rack === undefined) throw notFound("RackController");
  return rack;
}

/** `version/`, `rackcontrollers/` and `boot-resources/`. */
export const regionRoutes: Route[] = [
  {
    method: "GET",
    path: "/version/",
    anonymous: true,
    handle: ({ store }) => {
      const { version, subversion } = store.site;
      return { status: 200, json: { capabilities: CAPABILITIES, version, subversion } };
    },
  },
  {
    method: "GET",
    path: "/rackcontrollers/",
    handle: ({ store }) => ({ status: 200, json: store.site.rackControllers.map((rack) => renderRack(store, rack)) }),
  },
  {
    method: "GET",
    path: "/rackcontrollers/:system_id/",
    handle: (request) => ({ status: 200, json: renderRack(request.store, rackOf(request)) }),
  },
  { method: "GET", path: "/boot-resources/", handle: (request) => ({ status: 200, json: images(request) }) },
  {
    method: "GET",
    path: "/boot-resources/",
    operation: "is_importing",
    handle: ({ store }) => ({ status: 200, json: store.site.bootResources.some((image) => !image.complete) }),
  },
  {
    method: "POST",
    path: "/boot-resources/",
    operation: "import",
    handle: () => ({ status: 200, text: "Import of boot resources started" }),
  },
  {
    method: "GET",
    path: "/boot-resources/:id/",
    handle: ({ store, params }) => {
      const image = store.site.bootResources.find((candidate) => String(candidate.id) === params["id"]);
      if (image === undefined) throw notFound("BootResource");
      return { status: 200, json: renderImageSets(image) };
    },
  },
];
