import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { CloudAccount } from "../../providers/palette/cloud-account";
import { ClusterProfile } from "../../providers/palette/cluster-profile";
import { Cluster } from "../../providers/palette/cluster/cluster";
import { Machine } from "../../providers/maas/machine";
import { mockEngine, valueOf } from "../mock-engine";

/** The members by which the engine knows a secret in what a program sends (@pulumi/pulumi runtime/rpc.ts, `specialSigKey`). */
const [markKey, mark] = ["4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"] as const;

const plain = "correct horse battery staple";

const layers = [{ pack: { name: "p", registry: "r", tag: "1" }, type: "spectro" }] as never;

/** A resource of each kind with secret inputs, the secrets given as plain text, and the names of those inputs. */
const cases: Record<string, { secrets: string[]; make: () => pulumi.CustomResource }> = {
  "palette:CloudAccount": {
    secrets: ["apiKey"],
    make: () =>
      new CloudAccount("a", { name: "n", gateway: "g", apiEndpoint: "http://maas/MAAS", apiKey: `a:b:${plain}` }),
  },
  "palette:ClusterProfile": {
    secrets: ["secretManifests", "secretValues"],
    make: () =>
      new ClusterProfile("a", {
        name: "n",
        version: "1.0.0",
        profileType: "add-on",
        cloudType: "all",
        layers,
        secretManifests: { "p/m": plain },
        secretValues: { "p/k": plain },
      }),
  },
  "palette:Cluster": {
    secrets: ["secretVariables"],
    make: () =>
      new Cluster("a", {
        name: "n",
        cloudAccount: "c",
        domain: "d",
        profiles: [],
        pools: [],
        secretVariables: { "p/v": plain },
      }),
  },
  "maas:Machine": {
    secrets: ["powerParameters"],
    make: () => new Machine("a", { find: { hostname: "h" }, powerParameters: { power_pass: plain } }),
  },
};

describe("Secret inputs", () => {
  for (const [kind, { secrets, make }] of Object.entries(cases)) {
    it(`of ${kind} reach the engine as secrets although the program passed plain text`, async () => {
      const made = await mockEngine();
      await valueOf(make().urn);
      const inputs = made[0]?.inputs ?? {};
      for (const name of secrets) assert.equal((inputs[name] as Record<string, unknown>)[markKey], mark, name);
      const others = Object.entries(inputs).filter(([name]) => !secrets.includes(name));
      assert.ok(!JSON.stringify(others).includes(plain));
    });
  }
});
