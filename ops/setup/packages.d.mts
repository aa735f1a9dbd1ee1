/** Whether a Node.js version such as `20.19.0` is new enough. */
export function isNodeNewEnough(version: string): boolean;

/** What the installed packages depend on: the lockfile, and Node.js and the platform for those with native parts. */
export function packagesHash(lockfile: string | Uint8Array, node: string, platform: string): string;

/** Installs the packages in `folder` unless its stamp says that these are there; answers whether it installed. */
export function installPackages(
  folder: string,
  install: (folder: string) => number | Promise<number>,
  say: (line: string) => void,
): Promise<boolean>;
