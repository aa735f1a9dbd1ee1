import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const folder = join(__dirname, "..", "snapshots");

/** What is another one in every run, and what stands for it in a snapshot. */
const changing: readonly (readonly [RegExp, string])[] = [
  [/127\.0\.0\.1:(?!1\/)\d+/g, "127.0.0.1:PORT"],
  [/\S*vmo-metal-engine-\w+/g, "FOLDER"],
  [/\((?=[a-z0-9]*\d)[a-z0-9]{6}\)/g, "(SYSTEM-ID)"],
  [/\([a-z0-9]{6}(?=, [A-Z][a-z]+\))/g, "(SYSTEM-ID"],
  // The look-ups go side by side: whichever is answered first is told.
  [/\/api\/2\.0\/[a-z-]+\/(\?op=whoami)?/g, "/api/2.0/LOOK-UP/"],
  [/trace [0-9a-f]{32}/g, "trace TRACE"],
  [/[ \t]+$/gm, ""],
];

/** What the engine told under "Diagnostics:", without what changes from run to run. */
export function diagnosticsOf(output: string): string {
  const [, found = output] = /^Diagnostics:\n(.*?)^Resources:/ms.exec(output) ?? [];
  return changing.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), found).trim();
}

/**
 * Fails unless a text is the committed one, tests/engine/snapshots/<name>.txt. With UPDATE_SNAPSHOTS=1 in the environment it is written
 * instead: read the difference before you commit it.
 */
export function assertSnapshot(name: string, text: string): void {
  const path = join(folder, `${name}.txt`);
  if (process.env["UPDATE_SNAPSHOTS"] === "1") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${text}\n`);
    return;
  }
  assert.ok(existsSync(path), `there is no ${path}; run the test with UPDATE_SNAPSHOTS=1 and read it`);
  assert.equal(`${text}\n`, readFileSync(path, "utf8"), `it is not what tests/engine/snapshots/${name}.txt has`);
}
