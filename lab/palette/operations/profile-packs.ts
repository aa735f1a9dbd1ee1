import { z } from "zod";
import { created, NO_CONTENT, ok } from "../http/answer";
import type { Call } from "../http/call";
import { conflict, invalid } from "../http/error";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import type { JsonObject } from "../json";
import { nullWhenEmpty } from "../json";
import { metadataOf } from "../metadata";
import type { ClusterProfile, ProfilePack } from "../model/profile";
import { editableDraft, manifestOf, packMeta, packOf, profileOf } from "../profiles/find";
import { resolveMacros } from "../profiles/macros";
import { writtenPack } from "../profiles/packs";
import { packSchema } from "../profiles/payloads";
import { checkTemplate, draftOrPublished } from "../profiles/template";
import { manifestView, presetsView } from "../profiles/views";
import { variableValues } from "../profiles/variables";
import { packDetailView, packManifestsView } from "../packs/detail-view";
import { digestOf, newUid } from "../uid";

const manifestSchema = z.object({ name: z.string().default(""), content: z.string().default("") });

// Runs a change on the draft; when the layers do not fit together afterwards nothing is changed.
function edit(call: Call, profile: ClusterProfile, change: (packs: ProfilePack[]) => ProfilePack[]): void {
  const packs = change(structuredClone(draftOrPublished(profile).packs));
  checkTemplate(call.palette, profile.type, packs, profile.variables);
  editableDraft(call, profile).packs = packs;
}

function entity(profile: ClusterProfile, pack: ProfilePack, spec: JsonObject): JsonObject {
  return {
    metadata: metadataOf({ uid: pack.packUid, name: pack.name, createdAt: profile.createdAt }),
    spec,
    status: {},
  };
}

