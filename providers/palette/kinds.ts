import type { ServedProvider } from "../dynamic/serve";

/** Every kind of Palette resource, by its name. */
export const paletteProviders: Readonly<Record<string, ServedProvider>> = {};
