import assert from "node:assert/strict";
import type { z } from "zod";
import { maasProviders } from "../../../providers/maas/kinds";
import { describeKind, siteCases } from "./contract/kinds-suite";
import { Names, permissions } from "./contract/kind-case";
import type { Target } from "./contract/target";
import { hostCases } from "./host-cases";
import { makeSite } from "./hosts";
import { region } from "./region";
import { schemasOfMaasKinds } from "./schemas";

const cases = [...siteCases(new Names("table")), ...hostCases];

describe("the table of every input of every kind", () => {
  it("has every kind that is served", () => {
    const kinds = [...new Set(cases.map(({ kind }) => kind.kind))];
    assert.deepEqual(kinds.sort(), Object.keys(maasProviders).sort());
  });

  const schemas: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>> = schemasOfMaasKinds;
  for (const kind of Object.keys(maasProviders)) {
    it(`changes every input of ${kind} by hand in one case at least, or says why not`, () => {
      const rows = cases.filter((each) => each.kind.kind === kind).flatMap(({ inputs }) => inputs);
      for (const input of Object.keys(schemas[kind] ?? {}).filter((each) => !permissions.includes(each))) {
        const own = rows.filter((row) => row.input === input);
        assert.ok(
          own.some(({ byHand }) => byHand !== undefined) || own.some(({ unseen }) => (unseen ?? "") !== ""),
          `${kind} ${input} is not in the table`,
        );
      }
    });
  }
});

describe("every input of a host (simulated MAAS)", () => {
  const maas = region({ timeScale: 100_000 });
  const target = (): Target => ({ url: maas.simulator.url, apiKey: maas.simulator.apiKey, datacenter: "table" });
  for (const kindCase of hostCases) {
    describe(kindCase.title, () => {
      before(async () => {
        maas.simulator.reset();
        await makeSite(maas.command());
      });
      describeKind(target, kindCase);
    });
  }
});
