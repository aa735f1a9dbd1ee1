import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MaasStandIn } from "./support/maas-stand-in";
import { PaletteClient } from "./support/palette-client";
import { prepareSite } from "./support/cluster";
import { infraProfile } from "./support/profiles";
import { startTestPalette } from "./support/start";

const RECORDING = join(__dirname, "../../../../shared/palette-peer-requests.ndjson");

interface Recorded {
  method: string;
  path: string;
  projectScoped: boolean;
  contentType: string | null;
  body: unknown;
}

describe("requests recorded from an official client", () => {
  it("are served, project scope and all (skipped without ../shared/palette-peer-requests.ndjson)", async function () {
    if (!existsSync(RECORDING)) this.skip();
    const maas = await MaasStandIn.start();
    const { simulator, client } = await startTestPalette();
    const site = await prepareSite(client, maas);
    const profile = JSON.stringify(await infraProfile(client, "9.0.0"));
    // Names of the recording stand for objects here, and its MAAS for ours.
    const names = new Map([
      ["test-pcg-id", site.gateway],
      ["http://maas:5240/MAAS", maas.url],
      ["a:b:c", maas.apiKey],
    ]);
    const mapped = (text: string): string => [...names].reduce((all, [from, to]) => all.replaceAll(from, to), text);
    const outcomes: string[] = [];
    const lines = readFileSync(RECORDING, "utf8").trim().split("\n");
    for (const recorded of lines.map((line) => JSON.parse(line) as Recorded)) {
      const scope = recorded.projectScoped ? simulator.projectUid : null;
      const path = mapped(recorded.path);
      let body: unknown = recorded.body === null ? undefined : JSON.parse(mapped(JSON.stringify(recorded.body)));
      if (recorded.contentType === "multipart/form-data") {
        const form = new FormData();
        form.append("importFile", new Blob([profile]), "profile.json");
        body = form;
      }
      if (path === "/v1/spectroclusters/maas") giveToken(body);
      const answer = await new PaletteClient(simulator, scope).send(recorded.method, path, body);
      outcomes.push(`${recorded.method} ${recorded.path} ${answer.status}`);
      const { uid } = answer.body as { uid?: string };
      if (recorded.path === "/v1/cloudaccounts/maas" && uid) names.set("test-maas-account-1", uid);
      if (recorded.path.includes("/import/file") && uid) names.set("cluster-profile-import-1", uid);
      if (recorded.path === "/v1/spectroclusters/maas" && uid) {
        names.set("test-maas-cluster-id", uid);
        const cluster = await client.get<{ spec: { cloudConfigRef: { uid: string } } }>(`/v1/spectroclusters/${uid}`);
        names.set("test-cloud-config-id", cluster.spec.cloudConfigRef.uid);
      }
    }
    // A kubeconfig is not there at once.
    const refused = outcomes.filter((outcome) => !/ 20\d$/.test(outcome));
    assert.deepEqual(
      refused.map((outcome) => outcome.replace(/.*\/assets\//, "")),
      ["kubeconfigclient 404", "adminKubeconfig 404"],
      outcomes.join("\n"),
    );
    await simulator.close();
    await maas.close();
  });
});

// Our own test profile has a variable that the recording's had not.
function giveToken(body: unknown): void {
  const { spec } = body as { spec: { profiles: { variables: unknown[] }[] } };
  spec.profiles[0]?.variables.push({ name: "token", value: "x" });
}
