import type { Datacenter } from "../../description/datacenter";
import type { DescriptionRule } from "../rule";

/** Which secrets a description needs, with what for. The two API keys are asked for where they are used. */
export function neededSecrets(datacenter: Datacenter): { key: string; use: string }[] {
  const { cluster, existingCluster, storage, virtualization } = datacenter;
  const arrays = storage.provider.startsWith("portworx-") ? storage.portworx.flashArrays : [];
  const windows =
    virtualization?.delivery !== "none" &&
    virtualization?.templates.some(({ operatingSystem }) => operatingSystem === "windows");
  const administrator =
    windows === true
      ? [{ key: "windowsAdministratorPassword", use: "the password of Administrator in Windows templates" }]
      : [];
  if (cluster === null) {
    const kubeconfig = { key: "kubeconfig", use: "the kubeconfig of the existing cluster" };
    return [
      ...(existingCluster !== null && existingCluster.kubeconfigFile === null ? [kubeconfig] : []),
      ...administrator,
    ];
  }
  const saas = storage.provider === "portworx-flasharray" && storage.portworx.license === "saas";
  const powerFlex = storage.provider === "dell-powerflex";
  return [
    ...(powerFlex
      ? [
          {
            key: "powerFlexConfig",
            use: "the text of the secret vxflexos-config: login and address of the PowerFlex system",
          },
        ]
      : []),
    ...(saas ? [{ key: "portworxSaasKey", use: "the key of the Portworx SaaS licence" }] : []),
    ...cluster.profileFiles.flatMap(({ file, secretVariables, secretValues }) =>
      Object.entries({ ...secretVariables, ...secretValues }).map(([name, key]) => ({
        key,
        use: `the value of ${name} in the profile ${file}`,
      })),
    ),
    ...arrays.map(({ apiTokenSecret, managementEndpoint }) => ({
      key: apiTokenSecret,
      use: `the API token of the FlashArray ${managementEndpoint}`,
    })),
    { key: "grafanaAdminPassword", use: "the password of Grafana's user admin (there is no default one)" },
    ...administrator,
  ];
}

/** A missing value, found before anything is touched. */
export const secretsSet: DescriptionRule = {
  code: "CFG001",
  severity: "error",
  rule: "The stack has every secret that the description needs.",
  check: (datacenter, { secrets }) => {
    const missing = neededSecrets(datacenter).filter(({ key }) => !secrets.has(key));
    return missing
      .filter(({ key }, index) => missing.findIndex((other) => other.key === key) === index)
      .map(({ key, use }) => ({
        path: `vmo-metal:${key}`,
        message: `is missing: it is ${use}`,
        fix: `Set it: pulumi config set --secret vmo-metal:${key}`,
      }));
  },
};

/** A key that was set without --secret lies open in the stack file, in the state and in logs. */
export const secretsEncrypted: DescriptionRule = {
  code: "CFG004",
  severity: "error",
  rule: "Secrets of the stack are encrypted.",
  check: (_datacenter, { plaintextSecrets }) =>
    [...plaintextSecrets].map((key) => ({
      path: `vmo-metal:${key}`,
      message: "stands in the stack file unencrypted, and would stand so in the state too",
      fix: `Replace what it protects, then set the new one: pulumi config set --secret vmo-metal:${key}`,
    })),
};
