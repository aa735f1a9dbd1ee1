import assert from "node:assert/strict";
import { stringify } from "yaml";
import { kubeconfigAccess } from "../../../providers/kubernetes/kubeconfig-access";

const encoded = (text: string): string => Buffer.from(text).toString("base64");

function kubeconfig(user: object): string {
  return stringify({
    "current-context": "admin@a",
    contexts: [
      { name: "other", context: { cluster: "b", user: "b" } },
      { name: "admin@a", context: { cluster: "a", user: "admin" } },
    ],
    clusters: [
      { name: "b", cluster: { server: "https://b:6443" } },
      { name: "a", cluster: { server: "https://a:6443/", "certificate-authority-data": encoded("CA") } },
    ],
    users: [{ name: "admin", user }],
  });
}

describe("access by a kubeconfig", () => {
  it("is that of the current context", () => {
    const user = { "client-certificate-data": encoded("CERT"), "client-key-data": encoded("KEY") };
    assert.deepEqual(kubeconfigAccess(kubeconfig(user)), {
      server: "https://a:6443",
      certificateAuthority: "CA",
      clientCertificate: "CERT",
      clientKey: "KEY",
    });
    assert.equal(kubeconfigAccess(kubeconfig({ token: "T" })).token, "T");
  });

  it("is refused when a program is needed, or there is none", () => {
    assert.throws(() => kubeconfigAccess(kubeconfig({ exec: { command: "login" } })), /through a program/);
    assert.throws(() => kubeconfigAccess("current-context: x"), /names no cluster/);
    assert.throws(() => kubeconfigAccess(""), /empty/);
  });
});
