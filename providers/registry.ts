import { maasMetalView } from "./diagnosis/maas-metal-view";
import type { ServedProvider } from "./dynamic/serve";
import { maasProviders } from "./maas/kinds";
import { paletteProviders } from "./palette/kinds";
import { virtualizationProviders } from "./virtualization/kinds";

const providers: Readonly<Record<string, ServedProvider>> = {
  ...maasProviders,
  ...paletteProviders(maasMetalView),
  ...virtualizationProviders,
};

/** Every kind that this version serves, e.g. `maas:ResourcePool`. */
export const servedKinds: readonly string[] = Object.keys(providers);

/**
 * The provider of a kind, e.g. `maas:ResourcePool`; one instance per process.
 *
 * @throws Error for a kind that this version does not know (state written by a newer one).
 */
export function provider(kind: string): ServedProvider {
  const found = providers[kind];
  if (found === undefined) throw new Error(`This version of vmo-metal knows no resource kind ${kind}; use a newer one`);
  return found;
}
