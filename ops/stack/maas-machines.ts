import { readFile } from "node:fs/promises";
import { keyOrigin, missingKey } from "../../providers/dynamic/configuration";
import { InputError } from "../../providers/dynamic/errors";
import { parseApiKey } from "../../providers/maas/client/api-key";
import { MaasClient } from "../../providers/maas/client/client";
import type { MachineAnswer } from "../../providers/maas/client/machine-types";
import { maasUrl } from "../../providers/maas/url";
import type { DescribedStack } from "./described-stack";

/** All machines that the MAAS of a stack has. Reads only. @throws InputError or ApiError as the client does */
export async function readMachines({ datacenter, key }: DescribedStack): Promise<readonly MachineAnswer[]> {
  const { maas } = datacenter;
  if (maas === null)
    throw new InputError(`Stack of "${datacenter.name}" describes no metal, so there is no MAAS to ask.`);
  const apiKey = await key("maas");
  if (apiKey === undefined) throw missingKey(datacenter.name, "maas");
  const origin = keyOrigin("maas", apiKey);
  const credentials = parseApiKey(apiKey, origin);
  const { caCertificate } = maas;
  const client = new MaasClient({
    url: maasUrl(maas.url),
    credentials: () => credentials,
    keyOrigin: origin,
    ...(caCertificate === null ? {} : { caCertificate }),
  });
  try {
    await client.ready();
    return await client.machines.list();
  } finally {
    client.close();
  }
}

/** Machines out of a file with MAAS's own answer, as `maas PROFILE machines read > FILE` writes it: a list, or one machine. */
export async function readSnapshot(file: string): Promise<readonly MachineAnswer[]> {
  const content = readJson(await readFile(file, "utf8"));
  const machines: unknown[] = Array.isArray(content) ? content : [content];
  if (!machines.every(isMachine)) {
    throw new Error(`${file} does not hold machines of MAAS. Write it with: maas PROFILE machines read > FILE`);
  }
  return machines;
}

/** Undefined for a text that is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (failure) {
    if (failure instanceof SyntaxError) return undefined;
    throw failure;
  }
}

function isMachine(value: unknown): value is MachineAnswer {
  return typeof value === "object" && value !== null && "system_id" in value && "interface_set" in value;
}
