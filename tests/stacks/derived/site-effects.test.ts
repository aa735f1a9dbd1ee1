import assert from "node:assert/strict";
import type { ObjectForecast } from "../../../providers/maas/look-ups/site-forecast";
import { effectLines, reportedEffects, siteEffects } from "../../../stacks/derived/site-effects";
import type { RecordedObject } from "../../../stacks/derived/site-knowledge";

type Forecast = ObjectForecast["forecast"];

function forecastOf(
  object: string,
  changes: Partial<Forecast> = {},
  more: Partial<ObjectForecast> = {},
): ObjectForecast {
  const forecast: Forecast = {
    object,
    exists: true,
    origin: "adopted",
    changes: [],
    dangers: [],
    certain: true,
    ...changes,
  };
  return { kind: "Subnet", name: object, path: "networks", adopt: true, approved: [], forecast, ...more };
}

function recordOf(name: string, origin: RecordedObject["origin"]): RecordedObject {
  return { kind: "Subnet", name, origin, outputs: {} };
}

const gateway = { changes: [{ field: "gateway", from: "192.168.0.1", to: null }] };

describe("effects on objects that exist", () => {
  it("are lines with each field, old and new value, and one line for all that does not change", () => {
    const forecasts = [
      forecastOf("subnet 192.168.0.0/22", {
        changes: [...gateway.changes, { field: "dnsServers", from: ["10.0.0.1", "10.0.0.2"], to: [] }],
      }),
      forecastOf("subnet 10.20.0.0/16"),
      forecastOf("vlan fabric-0/0"),
      forecastOf("zone az1", { origin: "referenced", owner: "dc2" }),
      forecastOf("subnet 10.9.0.0/16", { origin: "referenced" }),
      forecastOf("resource pool worker-pool", { origin: "created" }),
      forecastOf("zone az2", { exists: false, origin: "created" }),
    ];
    assert.deepEqual(effectLines(siteEffects(forecasts, [])), [
      "subnet 192.168.0.0/22 exists in MAAS, is adopted, and changes: gateway 192.168.0.1 -> none, dnsServers 10.0.0.1, 10.0.0.2 -> none",
      "Exist in MAAS, adopted without a change: subnet 10.20.0.0/16, vlan fabric-0/0",
      'Exist in MAAS, managed by datacenter "dc2", compared and never written: zone az1',
      "Exist in MAAS, managed elsewhere, compared and never written: subnet 10.9.0.0/16",
      "Exist in MAAS with this datacenter's marker, recognised without a change: resource pool worker-pool",
    ]);
  });

  it("are none for a settled stack: what it created, and what it adopted and does not change", () => {
    const forecasts = [forecastOf("a", gateway), forecastOf("b"), forecastOf("c", {}, { name: "new", alias: "c" })];
    const recorded = [recordOf("a", "created"), recordOf("b", "adopted"), recordOf("c", "referenced")];
    assert.deepEqual(siteEffects(forecasts, recorded), []);
  });

  it("are a line for an adopted object of the stack that changes", () => {
    const lines = effectLines(siteEffects([forecastOf("a", gateway)], [recordOf("a", "adopted")]));
    assert.deepEqual(lines, ["a exists in MAAS, is adopted, and changes: gateway 192.168.0.1 -> none"]);
  });

  it("go to the run report with their fields", () => {
    const effects = siteEffects([forecastOf("a", gateway), forecastOf("b")], [recordOf("a", "adopted")]);
    assert.deepEqual(
      reportedEffects(effects).map(({ kind, object, fields }) => ({ kind, object, fields })),
      [
        { kind: "change", object: "a", fields: [{ field: "gateway", actual: "192.168.0.1", desired: "none" }] },
        { kind: "adopt", object: "b", fields: [] },
      ],
    );
  });
});
