import assert from "node:assert/strict";
import { region } from "../region";
import { describeHost } from "./host-suite";
import { Names } from "./kind-case";
import { describeKinds } from "./kinds-suite";

describe("the MAAS contract, on the simulated MAAS", () => {
  const maas = region();
  const target = (): { url: string; apiKey: string } => ({ url: maas.simulator.url, apiKey: maas.simulator.apiKey });
  const names = new Names("table");
  let before_ = "";
  const site = (): string =>
    JSON.stringify({ ...maas.simulator.dump().site, config: null }, (key, value: unknown) =>
      key === "updated" || key === "created" ? "" : value,
    );

  before(() => (before_ = site()));
  describeKinds(target, names);
  describe("host", () => describeHost(target, names, "worker-1"));

  it("leaves nothing behind", () => {
    assert.equal(site(), before_);
  });
});
