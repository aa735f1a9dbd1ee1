import assert from "node:assert/strict";
import { secretsInUse } from "../../../ops/engine/secrets-in-use";

const state = {
  deployment: {
    resources: [
      {
        outputs: {
          name: "dc1",
          kubeconfig: {
            "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
            plaintext: '{"admin":"kubeconfig of dc1"}',
          },
        },
      },
    ],
  },
};
const configuration = {
  "vmo-metal:datacenter": { value: "{}", secret: false },
  "vmo-metal:guestPassword": { value: "guest", secret: true },
};

describe("the secrets that a run of the engine may meet", () => {
  it("come from the environment, the stack's configuration and its state", async () => {
    const found = await secretsInUse({ VMO_METAL_DC1_MAAS_API_KEY: "a:b:c", HOME: "/home/me" }, (args) =>
      Promise.resolve(args[0] === "config" ? configuration : state),
    );
    assert.deepEqual(found, { secrets: ["a:b:c", "b", "c", "guest", "kubeconfig of dc1"] });
  });

  it("are those of the environment when the stack cannot be read, which is said", async () => {
    const found = await secretsInUse({ PULUMI_CONFIG_PASSPHRASE: "open" }, () =>
      Promise.reject(new Error("no stack named dc1")),
    );
    assert.deepEqual(found, { secrets: ["open"], unread: "no stack named dc1" });
  });
});
