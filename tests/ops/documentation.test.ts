import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const project = join(__dirname, "..", "..");
const pages = [
  "README.md",
  "CHANGELOG.md",
  ...readdirSync(join(project, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];
const { scripts } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};

describe("documentation", () => {
  for (const page of pages) {
    const text = readFileSync(join(project, page), "utf8");

    it(`${page}: links lead somewhere`, () => {
      const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)/g)].map(
        ([, target]) => target ?? "",
      );
      const dead = targets.filter((target) => !existsSync(join(project, dirname(page), target)));
      assert.deepEqual(dead, []);
    });

    it(`${page}: commands exist`, () => {
      const named = [...text.matchAll(/npm run (?:--silent |-s )?([a-z][a-z:-]*)/g)].map(([, script]) => script ?? "");
      assert.deepEqual(
        [...new Set(named)].filter((script) => scripts[script] === undefined),
        [],
      );
    });
  }

  it("docs/README.md lists every page", () => {
    const index = readFileSync(join(project, "docs", "README.md"), "utf8");
    const missing = pages
      .filter((page) => dirname(page) === "docs" && page !== join("docs", "README.md"))
      .map((page) => relative("docs", page))
      .filter((page) => !index.includes(`](${page})`));
    assert.deepEqual(missing, []);
  });
});
