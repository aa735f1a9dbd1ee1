import type { StackCheck } from "./stack-check";
import type { Unread } from "./document";
import { byPlace, identityOf, kindOf, nameOf, typeOf } from "./resource-identity";

/** Resources of which something failed, each once for each reason. */
export function unreadOf({ digest, run, resourceFindings, excluded }: StackCheck): Unread[] {
  const ours = resourceFindings.map(({ kind, id, operation, cause, reason }): Unread => {
    const step = digest.steps.find((one) => typeOf(one.urn).endsWith(`/${kind}`) && one.oldState?.id === id);
    const name = step === undefined ? (id ?? "not made yet") : nameOf(step.urn);
    return { ...kindOf(`pulumi-nodejs:dynamic/${kind}`), name, operation, cause, reason };
  });
  const left = [...excluded].map(([urn, reason]): Unread => ({
    ...identityOf(urn),
    operation: "read",
    cause: "failed",
    reason,
  }));
  const cluster = run?.unavailable.find(({ api }) => api === "Kubernetes");
  // The Kubernetes provider returns what it knows of objects on a cluster that it cannot reach.
  const onCluster = digest.steps
    .filter(({ op, urn }) => op === "refresh" && typeOf(urn).startsWith("kubernetes:") && !excluded.has(urn))
    .map(({ urn }): Unread => {
      const cause = cluster?.cause === "refused" ? "refused" : "unreachable";
      return { ...identityOf(urn), operation: "read", cause, reason: cluster?.reason ?? "" };
    });
  const all = [...ours, ...left, ...(cluster === undefined ? [] : onCluster)].sort(byPlace);
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
