import { z } from "zod";
import { NO_CONTENT, ok } from "../http/answer";
import type { Call } from "../http/call";
import { invalid } from "../http/error";
import { payload } from "../http/payload";
import type { Route } from "../http/router";
import type { ClusterProfile, Variable } from "../model/profile";
import { isMasked } from "../packs/pack-values";
import { profileOf } from "../profiles/find";
import { variablesSchema } from "../profiles/payloads";
import { checkTemplate } from "../profiles/template";
import { checkVariables, variableView } from "../profiles/variables";

function set(call: Call, profile: ClusterProfile, variables: Variable[]): void {
  checkVariables(variables);
  for (const template of [profile.published, profile.draft])
    if (template) checkTemplate(call.palette, profile.type, template.packs, variables);
  profile.variables = variables;
  profile.modifiedAt = call.palette.clock.now();
}

// A masked default that comes back as it was read keeps the one that is stored.
function unmasked(profile: ClusterProfile, variables: readonly Variable[]): Variable[] {
  return variables.map((variable) => {
    const stored = profile.variables.find((each) => each.name === variable.name);
    const keep = variable.isSensitive && stored?.isSensitive && isMasked(variable.defaultValue ?? "");
    return keep ? { ...variable, defaultValue: stored.defaultValue } : variable;
  });
}

/** The variables of a profile. */
export const profileVariableRoutes: Route[] = [
  {
    verb: "GET",
    path: "/v1/clusterprofiles/{uid}/variables",
    scope: "any",
    permission: "clusterProfile.get",
    handle: (call) => ok({ variables: profileOf(call, "clusterProfile.get").variables.map(variableView) }),
  },
  {
    verb: "PUT",
    path: "/v1/clusterprofiles/{uid}/variables",
    scope: "any",
    permission: "clusterProfile.update",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.update");
      set(call, profile, unmasked(profile, payload(variablesSchema, call.body).variables));
      return NO_CONTENT;
    },
  },
  {
    verb: "PATCH",
    path: "/v1/clusterprofiles/{uid}/variables",
    scope: "any",
    permission: "clusterProfile.update",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.update");
      const changes = unmasked(profile, payload(variablesSchema, call.body).variables);
      const kept = profile.variables.map(
        (variable) => changes.find((change) => change.name === variable.name) ?? variable,
      );
      const added = changes.filter((change) => !profile.variables.some((variable) => variable.name === change.name));
      set(call, profile, [...kept, ...added]);
      return NO_CONTENT;
    },
  },
  {
    verb: "DELETE",
    path: "/v1/clusterprofiles/{uid}/variables",
    scope: "any",
    permission: "clusterProfile.update",
    handle(call) {
      const profile = profileOf(call, "clusterProfile.update");
      const names = payload(z.object({ variables: z.array(z.string()) }), call.body).variables;
      const unknown = names.find((name) => !profile.variables.some((variable) => variable.name === name));
      if (unknown !== undefined) throw invalid("InvalidVariable", `Variable '${unknown}' is not defined`);
      set(
        call,
        profile,
        profile.variables.filter((variable) => !names.includes(variable.name)),
      );
      return NO_CONTENT;
    },
  },
];
