/** Answers what the engine prints for a command as JSON; rejects with its words. */
export type AskEngine = (args: readonly string[]) => Promise<unknown>;

/**
 * Every secret that a run of the engine may meet: API keys and passphrase of its environment, and what the stack's configuration and state keep
 * encrypted.
 *
 * @returns `unread`: why the stack's own are missing
 */
export async function secretsInUse(
  environment: NodeJS.ProcessEnv,
  ask: AskEngine,
): Promise<{ secrets: string[]; unread?: string }> {
  const own = Object.entries(environment).flatMap(([name, value = ""]) =>
    /^(PULUMI_CONFIG_PASSPHRASE|PULUMI_ACCESS_TOKEN|VMO_METAL_.+_API_KEY)$/.test(name) ? parts(value) : [],
  );
  try {
    const configuration = await ask(["config", "--show-secrets", "--json"]);
    const state = await ask(["stack", "export", "--show-secrets"]);
    return { secrets: [...own, ...configured(configuration), ...kept(state)] };
  } catch (failure) {
    return { secrets: own, unread: failure instanceof Error ? failure.message : String(failure) };
  }
}

/** A MAAS key is three secrets in one; its last part signs requests. */
function parts(secret: string): string[] {
  return [secret, ...secret.split(":").slice(1)];
}

function configured(configuration: unknown): string[] {
  const values = Object.values((configuration ?? {}) as Record<string, { value?: unknown; secret?: boolean }>);
  return values.flatMap(({ value, secret }) => (secret === true && typeof value === "string" ? parts(value) : []));
}

/** Key of the engine's marks in a state, and the mark of a secret (Pulumi, sdk/go/common/resource/sig.go). */
const markKey = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

/** The texts within every secret of a state, whose plain text is JSON. */
function kept(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const { [markKey]: mark, plaintext } = value as Record<string, unknown>;
  if (mark === secretMark && typeof plaintext === "string") return texts(JSON.parse(plaintext));
  return Object.values(value).flatMap(kept);
}

function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}
