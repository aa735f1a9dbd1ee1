import { randomBytes, randomInt } from "node:crypto";
import { isNetwork, networksOverlap } from "../../../../addressing/network";
import { messageOf } from "../../../../providers/dynamic/errors";
import type { MaasClient } from "../../../../providers/maas/client/client";
import { maasUrl } from "../../../../providers/maas/url";
import { describeAdoption } from "./adoption-suite";
import { describeHost } from "./host-suite";
import { Names, freeBlocks } from "./kind-case";
import { describeKinds } from "./kinds-suite";
import { removeLeftovers } from "./leftovers";
import { putBack, standingOf } from "./standing";
import { type Target, stranger } from "./target";

/**
 * The contract on any MAAS: `MAAS_URL=… MAAS_API_KEY=… [MAAS_TEST_MACHINE=hostname] npm run contract:maas`; docs/contract-tests.md says what
 * it does. Mocha waits (`--delay`) until the region was looked at.
 */
async function prepare(): Promise<void> {
  const { MAAS_URL: url, MAAS_API_KEY: apiKey, MAAS_TEST_MACHINE: hostname } = process.env;
  if (!url || !apiKey) {
    throw new Error(
      "Set MAAS_URL (e.g. http://maas.example.test:5240/MAAS) and MAAS_API_KEY (of an administrator); MAAS_TEST_MACHINE may name a Ready machine.",
    );
  }
  const prefix = `vmo-${randomBytes(3).toString("hex")}`;
  const target: Target = { url: maasUrl(url), apiKey, datacenter: prefix };
  const client = stranger(target);
  const { version } = await client.ready();
  const names = new Names(prefix, await freeBlock(client));
  const before_ = await standingOf(client);
  console.log(`MAAS ${version} at ${target.url}: everything made is called ${prefix}-… and lies in ${names.block}`);

  let stopped = false;
  const stop = (): void => {
    if (stopped) {
      console.error(`stopped at once: what is called ${prefix}-… may be left in MAAS`);
      process.exit(130);
    }
    stopped = true;
    process.once("exit", () => (process.exitCode = 130));
    console.error("stopping: the present test is finished and cleaned up after; again to stop at once");
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);

  describe("the MAAS contract", function () {
    // A genuine region takes close to a second for a write, and minutes when it is busy.
    this.timeout(600_000);
    beforeEach(function () {
      if (stopped) this.skip();
    });
    after("removes what is left", async () => {
      const left = [...(await putBack(stranger(target), before_)), ...(await removeLeftovers(stranger(target), names))];
      for (const what of left) console.log(`      put right at the end: ${what}`);
    });
    describeKinds(() => target, names);
    describeAdoption(() => target, names);
    if (hostname === undefined) {
      it("of hosts is left out: MAAS_TEST_MACHINE is not set", function () {
        this.skip();
      });
    } else describe(`host ${hostname}`, () => describeHost(() => target, names, hostname));
  });
}

/** Addresses that overlap no subnet of the region. */
async function freeBlock(client: MaasClient): Promise<string> {
  const taken = (await client.subnets.list()).map(({ cidr }) => cidr).filter(isNetwork);
  const free = freeBlocks.filter((block) => !taken.some((cidr) => networksOverlap(block, cidr)));
  const block = free[randomInt(Math.max(1, free.length))];
  if (block === undefined) throw new Error("MAAS has subnets all over 198.18.0.0/15, which is set apart for tests");
  return block;
}

prepare().then(run, (failure: unknown) => {
  console.error(messageOf(failure));
  process.exit(1);
});
