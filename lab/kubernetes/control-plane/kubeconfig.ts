import { stringify } from "yaml";

/** What a client needs to reach a cluster. */
export interface ClusterAccess {
  /** `https://127.0.0.1:<port>`. */
  server: string;
  /** PEM text of the certificate that the server's certificate is checked against. */
  certificateAuthority: string;
  /** Bearer token. */
  token: string;
}

/** A kubeconfig (YAML) with names as Cluster API gives them: context `<name>-admin@<name>`. */
export function kubeconfig(name: string, access: ClusterAccess): string {
  const user = `${name}-admin`;
  const context = `${user}@${name}`;
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name,
        cluster: {
          "certificate-authority-data": Buffer.from(access.certificateAuthority).toString("base64"),
          server: access.server,
        },
      },
    ],
    users: [{ name: user, user: { token: access.token } }],
    contexts: [{ name: context, context: { cluster: name, user } }],
    "current-context": context,
  });
}
