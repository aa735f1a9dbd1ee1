// Entered by the one line that resources keep in their state (providers/dynamic/resource.ts). It runs in Pulumi's
// dynamic-provider process, which knows no TypeScript, hence this file and the loader that it registers.
require("tsx/cjs");

/** Answers the provider of a kind such as "maas:ResourcePool". */
module.exports = (kind) => require("./registry").provider(kind);
