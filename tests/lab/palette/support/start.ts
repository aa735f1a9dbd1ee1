import { startPaletteSimulator } from "../../../../lab/palette";
import type { PaletteSimulator, PaletteSimulatorOptions } from "../../../../lab/palette";
import { MemoryPlatform } from "./memory-platform";
import { PaletteClient } from "./palette-client";

/** A simulator with a client and a platform in memory; time runs so fast that a cluster takes a second or two. */
export async function startTestPalette(options: Partial<PaletteSimulatorOptions> = {}): Promise<{
  simulator: PaletteSimulator;
  client: PaletteClient;
  platform: MemoryPlatform;
}> {
  const platform = new MemoryPlatform();
  const simulator = await startPaletteSimulator({ platform, timeScale: 2000, rateLimits: false, ...options });
  return { simulator, client: new PaletteClient(simulator), platform };
}
