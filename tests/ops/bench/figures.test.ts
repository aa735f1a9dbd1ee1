import assert from "node:assert/strict";
import { maasTable, metalOnly } from "../../../ops/bench/maas-bench";
import { paletteCommand } from "../../../ops/bench/palette-bench";
import { readProcesses, treeKibibytes } from "../../../ops/bench/peak-memory";
import { busiestSecond, operationName, requestFigures } from "../../../ops/bench/request-figures";
import { readDatacenter } from "../../../stacks/description/read-datacenter";

const request = (method: string, startedAt: number, endedAt: number, path = "/v1/projects") => ({
  method,
  path,
  startedAt,
  endedAt,
});

describe("requestFigures", () => {
  it("tells reads from writes and counts time that overlaps once", () => {
    const requests = [request("GET", 0, 1000), request("PUT", 500, 1500), request("GET", 3000, 3500)];
    assert.deepEqual(requestFigures({ inFlightHighWaterMark: 2, requests }), {
      requests: 3,
      reads: 2,
      writes: 1,
      inFlight: 2,
      secondsInServer: 2,
      operations: {
        "GET /v1/projects": { requests: 2, seconds: 1.5 },
        "PUT /v1/projects": { requests: 1, seconds: 1 },
      },
    });
  });

  it("names operations without the objects that they are done to", () => {
    const names = [
      { method: "POST", path: "/MAAS/api/2.0/nodes/abc123/interfaces/", operation: "create_bond" },
      { method: "PUT", path: "/MAAS/api/2.0/nodes/abc123/interfaces/77/" },
      { method: "GET", path: "/MAAS/api/2.0/machines/" },
      { method: "GET", path: "/MAAS/api/2.0/machines/abc123/" },
      { method: "PUT", path: "/MAAS/api/2.0/resourcepool/3/" },
      { method: "POST", path: "/MAAS/api/2.0/fabrics/0/vlans/" },
      { method: "GET", path: "/MAAS/api/2.0/maas/", operation: "get_config" },
    ].map((one) => operationName({ ...one, startedAt: 0 }));
    assert.deepEqual(names, [
      "POST nodes/*/interfaces/ create_bond",
      "PUT nodes/*/interfaces/*/",
      "GET machines/",
      "GET machines/*/",
      "PUT resourcepool/*/",
      "POST fabrics/*/vlans/",
      "GET maas/ get_config",
    ]);
  });
});

describe("maasTable", () => {
  it("shows a line for each command, and where its time went", () => {
    const command = {
      ...requestFigures({ inFlightHighWaterMark: 3, requests: [request("GET", 0, 2500, "/MAAS/api/2.0/machines/")] }),
      seconds: 12,
      peakMemoryMebibytes: 500,
    };
    const text = maasTable({ 8: { hosts: 12, up: command, refresh: command, stateBytes: 204_800 } });
    assert.match(text, /^8 +12 +first up +1 +1 +0 +3 +12 +2\.5 +500 +200 KiB of state$/m);
    assert.match(text, /^8 workers, refresh: 2\.5 s with MAAS at work, 9\.5 s in the engine and the program$/m);
    assert.match(text, /^ +2\.5 s +1 {2}GET machines\/$/m);
  });
});

describe("busiestSecond", () => {
  it("looks at every second, not at those of the clock", () => {
    assert.equal(busiestSecond([0, 900, 1100, 1200, 1899, 3000].map((at) => request("GET", at, at))), 4);
    assert.equal(busiestSecond([]), 0);
  });
});

describe("paletteCommand", () => {
  it("counts operations, the most frequent first, and holds them against Palette's limits", () => {
    const figures = paletteCommand(
      [
        request("GET", 0, 1, "/v1/projects/1"),
        request("GET", 1, 2, "/v1/spectroclusters/1"),
        request("GET", 2, 3, "/v1/spectroclusters/1"),
      ],
      1,
    );
    assert.deepEqual(Object.entries(figures.operations), [
      ["GET /v1/spectroclusters/1", 2],
      ["GET /v1/projects/1", 1],
    ]);
    assert.deepEqual(
      figures.limits.map(({ busiestSecond: most, perSecond }) => [most, perSecond]),
      [
        [1, 10],
        [2, 50],
      ],
    );
  });
});

describe("treeKibibytes", () => {
  it("adds up a process and all that it has started", () => {
    const processes = readProcesses("  1 0 10\n 2 1 20\n 3 2 30\n 4 0 40\n");
    assert.equal(treeKibibytes(processes, 1), 60);
  });
});

describe("metalOnly", () => {
  it("gives a description without a cluster, with so many workers", () => {
    const description = metalOnly(
      {
        name: "dev",
        domain: "metal.example.test",
        maas: { url: "http://maas.example.test:5240/MAAS" },
        palette: { url: "https://palette.example.test", project: "vmo", gateway: "gateway" },
        cluster: { workers: [{ size: 5 }] },
        hosts: {},
      },
      64,
    );
    const reading = readDatacenter(description);
    assert.ok(reading.ok);
    assert.equal(reading.datacenter.cluster, null);
    assert.equal(reading.datacenter.hostGroups.flatMap(({ hosts }) => hosts).length, 68);
  });
});
