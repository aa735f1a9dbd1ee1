import { z } from "zod";
import { NO_CONTENT } from "../http/answer";
import { notFound } from "../http/error";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import { profileOf } from "../profiles/find";
import { noticeProfileChange } from "../profiles/notice";
import { writtenPack } from "../profiles/packs";
import { packSchema } from "../profiles/payloads";
import { checkTemplate, publishedOrDraft } from "../profiles/template";

/** Takes newer packs into a profile, as a notification proposes: what is published changes at once. */
export const profilePackRefRoutes: Route[] = [
  {
    verb: "PATCH",
    path: "/v1/clusterprofiles/{uid}/packRefs",
    scope: "any",
    permission: "clusterProfile.update",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.update");
      const { packs: inputs } = payload(z.object({ packs: z.array(packSchema).default([]) }), call.body);
      const template = publishedOrDraft(profile);
      const changed = inputs.map((input) => {
        const former = template.packs.find((pack) => pack.name === input.name);
        if (!former) throw notFound("pack", `${input.name}' of cluster profile '${profile.name}`);
        return writtenPack(call.palette, { ...input, values: input.values || former.values }, former);
      });
      const packs = template.packs.map((pack) => changed.find((each) => each.name === pack.name) ?? pack);
      checkTemplate(call.palette, profile.type, packs, profile.variables);
      template.packs = packs;
      profile.modifiedAt = call.palette.clock.now();
      if (profile.published) noticeProfileChange(call.palette, profile);
      return NO_CONTENT;
    },
  },
];
