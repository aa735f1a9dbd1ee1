/** In which environment variable the engine tells the program which configuration values are encrypted: a JSON list of keys. */
const secretKeysVariable = "PULUMI_CONFIG_SECRET_KEYS";

/**
 * Those of the stack's secrets that were set without `--secret`, so that they stand in clear in the stack file.
 *
 * @param keys of secrets that are set in the stack's configuration, without `vmo-metal:`
 * @returns none when no engine tells which are encrypted (tests with mocks)
 */
export function plaintextSecrets(keys: readonly string[], environment: NodeJS.ProcessEnv = process.env): string[] {
  const told = environment[secretKeysVariable];
  if (told === undefined || told === "") return [];
  const encrypted: unknown = JSON.parse(told);
  if (!Array.isArray(encrypted)) return [];
  return keys.filter((key) => !encrypted.includes(`vmo-metal:${key}`));
}