/** The layers of a profile, one by one, and their manifests. */
export const profilePackRoutes: Route[] = [
  {
    verb: "GET",
    path: "/v1/clusterprofiles/{uid}/packs",
    scope: "any",
    permission: "clusterProfile.get",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.get");
      const presets = (pack: ProfilePack) =>
        packMeta(call).presets ? presetsView(call.palette.catalogue.byUid(pack.packUid)) : null;
      return ok({
        items: draftOrPublished(profile).packs.map((pack) =>
          entity(profile, pack, { ...packDetailView(call.palette, pack), presets: presets(pack) }),
        ),
      });
    },
  },
  {
    verb: "POST",
    path: "/v1/clusterprofiles/{uid}/packs",
    scope: "any",
    permission: "clusterProfile.update",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.update");
      const input = payload(z.object({ pack: packSchema }), call.body).pack;
      const pack = writtenPack(call.palette, input);
      edit(call, profile, (packs) => {
        if (packs.some((each) => each.name === pack.name))
          throw conflict("DuplicatePack", `Pack '${pack.name}' is in the cluster profile already`);
        return [...packs, pack];
      });
      return created(pack.packUid);
    },
  },
  {
    verb: "GET",
    path: "/v1/clusterprofiles/{uid}/packs/manifests",
    scope: "any",
    permission: "clusterProfile.get",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.get");
      return ok({
        metadata: metadataOf(profile),
        spec: {
          packs: draftOrPublished(profile).packs.map((pack) =>
            entity(profile, pack, packManifestsView(call.palette, pack)),
          ),
        },
      });
    },
  },
  {
    verb: "GET",
    path: "/v1/clusterprofiles/{uid}/packs/resolvedValues",
    scope: "any",
    permission: "clusterProfile.get",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.get");
      const { references } = payload(z.object({ references: z.array(z.string()).default([]) }), call.body);
      const values = {
        variables: variableValues(profile.variables, {}),
        macros: new Map(call.palette.state.macros.map((macro) => [macro.name, macro.value])),
        system: new Map<string, string>(),
        quotes: call.palette.habits["quoted-variables"],
      };
      return ok({ resolved: Object.fromEntries(references.map((text) => [text, resolveMacros(text, values)])) });
    },
  },
  {
    verb: "GET",
    path: "/v1/clusterprofiles/{uid}/packs/{packName}",
    scope: "any",
    permission: "clusterProfile.get",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.get");
      const pack = packOf(call, profile);
      const registry = call.palette.registries.find((each) => each.uid === pack.registryUid);
      return ok({
        metadata: metadataOf({ uid: pack.packUid, name: pack.name, createdAt: profile.createdAt }),
        spec: {
          pack: packDetailView(call.palette, pack),
          registry: registry ? { ...registry } : null,
          macros: { resolved: {} },
        },
      });
    },
  },
  {
    verb: "PUT",
    path: "/v1/clusterprofiles/{uid}/packs/{packName}",
    scope: "any",
    permission: "clusterProfile.update",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.update");
      const current = packOf(call, profile);
      const input = payload(z.object({ pack: packSchema }), call.body).pack;
      const manifests = current.manifests.map((manifest) => ({ ...manifest }));
      const pack = { ...writtenPack(call.palette, { ...input, registryUid: current.registryUid }, current), manifests };
      edit(call, profile, (packs) => packs.map((each) => (each.name === current.name ? pack : each)));
      return NO_CONTENT;
    },
  },
  {
    verb: "DELETE",
    path: "/v1/clusterprofiles/{uid}/packs/{packName}",
    scope: "any",
    permission: "clusterProfile.update",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.update");
      const { name } = packOf(call, profile);
      edit(call, profile, (packs) => packs.filter((each) => each.name !== name));
      return NO_CONTENT;
    },
  },
  {
    verb: "GET",
    path: "/v1/clusterprofiles/{uid}/packs/{packName}/config",
    scope: "any",
    permission: "clusterProfile.get",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.get");
      const pack = packOf(call, profile);
      if (!call.query.get("packUid")) throw invalid("InvalidQueryParameter", "packUid is missing");
      return ok({
        items: [
          {
            spec: {
              associatedObject: profile.uid,
              isValuesOverridden: true,
              manifests: nullWhenEmpty(
                pack.manifests.map((each) => ({
                  uid: each.uid,
                  name: each.name,
                  digest: digestOf(each.content),
                  isOverridden: false,
                  parentUid: "",
                })),
              ),
              name: pack.name,
              packUid: pack.packUid,
              scope: "profile",
              tag: pack.tag,
              type: pack.type,
              values: pack.values,
              version: pack.version,
            },
          },
        ],
      });
    },
  },
  {
    verb: "GET",
    path: "/v1/clusterprofiles/{uid}/packs/{packName}/manifests",
    scope: "any",
    permission: "clusterProfile.get",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.get");
      const pack = packOf(call, profile);
      return ok({ items: pack.manifests.map((manifest) => manifestView(profile, pack, manifest, digestOf)) });
    },
  },
  {
    verb: "POST",
    path: "/v1/clusterprofiles/{uid}/packs/{packName}/manifests",
    scope: "any",
    permission: "clusterProfile.update",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.update");
      const { name } = packOf(call, profile);
      const manifest = { uid: newUid(), ...payload(manifestSchema, call.body) };
      if (manifest.name === "") throw invalid("InvalidRequestPayload", "name is missing");
      edit(call, profile, (packs) => {
        packs.find((each) => each.name === name)?.manifests.push(manifest);
        return packs;
      });
      return created(manifest.uid);
    },
  },
  {
    verb: "GET",
    path: "/v1/clusterprofiles/{uid}/packs/{packName}/manifests/{manifestUid}",
    scope: "any",
    permission: "clusterProfile.get",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.get");
      const pack = packOf(call, profile);
      return ok(manifestView(profile, pack, manifestOf(call, pack), digestOf));
    },
  },
  {
    verb: "PUT",
    path: "/v1/clusterprofiles/{uid}/packs/{packName}/manifests/{manifestUid}",
    scope: "any",
    permission: "clusterProfile.update",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.update");
      const pack = packOf(call, profile);
      const { uid } = manifestOf(call, pack);
      const input = payload(manifestSchema, call.body);
      edit(call, profile, (packs) => {
        const manifest = packs.flatMap((each) => each.manifests).find((each) => each.uid === uid);
        if (manifest) Object.assign(manifest, { content: input.content, name: input.name || manifest.name });
        return packs;
      });
      return NO_CONTENT;
    },
  },
  {
    verb: "DELETE",
    path: "/v1/clusterprofiles/{uid}/packs/{packName}/manifests/{manifestUid}",
    scope: "any",
    permission: "clusterProfile.update",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.update");
      const pack = packOf(call, profile);
      const { uid } = manifestOf(call, pack);
      edit(call, profile, (packs) =>
        packs.map((each) => ({ ...each, manifests: each.manifests.filter((manifest) => manifest.uid !== uid) })),
      );
      return NO_CONTENT;
    },
  },
];
