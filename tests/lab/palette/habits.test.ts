import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { habitsText } from "../../../lab/commands/more";
import { listHabits, withHabit } from "../../../lab/palette/habits";
import { resolveMacros } from "../../../lab/palette/profiles/macros";

describe("habits of the simulated Palette", () => {
  it("every habit has a default, another value, and what is known of the real service", () => {
    for (const habit of listHabits({})) {
      assert.ok(habit.values.length >= 2, habit.name);
      assert.equal(habit.value, habit.values[0], habit.name);
      assert.notEqual(habit.description, "", habit.name);
      assert.notEqual(habit.evidence, "undefined", habit.name);
    }
  });

  it("docs/lab.md has a row for every habit with its values, what it does and its evidence", () => {
    const page = readFileSync(join(__dirname, "../../../docs/lab.md"), "utf8");
    for (const { name, values, description, evidence } of listHabits({})) {
      const listed = values.map((value) => `\`${value}\``).join(", ");
      assert.ok(page.includes(`| \`${name}\` | ${listed} | ${description} | ${evidence} |`), name);
    }
  });

  it("switching one leaves the others as they are", () => {
    const on = withHabit({ "os-tags": "plain" }, "deleted-machines", "kept");
    assert.equal(on["os-tags"], "plain");
    assert.equal(on["deleted-machines"], "kept");
    assert.equal(on["can-be-applied"], "true");
  });

  it("an unknown name and an unknown value are refused with the known ones", () => {
    assert.throws(
      () => withHabit({}, "os-tag", "plain"),
      /no habit os-tag; there are quoted-variables, can-be-applied/,
    );
    assert.throws(() => withHabit({}, "os-tags", "24.04"), /os-tags is one of lts, plain, not "24.04"/);
  });

  it("palette-habit lists one habit a line, with the other values", () => {
    assert.match(habitsText(listHabits({ "os-tags": "plain" })), /^os-tags=plain \(or lts\): how the registry spells/m);
  });

  it("quotes around a whole variable are stripped where the habit says so, others are kept", () => {
    const text = `a: '{{.spectro.var.n}}'\nb: "{{ .spectro.var.n }}"\nc: 'x{{.spectro.var.n}}'\nd: '{{.spectro.system.s}}'`;
    const values = { variables: new Map([["n", "3"]]), macros: new Map(), system: new Map([["s", "1"]]) };
    assert.equal(resolveMacros(text, { ...values, quotes: "kept" }), `a: '3'\nb: "3"\nc: 'x3'\nd: '1'`);
    assert.equal(resolveMacros(text, { ...values, quotes: "stripped" }), `a: 3\nb: 3\nc: 'x3'\nd: '1'`);
  });
});
