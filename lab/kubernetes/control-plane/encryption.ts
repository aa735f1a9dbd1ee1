import { randomBytes } from "node:crypto";
import { stringify } from "yaml";
import { readTextFile, writePrivateFile } from "../../json-file";

/**
 * Has the API server keep Secrets encrypted in etcd (Kubernetes, "Encrypting Confidential Data at Rest"): what an operator puts into the lab is in
 * none of its files in clear. The key is random and made once, in `file`, which only the owner can read.
 */
export function keepSecretsEncrypted(file: string): void {
  if (readTextFile(file) !== undefined) return;
  const key = { name: "lab", secret: randomBytes(32).toString("base64") };
  const resource = { resources: ["secrets"], providers: [{ secretbox: { keys: [key] } }, { identity: {} }] };
  writePrivateFile(
    file,
    stringify({ apiVersion: "apiserver.config.k8s.io/v1", kind: "EncryptionConfiguration", resources: [resource] }),
  );
}
