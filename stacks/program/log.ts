import * as pulumi from "@pulumi/pulumi";
import { visible } from "../../text/visible";

type Write = (message: string) => Promise<void>;

/**
 * The program's log: the engine's, with control characters written out, because names and texts come from MAAS, Palette, Kubernetes and the description
 * and must not act on the reader's terminal. All of the program logs through it.
 */
export const log: Readonly<Record<"debug" | "info" | "warn" | "error", Write>> = {
  debug: (message) => pulumi.log.debug(visible(message)),
  info: (message) => pulumi.log.info(visible(message)),
  warn: (message) => pulumi.log.warn(visible(message)),
  error: (message) => pulumi.log.error(visible(message)),
};
