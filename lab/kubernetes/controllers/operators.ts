import { fieldOf, listOf, textOf, type KubernetesObject } from "../objects";
import { exactly, joinPlans, type Plan } from "./plan";
import type { Snapshot } from "./snapshot";
import { statusPatch, withTransitionTimes, type Condition } from "./status-patch";

/** How an operator shows the state of the object that it installs from. */
interface Operator {
  kind: string;
  manager: string;
  /** Seconds of life from the object's creation until all of it runs. */
  duration: number;
  /** The status while it works and when it is done. */
  status(
    object: KubernetesObject,
    done: boolean,
    conditions: (list: Condition[]) => unknown[],
  ): Record<string, unknown>;
}

const OPERATORS: Operator[] = [
  { kind: "KubeVirt", manager: "virt-operator", duration: 90, status: kubeVirtStatus },
  { kind: "CDI", manager: "cdi-operator", duration: 45, status: cdiStatus },
  { kind: "StorageCluster", manager: "portworx-operator", duration: 240, status: storageClusterStatus },
  { kind: "Issuer", manager: "cert-manager-issuers", duration: 1, status: issuerStatus },
  { kind: "ClusterIssuer", manager: "cert-manager-clusterissuers", duration: 1, status: issuerStatus },
];

/** KubeVirt, CDI, Portworx and cert-manager: each object becomes ready some time after its creation. */
export function planOperators(snapshot: Snapshot): Plan {
  return joinPlans(
    OPERATORS.flatMap((operator) =>
      snapshot
        .all(operator.kind)
        .filter((object) => object.metadata.deletionTimestamp === undefined)
        .map((object) => planOperator(snapshot, operator, object)),
    ),
  );
}

/** Whether a KubeVirt object says that it is installed. */
export function isKubeVirtDeployed(snapshot: Snapshot): boolean {
  return snapshot.all("KubeVirt").some((object) => textOf(object, "status", "phase") === "Deployed");
}

function planOperator(snapshot: Snapshot, operator: Operator, object: KubernetesObject): Plan {
  const age = snapshot.secondsOfLifeSince(object.metadata.creationTimestamp ?? snapshot.now.toISOString());
  const isStuck = snapshot.cluster.stuckOperators.includes(operator.kind);
  const done = age >= operator.duration && !isStuck;
  const present = listOf(object, "status", "conditions");
  const wanted = operator.status(object, done, (list) => withTransitionTimes(list, present, snapshot.now));
  const status = statusPatch(object, wanted);
  return {
    steps:
      status === undefined ? [] : [{ do: "merge-status", target: exactly(object), status, manager: operator.manager }],
    ...(done || isStuck ? {} : { lookAgainIn: operator.duration - age }),
  };
}

/** Conditions that KubeVirt and CDI share. */
function availability(done: boolean, what: string): Condition[] {
  const yes = (value: boolean) => (value ? "True" : "False");
  const reason = done ? "AllComponentsReady" : "DeploymentInProgress";
  return [
    { type: "Available", status: yes(done), reason, message: done ? "All components are ready." : `Deploying ${what}` },
    {
      type: "Progressing",
      status: yes(!done),
      reason,
      message: done ? "All components are ready." : `Deploying ${what}`,
    },
    { type: "Degraded", status: "False", reason, message: done ? "All components are ready." : `Deploying ${what}` },
  ];
}

function kubeVirtStatus(
  object: KubernetesObject,
  done: boolean,
  conditions: (list: Condition[]) => unknown[],
): Record<string, unknown> {
  const created: Condition[] = done
    ? [{ type: "Created", status: "True", reason: "AllResourcesCreated", message: "All resources were created." }]
    : [];
  return {
    phase: done ? "Deployed" : "Deploying",
    conditions: conditions([...availability(done, "KubeVirt"), ...created]),
    operatorVersion: "v1.5.0",
    targetKubeVirtVersion: "v1.5.0",
    observedKubeVirtVersion: done ? "v1.5.0" : undefined,
    observedGeneration: done ? fieldOf(object, "metadata", "generation") : undefined,
  };
}

function cdiStatus(
  _object: KubernetesObject,
  done: boolean,
  conditions: (list: Condition[]) => unknown[],
): Record<string, unknown> {
  return {
    phase: done ? "Deployed" : "Deploying",
    conditions: conditions(availability(done, "CDI")),
    operatorVersion: "v1.62.0",
    targetVersion: "v1.62.0",
    observedVersion: done ? "v1.62.0" : undefined,
  };
}

function storageClusterStatus(object: KubernetesObject, done: boolean): Record<string, unknown> {
  return {
    phase: done ? "Running" : "Initializing",
    clusterName: object.metadata.name,
    conditions: [{ source: "Portworx", type: "Install", status: done ? "Completed" : "InProgress" }],
  };
}

function issuerStatus(
  object: KubernetesObject,
  done: boolean,
  conditions: (list: Condition[]) => unknown[],
): Record<string, unknown> {
  if (!done) return {};
  const generation = fieldOf(object, "metadata", "generation");
  return {
    conditions: conditions([{ type: "Ready", status: "True", reason: "IsReady", message: "" }]).map((condition) => ({
      ...(condition as object),
      observedGeneration: generation,
    })),
  };
}
