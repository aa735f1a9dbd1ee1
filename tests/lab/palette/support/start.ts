import { startPaletteSimulator } from "../../../../lab/palette";
import type { PaletteSimulator, PaletteSimulatorOptions } from "../../../../lab/palette";
import { MaasStandIn } from "./maas-stand-in";
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

/** A simulator beside a MAAS that it may deploy to, and what stops both. */
export async function startTestSite(options: Partial<PaletteSimulatorOptions> = {}) {
  const maas = await MaasStandIn.start();
  const started = await startTestPalette(options);
  const stop = async (): Promise<void> => {
    await started.simulator.close();
    await maas.close();
  };
  return { maas, ...started, stop };
}
