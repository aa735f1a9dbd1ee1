import type { MaasClient } from "../../../../providers/maas/client/client";
import { touchedSettings } from "./plain-cases";

/** What a region has once and the contract changes for a moment: some settings, and the default domain. */
export interface Standing {
  readonly settings: Readonly<Record<string, boolean | number | string | null>>;
  readonly defaultDomain: { readonly id: number; readonly name: string } | undefined;
}

/** Looks at it. */
export async function standingOf(client: MaasClient): Promise<Standing> {
  const settings = await Promise.all(
    touchedSettings.map(async (name) => [name, await client.settings.get(name)] as const),
  );
  const found = await client.domains.find(({ is_default }) => is_default, 0);
  return {
    settings: Object.fromEntries(settings),
    defaultDomain: found === undefined ? undefined : { id: found.id, name: found.name },
  };
}

/** Puts back what is not as it was. @returns what that was, in words */
export async function putBack(client: MaasClient, before: Standing): Promise<string[]> {
  const now = await standingOf(client);
  const done: string[] = [];
  for (const [name, value] of Object.entries(before.settings)) {
    if (now.settings[name] === value) continue;
    await client.settings.set(name, value);
    done.push(`setting ${name}`);
  }
  const { defaultDomain } = before;
  if (defaultDomain !== undefined && now.defaultDomain?.id !== defaultDomain.id) {
    await client.setDefaultDomain(defaultDomain.id);
    done.push(`default domain ${defaultDomain.name}`);
  }
  return done;
}
