import { parse } from "yaml";
import { NO_CONTENT, created, download, ok } from "../http/answer";
import { flag } from "../http/call";
import { invalid } from "../http/error";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import { ownership } from "../http/scope";
import type { FormFile } from "../http/form";
import { isObject } from "../json";
import { exportProfile } from "../profiles/export";
import { formatOf, profileOf } from "../profiles/find";
import { importProfile } from "../profiles/make";
import { createSchema, importSchema } from "../profiles/payloads";
import type { ImportEntity } from "../profiles/payloads";
import { checkNameAndVersion } from "../profiles/template";
import { validatePacks } from "../profiles/validate";
import type { Palette } from "../palette";

function fileEntity(body: unknown, format: "json" | "yaml"): ImportEntity {
  const file = isObject(body) ? (body["importFile"] as FormFile | undefined) : undefined;
  if (!file || typeof file !== "object" || file.fileName === "")
    throw invalid("InvalidRequestPayload", "the form has no file part named 'importFile'");
  try {
    return payload(importSchema, format === "yaml" ? parse(file.content) : JSON.parse(file.content));
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && error.name === "YAMLParseError"))
      throw invalid("InvalidRequestPayload", `importFile is not ${format}: ${error.message}`);
    throw error;
  }
}

// The entity with, for each pack, the registries here that have it.
function enriched(palette: Palette, entity: ImportEntity): object {
  const packs = entity.spec.template.packs.map((pack) => ({
    ...pack,
    registry: {
      ...pack.registry,
      matchingRegistries: palette.registries
        .filter((registry) => palette.catalogue.find(registry.uid, pack.name, pack.tag || pack.version))
        .map((registry) => ({
          uid: registry.uid,
          name: registry.name,
          kind: registry.kind,
          isPrivate: registry.isPrivate,
          isSyncSupported: registry.kind !== "oci",
          providerType: registry.kind === "oci" ? "zarf" : registry.kind,
        })),
    },
  }));
  return { ...entity, spec: { ...entity.spec, template: { ...entity.spec.template, packs } } };
}

/** Import and export of cluster profiles, and the checks before. */
export const profileTransferRoutes: Route[] = [
  {
    verb: "POST",
    path: "/v1/clusterprofiles/import",
    scope: "any",
    permission: "clusterProfile.create",
    handle: (call) =>
      created(
        importProfile(call.palette, ownership(call), payload(importSchema, call.body), flag(call, "publish")).uid,
      ),
  },
  {
    verb: "POST",
    path: "/v1/clusterprofiles/import/file",
    scope: "any",
    permission: "clusterProfile.create",
    handle: (call) =>
      created(
        importProfile(call.palette, ownership(call), fileEntity(call.body, formatOf(call)), flag(call, "publish")).uid,
      ),
  },
  {
    verb: "POST",
    path: "/v1/clusterprofiles/import/validate",
    scope: "any",
    permission: "clusterProfile.create",
    handle: (call) => ok(JSON.parse(JSON.stringify(enriched(call.palette, payload(importSchema, call.body)))) as never),
  },
  {
    verb: "GET",
    path: "/v1/clusterprofiles/validate/name",
    scope: "any",
    permission: "clusterProfile.create",
    handle(call) {
      const name = call.query.get("name") ?? "";
      checkNameAndVersion(call.palette, ownership(call), name, call.query.get("version") ?? "1.0.0");
      return NO_CONTENT;
    },
  },
  {
    verb: "POST",
    path: "/v1/clusterprofiles/validate/packs",
    scope: "any",
    permission: "clusterProfile.create",
    handle: (call) =>
      ok({ packs: validatePacks(call.palette, payload(createSchema.shape.spec.shape.template, call.body).packs) }),
  },
  {
    verb: "POST",
    path: "/v1/clusterprofiles/{uid}/validate/packs",
    scope: "any",
    permission: "clusterProfile.get",
    handle(call) {
      profileOf(call, "clusterProfile.get");
      return ok({
        packs: validatePacks(call.palette, payload(createSchema.shape.spec.shape.template, call.body).packs),
      });
    },
  },
  {
    verb: "GET",
    path: "/v1/clusterprofiles/{uid}/export",
    scope: "any",
    permission: "clusterProfile.get",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.get");
      const format = formatOf(call);
      return download(`${profile.name}.${format}`, exportProfile(call.palette, profile, format));
    },
  },
];
