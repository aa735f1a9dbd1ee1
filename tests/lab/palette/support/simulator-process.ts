import { startPaletteSimulator } from "../../../../lab/palette";
import { MemoryPlatform } from "./memory-platform";

/** A simulator in a process of its own, to be killed: `<state file> <API key>`; prints its address as JSON. */
async function main([stateFile, apiKey]: string[]): Promise<void> {
  const simulator = await startPaletteSimulator({
    platform: new MemoryPlatform(),
    stateFile: stateFile ?? "",
    apiKey: apiKey ?? "",
    timeScale: 2000,
    rateLimits: false,
  });
  const { url, projectUid } = simulator;
  process.stdout.write(`${JSON.stringify({ url, apiKey, projectUid })}\n`);
}

void main(process.argv.slice(2));
