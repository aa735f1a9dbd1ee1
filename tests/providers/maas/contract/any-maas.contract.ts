import { randomBytes } from "node:crypto";
import { maasUrl } from "../../../../providers/maas/url";
import { describeHost } from "./host-suite";
import { Names } from "./kind-case";
import { describeKinds } from "./kinds-suite";

/**
 * The contract on any MAAS: `MAAS_URL=… MAAS_API_KEY=… [MAAS_TEST_MACHINE=hostname] npm run contract:maas`. Everything that it makes has
 * a name of its own and is removed again; the setting kernel_opts and the default domain are changed for a moment and put back.
 */
const { MAAS_URL: url, MAAS_API_KEY: apiKey, MAAS_TEST_MACHINE: hostname } = process.env;
if (url === undefined || apiKey === undefined) {
  throw new Error(
    "Set MAAS_URL (e.g. http://maas.example.test:5240/MAAS) and MAAS_API_KEY; MAAS_TEST_MACHINE names a Ready machine.",
  );
}

describe("the MAAS contract", function () {
  // A genuine region takes close to a second for a write, and minutes when it is busy.
  this.timeout(600_000);
  const target = { url: maasUrl(url), apiKey };
  const names = new Names(`vmo-${randomBytes(3).toString("hex")}`);
  describeKinds(() => target, names);
  if (hostname === undefined) it("of hosts is left out: MAAS_TEST_MACHINE is not set", () => undefined);
  else describe(`host ${hostname}`, () => describeHost(() => target, names, hostname));
});
