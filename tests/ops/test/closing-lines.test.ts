import assert from "node:assert/strict";
import { closingLines } from "../../../ops/test/closing-lines";

describe("closingLines", () => {
  it("ends with the sums of all steps", () => {
    const text = closingLines([
      { name: "lint", seconds: 9.6, counts: { passed: 1, failed: 0, skipped: 0 } },
      { name: "engine", seconds: 125, counts: { passed: 4, failed: 2, skipped: 3 } },
    ]);
    assert.deepEqual(text.split("\n"), [
      "ok      lint    1 passed, 0 failed, 0 skipped  (10 s)",
      "FAILED  engine  4 passed, 2 failed, 3 skipped  (2 min 5 s)",
      "5 passed, 2 failed, 3 skipped",
    ]);
  });
});
