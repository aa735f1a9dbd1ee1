import { z } from "zod";
import { sorted, sortSchema } from "../filters/sorting";
import { filtered } from "../filters/query-filter";
import { passes, textFilterSchema } from "../filters/text-filter";
import { ok } from "../http/answer";
import { param } from "../http/call";
import { notFound } from "../http/error";
import { page } from "../http/paging";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import type { JsonObject } from "../json";
import { nullWhenEmpty } from "../json";
import { metadataOf } from "../metadata";
import type { Pack } from "../packs/pack";
import { compareVersions } from "../packs/version";
import type { Fault } from "../faults";
import type { Palette } from "../palette";
import { presetsView } from "../profiles/views";

const names = z.array(z.string()).default([]);

const searchSchema = z.object({
  filter: z
    .object({
      name: textFilterSchema.optional(),
      displayName: textFilterSchema.optional(),
      layer: names,
      type: names,
      registryUid: names,
      environment: names,
      addOnType: names,
      addOnSubType: names,
    })
    .default({
      layer: [],
      type: [],
      registryUid: [],
      environment: [],
      addOnType: [],
      addOnSubType: [],
    }),
  sort: sortSchema,
});

/** A pack with all its versions (`v1PackTagEntity`). */
function packTagView(palette: Palette, versions: readonly Pack[]): JsonObject {
  const [newest] = versions;
  if (!newest) return {};
  return {
    name: newest.name,
    displayName: newest.displayName,
    layer: newest.layer,
    addonType: newest.addonType,
    addonSubType: newest.addonSubType,
    cloudTypes: newest.cloudTypes,
    logoUrl: "",
    registryUid: newest.registryUid,
    tags: versions.map((pack) => ({
      packUid: pack.uid,
      tag: pack.tag,
      version: pack.version,
      // A moving tag stands for the newest of its versions only.
      parentTags: nullWhenEmpty(
        pack.parentTags.filter((tag) => palette.catalogue.find(pack.registryUid, pack.name, tag)?.uid === pack.uid),
      ),
      group: pack.group,
    })),
    packValues: versions.map((pack) => ({
      packUid: pack.uid,
      values: pack.values,
      presets: presetsView(pack),
      schema: null,
      dependencies: nullWhenEmpty(
        pack.requires.map((requirement) => ({
          name: requirement.pack,
          displayName: requirement.pack,
          version: `${requirement.minimum} - ${requirement.maximum}`,
          registryUid: pack.registryUid,
          uid: "",
          logoUrl: "",
        })),
      ),
      readme: `${pack.displayName} ${pack.version}`,
      annotations: null,
    })),
  };
}

/** The same, without values while a fault is on. */
function tagAnswer(palette: Palette, versions: readonly Pack[], fault: Fault["kind"]): JsonObject {
  const view = packTagView(palette, versions);
  return palette.faults.on(fault) ? { ...view, packValues: null } : view;
}

function summary(pack: Pack): JsonObject {
  return {
    apiVersion: "v1",
    kind: "Pack",
    metadata: metadataOf({ uid: pack.uid, name: pack.name, createdAt: 0 }),
    spec: {
      name: pack.name,
      displayName: pack.displayName,
      layer: pack.layer,
      type: pack.type,
      addonType: pack.addonType,
      addonSubType: pack.addonSubType,
      cloudTypes: pack.cloudTypes,
      version: pack.version,
      group: pack.group,
      registryUid: pack.registryUid,
      digest: pack.digest,
      values: "",
      logoUrl: "",
      eol: "",
      annotations: null,
      manifests: null,
      presets: null,
      schema: null,
    },
    status: { disabled: pack.disabled === true },
  };
}

/** Versions grouped by registry and name, the newest first. */
function families(packs: readonly Pack[]): Pack[][] {
  const groups = new Map<string, Pack[]>();
  for (const pack of packs) {
    const key = `${pack.registryUid}/${pack.name}`;
    groups.set(key, [...(groups.get(key) ?? []), pack]);
  }
  return [...groups.values()].map((versions) =>
    versions.sort((one, other) => compareVersions(other.version, one.version)),
  );
}

