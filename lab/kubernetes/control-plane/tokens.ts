import { randomBytes } from "node:crypto";
import { readTextFile, writePrivateFile } from "../../json-file";

/** The users of a lab cluster; all are administrators, the names show in audit and in managed fields. */
export type ClusterUser = "kubernetes-admin" | "lab-controllers" | "kube-controller-manager";

const USERS: ClusterUser[] = ["kubernetes-admin", "lab-controllers", "kube-controller-manager"];

/**
 * The random bearer tokens of a cluster, by user. Made once and kept in `file`, which the API server reads too
 * (CSV: token, user, uid, groups).
 */
export function clusterTokens(file: string): Record<ClusterUser, string> {
  const kept = new Map(
    (readTextFile(file) ?? "").split("\n").map((line): [string, string] => {
      const [token = "", user = ""] = line.split(",");
      return [user, token];
    }),
  );
  const token = (user: ClusterUser): string => kept.get(user) ?? randomBytes(24).toString("base64url");
  const tokens: Record<ClusterUser, string> = {
    "kubernetes-admin": token("kubernetes-admin"),
    "lab-controllers": token("lab-controllers"),
    "kube-controller-manager": token("kube-controller-manager"),
  };
  if (USERS.some((user) => !kept.has(user))) {
    writePrivateFile(file, USERS.map((user) => `${tokens[user]},${user},${user},system:masters\n`).join(""));
  }
  return tokens;
}
