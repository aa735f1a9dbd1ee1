import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Every file below a folder, without what the engine has installed for itself. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const found = lstatSync(path);
    if (found.isDirectory()) return name === "plugins" ? [] : filesBelow(path);
    return found.isFile() ? [path] : [];
  });
}

/**
 * Files below a folder that hold one of the secrets, in clear or in base64, as `path: name of the secret`.
 *
 * @param secrets by name
 * @param except files that may hold them
 */
export function filesWithSecrets(
  folder: string,
  secrets: Readonly<Record<string, string>>,
  except: readonly string[],
): string[] {
  return filesBelow(folder)
    .filter((path) => !except.includes(path))
    .flatMap((path) => secretsIn(readFileSync(path), secrets).map((name) => `${path}: ${name}`));
}

/** Names of the secrets that some content holds, in clear or in base64. */
export function secretsIn(content: Buffer | string, secrets: Readonly<Record<string, string>>): string[] {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content);
  return Object.entries(secrets)
    .filter(([, secret]) =>
      [secret, Buffer.from(secret).toString("base64").slice(0, -4)].some((text) => bytes.includes(text)),
    )
    .map(([name]) => name);
}