function metadataView(palette: Palette, versions: readonly Pack[]): JsonObject {
  const [newest] = versions;
  const registry = palette.registries.find((each) => each.uid === newest?.registryUid);
  if (!newest || !registry) return {};
  return {
    apiVersion: "v1",
    kind: "Pack",
    metadata: metadataOf({ uid: newest.uid, name: newest.name, createdAt: 0 }),
    spec: {
      name: newest.name,
      displayName: newest.displayName,
      type: newest.type,
      layer: newest.layer,
      addonType: newest.addonType,
      addonSubType: newest.addonSubType,
      cloudTypes: newest.cloudTypes,
      group: newest.group,
      registries: [
        {
          uid: registry.uid,
          name: registry.name,
          scope: registry.scope,
          latestPackUid: newest.uid,
          latestVersion: newest.tag,
          annotations: null,
          logoUrl: "",
        },
      ],
    },
  };
}

/** Packs of the registries. */
export const packRoutes: Route[] = [
  {
    verb: "GET",
    path: "/v1/packs",
    scope: "any",
    permission: "pack.list",
    handle({ palette, query }) {
      const rows = palette.catalogue.all().map(summary);
      return ok(page(filtered(rows, query.get("filters") ?? ""), query));
    },
  },
  {
    verb: "POST",
    path: "/v1/packs/search",
    scope: "any",
    permission: "pack.list",
    handle({ palette, query, body }) {
      const { filter, sort } = payload(searchSchema, body);
      const any = (wanted: readonly string[], ...values: string[]): boolean =>
        wanted.length === 0 || values.some((value) => wanted.includes(value));
      const found = families(palette.catalogue.all()).filter(
        ([pack]) =>
          pack &&
          passes(pack.name, filter.name) &&
          passes(pack.displayName, filter.displayName) &&
          any(filter.layer, pack.layer) &&
          any(filter.type, pack.type) &&
          any(filter.registryUid, pack.registryUid) &&
          any(filter.addOnType, pack.addonType) &&
          any(filter.addOnSubType, pack.addonSubType) &&
          (pack.cloudTypes.includes("all") || any(filter.environment, ...pack.cloudTypes)),
      );
      const rows = sorted(found, sort, {
        name: ([pack]) => pack?.name ?? "",
        type: ([pack]) => pack?.type ?? "",
        layer: ([pack]) => pack?.layer ?? "",
        addOnType: ([pack]) => pack?.addonType ?? "",
        displayName: ([pack]) => pack?.displayName ?? "",
      });
      return ok(
        page(
          rows.map((versions) => metadataView(palette, versions)),
          query,
        ),
      );
    },
  },
  {
    verb: "GET",
    path: "/v1/packs/{uid}",
    scope: "any",
    permission: "pack.get",
    handle(call) {
      const uid = param(call, "uid");
      const pack = call.palette.catalogue.byUid(uid);
      if (!pack) throw notFound("pack", uid);
      return ok(tagAnswer(call.palette, [pack], "no-values-by-uid"));
    },
  },
  {
    verb: "GET",
    path: "/v1/packs/{packName}/registries/{registryUid}",
    scope: "any",
    permission: "pack.get",
    handle(call) {
      const [name, registryUid] = [param(call, "packName"), param(call, "registryUid")];
      const [layer, cloudType] = [call.query.get("layer"), call.query.get("cloudType")];
      const versions = call.palette.catalogue
        .versionsOf(registryUid, name)
        .filter((pack) => !layer || pack.layer === layer)
        .filter(
          (pack) =>
            !cloudType || cloudType === "all" || pack.cloudTypes.includes("all") || pack.cloudTypes.includes(cloudType),
        );
      if (versions.length === 0) throw notFound("pack", `${name}' in registry '${registryUid}`);
      return ok(tagAnswer(call.palette, versions, "no-pack-values"));
    },
  },
];
