import assert from "node:assert/strict";
import fc from "fast-check";
import { cronProblem } from "../../model/cron";

describe("model/cron", () => {
  it("takes numbers, names, lists, ranges and steps within their bounds", () => {
    for (const text of [
      ...["0 3 * * SUN", "*/15 0-6 1,15 * *", "0 0 29 2 *", "59 23 31 12 6", "0 0 * JAN-MAR mon-fri", "5/10 * * * *"],
      ...["0 0 31 2 MON", "0 0 1-7 * 1", "00 03 * * 0"],
    ])
      assert.equal(cronProblem(text), undefined, text);
  });

  it("refuses numbers out of bounds, with the field and what it takes", () => {
    assert.match(cronProblem("99 99 99 99 99") ?? "", /^has "99" for the minute: write \*, 0 to 59/);
    assert.match(cronProblem("0 24 * * *") ?? "", /for the hour/);
    assert.match(cronProblem("0 0 0 * *") ?? "", /for the day of the month: write \*, 1 to 31/);
    assert.match(cronProblem("0 0 * 13 *") ?? "", /for the month: .*JAN/);
    assert.match(cronProblem("0 0 * * 7") ?? "", /for the day of the week: .*0 to 6 or SUN/);
  });

  it("refuses what is no cron expression of five fields, and what never comes true", () => {
    for (const text of [
      "",
      "* * * *",
      "* * * * * *",
      "@daily",
      "0  3 * * *",
      "0 3 * * *\n",
      "5-1 * * * *",
      "*/0 * * * *",
      "a * * * *",
    ])
      assert.notEqual(cronProblem(text), undefined, text);
    for (const text of ["0 0 31 2 *", "0 0 31 4,6,9,11 *", "0 0 30-31 FEB *"])
      assert.match(cronProblem(text) ?? "", /never comes true/, text);
  });

  it("ends for any text", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[-*,/0-9A-Z ]{0,40}$/), (text) => {
        assert.ok(["undefined", "string"].includes(typeof cronProblem(text)));
      }),
    );
  });
});
