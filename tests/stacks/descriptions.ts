import assert from "node:assert/strict";
import type { Datacenter } from "../../stacks/description/datacenter";
import { formatProblems } from "../../stacks/description/problem";
import { readDatacenter } from "../../stacks/description/read-datacenter";

/** A tree of settings. */
export interface Settings {
  [key: string]: unknown;
}

/** A description with only what has no default, and nothing in it that the preflight would find. */
export function minimalDescription(): Settings {
  return {
    name: "dc1",
    maas: { url: "http://maas.example.com:5240/MAAS" },
    palette: { url: "https://palette.example.com", project: "vmo", gateway: "dc1-gateway" },
    domain: "metal.example.com",
    hosts: { "control-plane": { machines: "cp-[1-4]" }, "worker-pool": { machines: "worker-[1-6]" } },
    storage: { flashArrays: [{ managementEndpoint: "172.16.200.50" }] },
    virtualization: {
      images: {
        "dv-windows-2022": {
          url: "https://images.example.com/windows-2022.qcow2",
          checksum: `sha256:${"0".repeat(64)}`,
        },
      },
    },
  };
}

/** The description with parts replaced; objects are merged, everything else (lists too) replaces what was there. */
export function withSettings(changes: Settings, base: Settings = minimalDescription()): Settings {
  const merged: Settings = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const former = merged[key];
    merged[key] = isSettings(value) && isSettings(former) ? withSettings(value, former) : value;
  }
  return merged;
}

/** The datacenter of the minimal description with parts replaced; fails the test when it cannot be read. */
export function datacenterWith(changes: Settings = {}): Datacenter {
  const reading = readDatacenter(withSettings(changes));
  assert.ok(reading.ok, reading.ok ? "" : formatProblems(reading.problems));
  return reading.datacenter;
}

/** The problems of the minimal description with parts replaced, as lines `path: message`. */
export function problemsOf(changes: Settings): string[] {
  const reading = readDatacenter(withSettings(changes));
  return reading.ok ? [] : reading.problems.map(({ path, message }) => `${path}: ${message}`);
}

function isSettings(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
