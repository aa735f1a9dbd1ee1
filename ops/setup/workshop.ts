import { existsSync } from "node:fs";
import { chmod, copyFile, readFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { goFailure, isPassing } from "./go-failure";
import type { Go } from "./go-command";
import type { Run } from "./run";

/** How often a download that failed without a refusal is tried again. */
const retries = 2;

/** What a recipe works with: a copy of its sources, a folder for what it makes, and Go. */
export class Workshop {
  /**
   * @param title   the part in words, for messages
   * @param sources a copy of the recipe's pinned module(s), free to be written to
   * @param out     empty folder; what is in it at the end is the part
   */
  constructor(
    readonly title: string,
    readonly sources: string,
    readonly out: string,
    private readonly go: Go,
    private readonly run: Run,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /**
   * `go build` of one program into the part.
   * @param build.folder  folder below {@link sources} with the go.mod
   * @param build.package import path, or `.`
   * @param build.output  path below `build.into`
   * @param build.into    folder that receives the program; default: the part
   */
  async build(build: {
    folder: string;
    package: string;
    output: string;
    ldflags: string;
    into?: string;
  }): Promise<string> {
    const output = join(build.into ?? this.out, build.output);
    await this.command(["build", "-o", output, "-ldflags", build.ldflags, build.package], build.folder);
    return output;
  }

  /** Folder with the sources of a module that the go.mod in `folder` requires, downloaded and checked against its go.sum. */
  async moduleFolder(folder: string, module: string): Promise<string> {
    const required = await readFile(join(this.sources, folder, "go.mod"), "utf8");
    const line = required.split("\n").find((text) =>
      text
        .trim()
        .replace(/^require /, "")
        .startsWith(`${module} `),
    );
    const version = line
      ?.trim()
      .replace(/^require /, "")
      .split(" ")[1];
    if (version === undefined) throw new Error(`${folder}/go.mod does not require ${module}`);
    const answer = await this.command(["mod", "download", "-json", `${module}@${version}`], folder);
    return (JSON.parse(answer) as { Dir: string }).Dir;
  }

  /** Copies files of a module that the go.mod in `folder` requires into `to`, with this file mode (Go's cache makes all read-only). */
  async copyFromModule(
    folder: string,
    copies: { module: string; folder: string; files: readonly string[] },
    to: string,
    mode: number,
  ): Promise<void> {
    const from = join(await this.moduleFolder(folder, copies.module), copies.folder);
    for (const file of copies.files) {
      await copyFile(join(from, file), join(to, file));
      await chmod(join(to, file), mode);
    }
  }

  /** Runs a program that was just built, with Go on its PATH. */
  async execute(program: string, args: readonly string[], folder: string): Promise<void> {
    const result = await this.run(program, args, {
      folder: join(this.sources, folder),
      environment: this.goEnvironment(),
    });
    if (result.code !== 0) throw this.failure(`${result.stdout}\n${result.stderr}`);
  }

  private async command(args: readonly string[], folder: string): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      const result = await this.run(this.go.bin, args, {
        folder: join(this.sources, folder),
        environment: this.goEnvironment(),
      });
      if (result.code === 0) return result.stdout;
      const output = `${result.stderr}\n${result.stdout}`;
      if (attempt >= retries || !isPassing(output)) throw this.failure(output);
    }
  }

  private failure(output: string): Error {
    return goFailure(`${this.title} could not be built`, output);
  }

  /**
   * The user's Go settings (proxy, caches, toolchain) with what makes the builds alike everywhere: the pinned versions and nothing
   * else, no C compiler, no paths of this machine in the programs.
   */
  private goEnvironment(): NodeJS.ProcessEnv {
    const flags = [this.environment["GOFLAGS"] ?? "", "-mod=readonly", "-trimpath", "-buildvcs=false"];
    return {
      ...this.environment,
      CGO_ENABLED: "0",
      GOWORK: "off",
      GOFLAGS: flags.filter((flag) => flag !== "").join(" "),
      PATH: [dirname(this.go.bin), this.environment["PATH"] ?? ""].join(delimiter),
    };
  }
}

/** Whether all of a part's files are there. */
export function isComplete(folder: string, files: readonly string[]): boolean {
  return files.every((file) => existsSync(join(folder, file)));
}
