import assert from "node:assert/strict";
import fc from "fast-check";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { machineKind } from "../../../providers/maas/machine";
import { anySpoil, type Spoil } from "../http/spoil";
import { type SpoilingProxy, spoilingProxy } from "../http/spoiling-proxy";
import type { SomeKind } from "./contract/kind-case";
import { makeSite } from "./hosts";
import { Command, type Kept, region } from "./region";
import { spoiledKinds } from "./spoiled-kinds";

/** Each leaf of a document with its path, list positions left out. */
function lines(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [`${path} = ${JSON.stringify(value)}`];
  if (Array.isArray(value)) return value.flatMap((item) => lines(item, `${path}[]`));
  return Object.entries(value).flatMap(([key, item]) => lines(item, `${path}.${key}`));
}

/** Fails with what one list has and the other does not. */
function assertSame(actual: readonly string[], expected: readonly string[], when: string): void {
  const without = (list: readonly string[], other: readonly string[]): string[] => {
    const rest = [...other];
    return list.filter((line) => {
      const index = rest.indexOf(line);
      if (index >= 0) rest.splice(index, 1);
      return index < 0;
    });
  };
  assert.deepEqual(
    { missing: without(expected, actual), extra: without(actual, expected) },
    { missing: [], extra: [] },
    when,
  );
}

/** What the engine records of a resource whose create or update failed; undefined when it records nothing. */
function recorded(failure: unknown): Kept | undefined {
  const { id, properties } = failure as { id?: string; properties?: PlainObject };
  return id === undefined || properties === undefined ? undefined : { id, state: properties };
}

describe("Spoiled answers to writes (simulated MAAS)", function () {
  this.timeout(120_000);
  const maas = region();
  let proxy: SpoilingProxy;
  let machine: Kept;
  const command = (): Command => new Command({ url: `${proxy.url}/MAAS`, apiKey: maas.simulator.apiKey });

  before(async () => {
    proxy = await spoilingProxy(new URL(maas.simulator.url).origin);
  });
  after(() => proxy.close());

  /** Prepares what a kind stands on: the site and all kinds before it. */
  async function prepare(index: number): Promise<void> {
    maas.simulator.reset();
    await makeSite(command());
    machine = await command().up(machineKind, { find: { hostname: "worker-1" } });
    for (const { kind, args } of spoiledKinds.slice(0, index)) await command().up(kind, args(machine));
  }

  /**
   * Site and machines as MAAS has them: without ids, times and the numbers in names, which differ when an object is made again. MAAS keeps
   * the addresses of a DNS record that is gone until their subnet goes; and a fabric that MAAS names cannot be marked, so that an empty one
   * can stay behind a lost answer (docs/maas-resources.md).
   */
  const standing = (): string[] => {
    const { site, machines } = maas.simulator.dump();
    const used = new Set([
      ...machines.flatMap(({ interfaces }) => interfaces.map(({ vlanId }) => vlanId)),
      ...site.subnets.map(({ vlanId }) => vlanId),
    ]);
    const vlans = site.vlans.filter(({ id, vid }) => vid !== 0 || used.has(id));
    const fabrics = site.fabrics.filter(
      ({ id, name }) => !/^fabric-/.test(name) || vlans.some((vlan) => vlan.fabricId === id),
    );
    const fields = JSON.parse(
      JSON.stringify({ site: { ...site, vlans, fabrics }, machines }, (key, value: unknown) => {
        if (key === "reservedAddresses") return undefined;
        if (/^(id|.*Id|.*Ids|uuid|parents|children|updated|created|nextIds?|log|events?)$/.test(key)) return undefined;
        return typeof value === "string" && /^fabric-\d+$/.test(value) ? "fabric" : value;
      }),
    ) as unknown;
    return lines(fields).sort();
  };

  /** Does something while the answer to its nth write is spoiled; whether it failed, and what the engine then records. */
  async function whileSpoiled(
    spoil: Spoil,
    only: number,
    work: () => Promise<Kept | void>,
  ): Promise<{ failed: boolean; kept?: Kept | undefined }> {
    proxy.spoil(spoil, { of: "writes", only });
    try {
      const kept = await work();
      return { failed: false, ...(kept === undefined ? {} : { kept }) };
    } catch (failure) {
      assert.ok(failure instanceof Error);
      assert.doesNotMatch(failure.name, /TypeError|RangeError|AssertionError|ZodError/, failure.stack);
      return { failed: true, kept: recorded(failure) };
    } finally {
      proxy.spoil(undefined);
    }
  }

  /** Runs a create or an update until it ends well: once spoiled, then once with good answers, as the next run does. */
  async function twice(kind: SomeKind, spoil: Spoil, only: number, args: PlainObject, from?: Kept): Promise<Kept> {
    const work = (known: Kept | undefined): Promise<Kept> =>
      known === undefined ? command().up(kind, args) : command().update(kind, known, args);
    const first = await whileSpoiled(spoil, only, () => work(from));
    if (!first.failed) return first.kept ?? assert.fail();
    return work(first.kept ?? from);
  }

  spoiledKinds.forEach(({ kind, args, change }, index) => {
    const number = spoiledKinds.slice(0, index).filter((other) => other.kind === kind).length;
    it(`lose and double nothing: ${kind.kind}${number === 0 ? "" : ` ${number + 1}`}`, async () => {
      await prepare(index);
      const described = args(machine);
      const changed = { ...described, ...change };
      const good = await command().up(kind, described);
      const created = standing();
      const goodChanged = await command().update(kind, good, changed);
      const updated = standing();
      await command().destroy(kind, goodChanged);
      const removed = standing();
      await fc.assert(
        fc.asyncProperty(anySpoil, fc.nat(2), async (spoil, only) => {
          assertSame(standing(), removed, "before");
          const kept = await twice(kind, spoil, only, described);
          assertSame(standing(), created, "after the creation");
          const after = await twice(kind, spoil, only, changed, kept);
          assertSame(standing(), updated, "after the update");
          const seen = await command().refresh(kind, after);
          assert.ok(seen);
          assert.equal((await command().diff(kind, seen, changed)).changes, false);
          const end = await whileSpoiled(spoil, only, () => command().destroy(kind, after));
          if (end.failed) await command().destroy(kind, after);
          assertSame(standing(), removed, "after the destroy");
        }),
        { numRuns: 6, endOnFailure: true },
      );
    });
  });
});
