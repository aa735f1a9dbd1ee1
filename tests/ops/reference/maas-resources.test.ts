import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { describedIn } from "../../../ops/reference/interface-tables";
import { maasResources, maasResourcesPage } from "../../../ops/reference/maas-resources";
import { maasProviders } from "../../../providers/maas/kinds";
import { schemasOfMaasKinds } from "../../providers/maas/schemas";

const project = join(__dirname, "..", "..", "..");

describe("describedIn", () => {
  it("reads members, types and defaults out of doc comments", () => {
    const text = `
      /** A thing; see {@link Other}. */
      export interface ThingArgs {
        /** Its name. */
        name: pulumi.Input<string>;
        /** How big it is,
         * in bytes. Default: 7, a good number. */
        readonly size?: pulumi.Input<number | null>;
      }`;
    assert.deepEqual(describedIn(text, "thing.ts"), [
      {
        name: "ThingArgs",
        meaning: "A thing; see `Other`.",
        base: undefined,
        members: [
          { name: "name", type: "string", optional: false, meaning: "Its name.", byDefault: undefined },
          {
            name: "size",
            type: "number | null",
            optional: true,
            meaning: "How big it is, in bytes.",
            byDefault: "7, a good number",
          },
        ],
      },
    ]);
  });
});

describe("docs/maas-resources.md", () => {
  const resources = maasResources(project);
  const schemas: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>> = schemasOfMaasKinds;

  it("is what npm run schema writes", () => {
    assert.equal(readFileSync(join(project, "docs", "maas-resources.md"), "utf8"), maasResourcesPage(project));
  });

  it("has every kind that is served", () => {
    const kinds = resources.map(({ resource }) => `maas:${resource.name}`);
    assert.deepEqual(kinds.sort(), Object.keys(maasProviders).sort());
  });

  for (const { resource, args, outputs } of resources) {
    describe(resource.name, () => {
      const schema = schemas[`maas:${resource.name}`] ?? {};

      it("has every argument", () => {
        // Disks besides that of the operating system only show: there must be none.
        const known = Object.keys(schema).filter((name) => name !== "otherDisks");
        assert.deepEqual(args.map(({ name }) => name).sort(), known.sort());
      });

      it("has every argument as an output, for those that depend on it", () => {
        const declared = resource.members.map(({ name }) => name);
        assert.deepEqual(
          args.map(({ name }) => name).filter((name) => !declared.includes(name)),
          [],
        );
      });

      it("says what each argument and output means, and each default", () => {
        assert.notEqual(resource.meaning, "");
        for (const { name, meaning } of [...args, ...outputs]) assert.notEqual(meaning, "", name);
        for (const { name, optional, byDefault } of args) assert.equal(byDefault !== undefined, optional, name);
      });

      for (const { name, byDefault } of args.filter(({ optional }) => optional)) {
        it(`has the default of ${name} that it says`, () => {
          const result = schema[name]?.safeParse(undefined);
          assert.ok(result?.success);
          const value: unknown = result.data;
          const said = byDefault ?? "";
          if (typeof value === "boolean" || typeof value === "number")
            assert.match(said, new RegExp(`^\`?${value}\\b|^(not|none)\\b`));
          else if (typeof value === "string" && value !== "") assert.ok(said.includes(value), said);
          else if (Array.isArray(value) || value === "") assert.match(said, /^(empty|none)/);
          else assert.equal(value, null);
        });
      }
    });
  }
});
