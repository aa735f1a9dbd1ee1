import assert from "node:assert/strict";
import fc from "fast-check";
import { ApiError, InputError } from "../../../providers/dynamic/errors";
import { cloudAccountKind } from "../../../providers/palette/cloud-account";
import { clusterProfileKind } from "../../../providers/palette/cluster-profile";
import { clusterKind } from "../../../providers/palette/cluster/cluster-kind";
import { kubeconfigKind } from "../../../providers/palette/kubeconfig";
import { anySpoil } from "../http/spoil";
import { type SpoilingProxy, spoilingProxy } from "../http/spoiling-proxy";
import type { PlainObject } from "../../../providers/dynamic/plain";
import { accountArgs, clusterArgs, prepareMaas, prepareTenant } from "./cluster-site";
import { coreArgs, infraArgs } from "./profile-args";
import { type AnyKind, Command, type Kept, tenant } from "./tenant";

/** A resource whose answers are spoiled, and what the engine asks of its kind. */
interface Spoiled {
  readonly kind: string;
  readonly kept: Kept;
  readonly refresh: (command: Command, kept: Kept) => Promise<Kept | undefined>;
  /** Properties whose difference from the description would replace the resource. */
  readonly replaces: (command: Command, kept: Kept) => Promise<readonly string[]>;
}

function spoiled<In extends object, Out extends object>(
  kind: AnyKind<In, Out>,
  kept: Kept,
  args: PlainObject,
): Spoiled {
  return {
    kind: kind.kind,
    kept,
    refresh: (command, from) => command.refresh(kind, from),
    replaces: async (command, from) => (await command.diff(kind, from, args)).replaces ?? [],
  };
}

/** Searches are POST requests that read. */
const isSearch = /\/(search|filters|packs\/search|dashboard\/[a-z/]+)(\?|$)/;

describe("Spoiled answers of Palette (simulated Palette and MAAS)", function () {
  this.timeout(120_000);
  const site = tenant();
  const made: Spoiled[] = [];
  let proxy: SpoilingProxy;
  const command = (): Command => new Command(site.palette, { url: proxy.url });

  before(async () => {
    proxy = await spoilingProxy(new URL(site.palette.url).origin, isSearch);
    await prepareMaas(site.maas);
    const { account, infra, core } = await prepareTenant({ ...site, command });
    const cluster = await command().up(clusterKind(), clusterArgs());
    const kubeconfig = await command().up(kubeconfigKind, { cluster: cluster.id });
    const all = [
      spoiled(cloudAccountKind, account, accountArgs(site)),
      spoiled(clusterProfileKind, infra, infraArgs()),
      spoiled(clusterProfileKind, core, coreArgs()),
      spoiled(clusterKind(), cluster, clusterArgs()),
      spoiled(kubeconfigKind, kubeconfig, { cluster: cluster.id }),
    ];
    for (const each of all) {
      const seen = await each.refresh(command(), each.kept);
      assert.ok(seen, each.kind);
      made.push({ ...each, kept: seen });
    }
  });
  after(() => proxy.close());

  it("never make an object count as gone, never crash, never replace it, and never cause a write", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(made.length - 1), anySpoil, fc.option(fc.nat(6)), async (index, spoil, only) => {
        const { kind, kept, refresh, replaces } = made[index] ?? assert.fail("no such kind");
        proxy.spoil(spoil, only === null ? {} : { only });
        try {
          const found = await refresh(command(), kept);
          assert.ok(found, `${kind} counts as gone`);
          proxy.spoil(undefined);
          assert.deepEqual(await replaces(command(), found), [], kind);
        } catch (failure) {
          if (!(failure instanceof ApiError || failure instanceof InputError)) throw failure;
        } finally {
          assert.deepEqual(proxy.writes, []);
          proxy.spoil(undefined);
        }
      }),
      { numRuns: 150 },
    );
  });
});
