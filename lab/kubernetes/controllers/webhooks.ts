import type { KubernetesObject } from "../objects";
import { exactly, type Plan } from "./plan";
import type { Snapshot } from "./snapshot";

/** The kinds of objects that the webhooks of an operator judge. */
const JUDGED: Record<string, { group: string; resources: string[] }> = {
  CDI: { group: "cdi.kubevirt.io", resources: ["datavolumes"] },
  KubeVirt: {
    group: "instancetype.kubevirt.io",
    resources: ["virtualmachineclusterinstancetypes", "virtualmachineclusterpreferences"],
  },
};

/**
 * No operator runs here, so nothing judges objects beyond their schemas. Webhooks are there only while the lab was told that they refuse connections, as
 * those of an operator do that has just been installed.
 */
export function planWebhooks(snapshot: Snapshot): Plan {
  const refused = snapshot.cluster.refusedWebhooks.filter((kind) => snapshot.serves(kind)).map(webhookOf);
  const present = snapshot.all("ValidatingWebhookConfiguration");
  return {
    steps: [
      ...refused
        .filter(({ metadata }) => !present.some((one) => one.metadata.name === metadata.name))
        .map((object) => ({ do: "create" as const, object, manager: "lab" })),
      ...present
        .filter((one) => one.metadata.name.startsWith(PREFIX))
        .filter((one) => !refused.some(({ metadata }) => metadata.name === one.metadata.name))
        .map((one) => ({ do: "delete" as const, target: exactly(one) })),
    ],
  };
}

const PREFIX = "lab-refused-";

function webhookOf(operator: string): KubernetesObject {
  const judged = JUDGED[operator] ?? { group: "", resources: [] };
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name: `${PREFIX}${operator.toLowerCase()}` },
    webhooks: [
      {
        name: `refused.${judged.group}`,
        // Nobody listens there.
        clientConfig: { url: "https://127.0.0.1:1/validate" },
        rules: [
          {
            apiGroups: [judged.group],
            apiVersions: ["*"],
            operations: ["CREATE", "UPDATE"],
            resources: judged.resources,
          },
        ],
        failurePolicy: "Fail",
        sideEffects: "None",
        admissionReviewVersions: ["v1"],
        timeoutSeconds: 5,
      },
    ],
  };
}
