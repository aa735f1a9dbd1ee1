import { type MachineUser, machineRoles } from "../../../model/machine-user";
import { shortened } from "../../../model/short-name";
import { type Manifest, managedByLabel } from "./manifest";

const group = "rbac.authorization.k8s.io";

/** What the dashboard lists for each of its users, whatever else they may do (VM Orchestrator, prerequisites of the VM dashboard). */
const listRoles = ["spectro-list-namespaces", "spectro-list-vmtemplates"] as const;

/**
 * Bindings of the VM Orchestrator's ClusterRoles `spectro-vm-*` to users and groups: a RoleBinding for each role and namespace, a ClusterRoleBinding
 * for each role that is given in the whole cluster, and the roles by which the dashboard lists namespaces and templates for all of them.
 */
export function userRights(rights: readonly MachineUser[], owner: string): Manifest[] {
  if (rights.length === 0) return [];
  const bindings = machineRoles.flatMap((role) => {
    const ofRole = rights.filter((right) => right.role === role);
    const clusterRole = `spectro-vm-${role}`;
    const everywhere = ofRole.filter(({ namespaces }) => namespaces === null);
    const namespaces = [...new Set(ofRole.flatMap((right) => right.namespaces ?? []))].sort();
    return [
      ...(everywhere.length === 0 ? [] : [binding(`${owner}-vm-${role}`, clusterRole, everywhere)]),
      ...namespaces.map((namespace) =>
        binding(
          `${owner}-vm-${role}`,
          clusterRole,
          ofRole.filter((right) => right.namespaces?.includes(namespace)),
          namespace,
        ),
      ),
    ];
  });
  return [...bindings, ...listRoles.map((role) => binding(`${owner}-${role.replace("spectro-", "")}`, role, rights))];
}

/** @param namespace absent: in the whole cluster */
function binding(name: string, clusterRole: string, rights: readonly MachineUser[], namespace?: string): Manifest {
  return {
    apiVersion: `${group}/v1`,
    kind: namespace === undefined ? "ClusterRoleBinding" : "RoleBinding",
    metadata: {
      name: shortened(name),
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...managedByLabel },
    },
    roleRef: { apiGroup: group, kind: "ClusterRole", name: clusterRole },
    subjects: subjectsOf(rights),
  };
}

/** Each subject once, in a stable order: the order in the description means nothing. */
function subjectsOf(rights: readonly MachineUser[]): object[] {
  const texts = rights.map(({ subject }) =>
    JSON.stringify(
      subject.kind === "ServiceAccount"
        ? { kind: subject.kind, name: subject.name, namespace: subject.namespace }
        : { kind: subject.kind, name: subject.name, apiGroup: group },
    ),
  );
  return [...new Set(texts)].sort().map((text) => JSON.parse(text) as object);
}
