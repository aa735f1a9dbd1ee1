import assert from "node:assert/strict";
import { duration, expectedSeconds, withProgress } from "../../../ops/setup/progress";
import { inventory } from "../../../ops/setup/main";

describe("duration", () => {
  it("says seconds as people do", () => {
    assert.deepEqual([0.4, 8, 59.6, 60, 185, 600, 605, 3661].map(duration), [
      "0 s",
      "8 s",
      "1 min",
      "1 min",
      "3 min 5 s",
      "10 min",
      "10 min",
      "61 min",
    ]);
  });
});

describe("expectedSeconds", () => {
  it("halves with twice the cores, up to eight", () => {
    assert.deepEqual(
      [1, 2, 4, 8, 64].map((cores) => expectedSeconds(80, cores)),
      [160, 80, 40, 20, 20],
    );
  });
});

describe("withProgress", () => {
  const what = { title: "etcd 3.5.16", expected: 30, how: "built" } as const;

  it("says what starts and how long it may take, then how long it took", async () => {
    const lines: string[] = [];
    const progress = {
      say: (line: string): void => {
        lines.push(line);
      },
    };
    assert.equal(await withProgress(progress, what, () => Promise.resolve(1)), 1);
    assert.equal(lines[0], "etcd 3.5.16: being built, about 30 s …");
    assert.match(lines[1] ?? "", /^etcd 3\.5\.16: built in \d+ s$/);
    await assert.rejects(
      withProgress(progress, what, () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(lines.length, 3);
  });
});

describe("inventory", () => {
  it("lists what came from where, with the home folder as ~", () => {
    const etcd = {
      part: "etcd",
      value: "",
      title: "etcd 3.5.16",
      origin: "built",
      path: "/home/me/.cache/etcd",
    } as const;
    const crds = { part: "crds", value: "", title: "CRDs", origin: "VMO_METAL_CRDS", path: "/srv/crds" } as const;
    assert.equal(
      inventory([etcd, crds], "/home/me"),
      [
        "Toolchain ready:",
        "  etcd 3.5.16  built           ~/.cache/etcd",
        "  CRDs         VMO_METAL_CRDS  /srv/crds",
      ].join("\n"),
    );
  });
});
