import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { palettePart } from "./palette-part";
import { readSpecification } from "./specification";

/** The project's folder. */
const project = join(__dirname, "..", "..", "..");

/** What an operator does with a datacenter, as command lines of the engine: build it, look for drift, take it down. */
const scenario: readonly (readonly string[])[] = [
  ["up", "--yes", "--skip-preview"],
  ["preview", "--refresh", "--run-program", "--expect-no-changes"],
  ["destroy", "--yes", "--skip-preview"],
];

/**
 * Runs the engine's scenario on a lab of its own and holds every exchange with the Palette simulator, requests and 2xx answers, to Palette's own
 * description.
 *
 * @param specificationFile Swagger 2 document of the Palette API
 * @returns 0 when all agree, else 1
 * @throws Error when a step of the scenario fails
 */
export async function runPaletteConformance(specificationFile: string, print: (line: string) => void): Promise<number> {
  // Read before the minutes that the scenario takes.
  const specification = readSpecification(specificationFile);
  const folder = mkdtempSync(join(tmpdir(), "vmo-metal-conformance-"));
  const exchanges = join(folder, "exchanges.ndjson");
  const environment = {
    VMO_METAL_LAB_DIR: join(folder, "lab"),
    VMO_METAL_LAB_EXCHANGES: exchanges,
    PULUMI_STACK: "dev",
  };
  try {
    for (const step of scenario) {
      print(`pulumi ${step.join(" ")} …`);
      await run("ops/pulumi.ts", step, environment);
    }
    const { disagree } = palettePart(specification, exchanges, print);
    return disagree === 0 ? 0 : 1;
  } finally {
    await run("lab/main.ts", ["stop"], environment);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a program of the project; its output is shown only when it fails. */
async function run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, ["--require", "tsx/cjs", program, ...args], {
    cwd: project,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${output}`);
}
