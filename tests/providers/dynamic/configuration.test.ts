import assert from "node:assert/strict";
import {
  apiKey,
  connectionConfiguration,
  keyOrigin,
  keyVariable,
  missingKey,
} from "../../../providers/dynamic/configuration";
import { InputError } from "../../../providers/dynamic/errors";

const stack = (values: Record<string, string>) => ({ get: (key: string) => values[key] });

describe("keyOrigin", () => {
  it("is the environment variable that holds the key, else the stack secret", () => {
    const environment = { VMO_METAL_DC1_MAAS_API_KEY: " old\n", VMO_METAL_DC1_PALETTE_API_KEY: "new" };
    assert.equal(
      keyOrigin("maas", "old", environment),
      "the environment variable VMO_METAL_DC1_MAAS_API_KEY, which wins over vmo-metal:maasApiKey",
    );
    assert.equal(keyOrigin("maas", "new", environment), "vmo-metal:maasApiKey");
  });
});

describe("apiKey", () => {
  it("names the variable after the datacenter", () => {
    assert.equal(keyVariable("dc-1.north", "maas"), "VMO_METAL_DC_1_NORTH_MAAS_API_KEY");
  });

  it("takes the environment before the stack secret, and no other datacenter's variable", () => {
    const reader = stack({ "vmo-metal:maasApiKey": "stack" });
    assert.equal(apiKey(reader, "dc1", "maas", { VMO_METAL_DC1_MAAS_API_KEY: " environment\n" }), "environment");
    assert.equal(apiKey(reader, "dc1", "maas", { VMO_METAL_DC2_MAAS_API_KEY: "other" }), "stack");
    assert.equal(apiKey(stack({}), "dc1", "palette", {}), undefined);
  });

  it("says how to set a missing key", () => {
    assert.match(
      missingKey("dc1", "palette").message,
      /VMO_METAL_DC1_PALETTE_API_KEY.*--secret vmo-metal:paletteApiKey/,
    );
  });
});

describe("connectionConfiguration", () => {
  it("names the missing configuration key", () => {
    assert.throws(() => connectionConfiguration(stack({})), InputError);
    assert.throws(() => connectionConfiguration(stack({ "vmo-metal:datacenter": "[]" })), /must be an object/);
  });

  it("reads the description that the engine hands over as JSON text", () => {
    const text = JSON.stringify({ name: "dc1", maas: { url: "http://127.0.0.1:5240/MAAS" } });
    assert.equal(
      connectionConfiguration(stack({ "vmo-metal:datacenter": text })).maas?.url,
      "http://127.0.0.1:5240/MAAS",
    );
  });
});
