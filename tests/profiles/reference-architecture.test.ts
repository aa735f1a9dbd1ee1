import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type ReferenceFacts, referenceFacts } from "./reference-facts";
import { valueAt } from "./rendered";

const project = join(__dirname, "../..");

/** A row of the page: one thing that the RA says. */
interface Row {
  id: string;
  item: string;
  file: string;
  path: string;
  value: string;
  /** Why it is another than the RA's; only in the table of deviations. */
  reason: string | undefined;
}

/** The rows of all tables of the page. */
function rows(): Row[] {
  return readFileSync(join(project, "docs/reference-architecture.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    )
    .filter(([id]) => id !== "test" && !/^-+$/.test(id ?? ""))
    .map(([id = "", item = "", file = "", path = "", value = "", reason]) => ({
      id,
      item,
      file,
      path: path.replaceAll("`", ""),
      value,
      reason,
    }));
}

function holds(row: Row, facts: ReferenceFacts): void {
  const fact = facts.get(row.file);
  assert.ok(fact, `nothing is known of ${row.file}`);
  const found = row.path === "" ? fact() : valueAt(fact(), row.path);
  if (row.value === "absent") return assert.equal(found, undefined);
  assert.notEqual(found, undefined, `${row.file} has no ${row.path}`);
  const [, contains, text = ""] = /^(contains )?`(.*)`$/.exec(row.value) ?? [];
  if (contains === undefined) return assert.deepEqual(plain(found), parse(text));
  assert.ok(typeof found === "string" || Array.isArray(found), "only texts and lists contain something");
  assert.ok(found.includes(text), `${JSON.stringify(found)} does not contain ${text}`);
}

/** As JSON has it: without members that are not set. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

describe("docs/reference-architecture.md", () => {
  const all = rows();
  const facts = referenceFacts();

  for (const row of all) it(`${row.id} ${row.item}`, () => holds(row, facts));

  it("has no empty row and no name twice", () => {
    assert.ok(all.length > 150);
    for (const { id, item, file, value, reason } of all) {
      assert.match(id, /^[A-Z]{2}-\d{2}$/, `"${id}" ${item}`);
      assert.ok(item !== "" && file !== "", id);
      assert.match(value, /^(absent|(contains )?`.+`)$/, id);
      assert.equal(reason !== undefined && reason !== "", id.startsWith("DV-"), `${id}: deviations have reasons`);
    }
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  });

  it("names only files that exist", () => {
    for (const { id, file } of all) assert.ok(existsSync(join(project, file)), `${id}: ${file}`);
  });

  it("has a row for every layer, node file and alternative of the profiles", () => {
    const named = new Set(all.map(({ file }) => file));
    const folders = readdirSync(join(project, "profiles")).filter((name) => name.startsWith("vmo-ra-"));
    const files = folders.flatMap((folder) =>
      readdirSync(join(project, "profiles", folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(project.length + 1)),
    );
    // What stands behind a row of another file: a manifest behind its layer, a script behind its alternative, the certificate behind UB-22.
    const behind = [
      /\/manifests\//,
      /prepare-iscsi\.sh$/,
      /certificate-authority\.crt$/,
      /vmo-ra-templates\/profile\.yaml$/,
    ];
    const missing = files.filter((file) => !named.has(file) && !behind.some((pattern) => pattern.test(file)));
    assert.deepEqual(missing, []);
  });
});
