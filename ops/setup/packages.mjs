// Installs the npm packages when the lockfile is new, then runs the toolchain step. Plain Node.js without packages, because there may
// be none yet.
//
//   node ops/setup/packages.mjs [--packages-only] [--quiet] [PART…]
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, linkSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** The oldest Node.js that the packages run on. */
const oldestNode = [20, 19];

/** Whether a Node.js version such as `20.19.0` is new enough. */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
}

/** What the installed packages depend on: the lockfile, and Node.js and the platform for those with native parts. */
export function packagesHash(lockfile, node, platform) {
  return createHash("sha256")
    .update(`${platform} node ${node.split(".")[0]}\n`)
    .update(lockfile)
    .digest("hex");
}

/**
 * Installs the packages in `folder` unless its stamp says that these are there.
 *
 * @param install runs `npm ci` in the folder and answers its exit code, or a promise of it
 * @returns whether it installed
 */
export async function installPackages(folder, install, say) {
  const lockfile = readFileSync(join(folder, "package-lock.json"));
  const hash = packagesHash(lockfile, process.versions.node, `${process.platform}-${process.arch}`);
  const stamp = join(folder, "node_modules", ".vmo-metal-packages");
  const isThere = () => existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
  if (isThere()) return false;
  refuseLink(join(folder, "node_modules"));
  return withFolderLock(folder, say, async () => {
    if (isThere()) return false;
    say("Packages: installing what package-lock.json names, about 30 s …");
    const code = await install(folder);
    if (code !== 0) {
      throw new Error(
        `The packages could not be installed (npm ci ended with ${code}).\n` +
          "  Why: see npm's own words above.\n" +
          "  Next: check the network and npm's registry setting (npm config get registry), the free disk space, and run the command again.",
      );
    }
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    writeFileSync(stamp, hash);
    say("Packages: installed.");
    return true;
  });
}

/** `npm ci` empties node_modules; through a link it would empty a folder that belongs to something else. */
function refuseLink(packages) {
  if (lstatSync(packages, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return;
  throw new Error(
    `${packages} is a symbolic link, and its packages are not those of package-lock.json.\n` +
      "  Why: npm ci empties node_modules first; through the link it would empty what another project uses.\n" +
      `  Next: remove the link (rm ${packages}) and run the command again, which makes a folder of its own.`,
  );
}

/** One `npm ci` at a time in a folder; the lock of a process that is gone is taken over. */
async function withFolderLock(folder, say, work) {
  // Not in the folder: git would see it, and npm ci empties node_modules.
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  const lock = join(tmpdir(), `vmo-metal-packages-${name}.lock`);
  let told = false;
  while (!createLock(lock)) {
    const holder = readLock(lock);
    if (holder === undefined) continue;
    if (!isAlive(holder)) rmSync(lock, { force: true });
    else {
      if (!told) say(`Packages: waiting for process ${holder}, which is installing them (${lock}).`);
      told = true;
      await delay(500);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Makes the lock in one step with its content; false when there is one. */
function createLock(lock) {
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, lock);
    return true;
  } catch (failure) {
    if (failure.code === "EEXIST") return false;
    throw failure;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readLock(lock) {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch (failure) {
    if (failure.code === "ENOENT") return undefined;
    throw failure;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    return failure.code === "EPERM";
  }
}

function npmCi(folder) {
  // Through a shell on Windows, where npm is a command file.
  const options = { cwd: folder, stdio: ["ignore", 2, 2], shell: process.platform === "win32" };
  // The packages work without their install scripts; one of them would download the Kubernetes provider, which the toolchain brings.
  const result = spawnSync("npm", ["ci", "--ignore-scripts", "--no-progress"], options);
  return result.status ?? -1;
}

async function main(args) {
  if (!isNodeNewEnough(process.versions.node)) {
    throw new Error(
      `Node.js ${process.versions.node} is too old.\n` +
        `  Why: the packages need Node.js ${oldestNode.join(".")} or newer.\n` +
        "  Next: install Node.js 20.19 or newer (https://nodejs.org, or the version in .node-version with your version manager) and run the command again.",
    );
  }
  await installPackages(project, npmCi, (line) => process.stderr.write(`${line}\n`));
  if (args.includes("--packages-only")) return;
  const tsx = join(project, "node_modules", "tsx", "dist", "cli.mjs");
  const result = spawnSync(process.execPath, [tsx, join(project, "ops", "setup", "main.ts"), ...args], {
    stdio: "inherit",
  });
  process.exitCode = result.status ?? 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((failure) => {
    console.error(failure.message);
    process.exitCode = 1;
  });
}
