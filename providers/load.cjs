// Entered by the one line that resources keep in their state (providers/dynamic/resource.ts). It runs in Pulumi's
// dynamic-provider process, which knows no TypeScript, hence this file and the loader that it registers.
require("tsx/cjs");

// When the engine is killed, this process is left behind with nobody to write to. It must not go on acting beside the next run (and
// Pulumi's handler of uncaught errors would write the failure to write without end).
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (failure) => {
    if (failure.code === "EPIPE") process.exit(1);
  });
}

/** Answers the provider of a kind such as "maas:ResourcePool". */
module.exports = (kind) => require("./registry").provider(kind);
