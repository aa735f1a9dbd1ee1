import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientOperations } from "./client-operations";
import { coverage, coverageLines } from "./coverage";
import { readExchanges } from "./exchange";
import { palettePart } from "./palette-part";
import { readSpecification } from "./specification";

/** The project's folder. */
const project = join(__dirname, "..", "..", "..");

/** A step of the scenario: a program of the project with its command line. */
interface Step {
  readonly program: string;
  readonly args: readonly string[];
}

const engine = (...args: string[]): Step => ({ program: "ops/pulumi.ts", args });

/** What an operator does with a datacenter: check the tenant, build it, look at it, change it in every way, take it down. */
const scenario: readonly Step[] = [
  { program: "ops/doctor.ts", args: ["palette", "--quiet"] },
  engine("up", "--yes", "--skip-preview"),
  engine("preview", "--refresh", "--run-program", "--expect-no-changes"),
  { program: "ops/doctor.ts", args: ["palette", "--validate-account", "--quiet"] },
  { program: "ops/conformance/palette/live-in-lab.ts", args: [] },
  engine("destroy", "--yes", "--skip-preview"),
];

/**
 * Runs the scenario on a lab of its own and holds every exchange with the Palette simulator, requests and 2xx answers, to Palette's own description,
 * and the exchanges as a whole to the operations that our client can call.
 *
 * @param specificationFile Swagger 2 document of the Palette API
 * @returns 0 when all agree and every operation of the client is among them, else 1
 * @throws Error when a step of the scenario fails
 */
export async function runPaletteConformance(specificationFile: string, print: (line: string) => void): Promise<number> {
  // Read before the minutes that the scenario takes.
  const specification = readSpecification(specificationFile);
  const operations = clientOperations(project, "providers/palette");
  const folder = mkdtempSync(join(tmpdir(), "vmo-metal-conformance-"));
  const exchanges = join(folder, "exchanges.ndjson");
  const environment = {
    VMO_METAL_LAB_DIR: join(folder, "lab"),
    VMO_METAL_LAB_EXCHANGES: exchanges,
    PULUMI_STACK: "dev",
    // Time runs faster in the lab, so it is polled more often.
    VMO_METAL_POLL_MILLISECONDS: "500",
  };
  try {
    for (const { program, args } of scenario) {
      print(`${[program, ...args].join(" ")} …`);
      await run(program, args, environment);
    }
    const { disagree } = palettePart(specification, exchanges, print);
    const covered = coverage(operations, readExchanges(exchanges));
    for (const line of coverageLines(covered)) print(line);
    return disagree + covered.uncovered.length + covered.unknown.length === 0 ? 0 : 1;
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
