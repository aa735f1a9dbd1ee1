import { z } from "zod";
import { InputError } from "../dynamic/errors";
import { samePlain } from "../dynamic/plain";
import {
  type AccountDecision,
  type AccountFields,
  type CloudAccountInputs,
  type CloudAccountOutputs,
  decideAccount,
  restoreAccount,
} from "./account-ownership";
import { type AccountAnswer, accountByUid, shownKey, writeAccount } from "./accounts";
import { listGateways } from "./client/gateways";
import type { PaletteConnection } from "./connection";
import { markerKey, previousKey } from "./ownership";
import { printVisible } from "../dynamic/print-visible";

/**
 * Makes an account that exists equal to the description where that is allowed. Its previous values are recorded in its annotations by the
 * same request that changes them, the key excepted, so that they survive a lost answer.
 *
 * @throws InputError when it belongs to another datacenter and differs, or when a change needs permission
 */
export async function adoptAccount(
  link: PaletteConnection,
  found: AccountAnswer,
  inputs: CloudAccountInputs,
  overlordUid: string,
  known: Partial<AccountFields> | null = null,
): Promise<CloudAccountOutputs> {
  const actual = actualFields(found);
  const desired = desiredFields(inputs, overlordUid);
  const recorded = { ...known, ...recordedPrevious(found.metadata.annotations?.[previousKey]) };
  const { origin, changes, refusal } = accountDecision(link.datacenter, found, inputs, overlordUid);
  if (refusal !== undefined) throw new InputError(refusal);
  const changed = Object.fromEntries(changes.map(({ field }) => [field, actual[field]])) as Partial<AccountFields>;
  const previous = { ...changed, ...recorded };
  const outputs = { origin, previous: origin === "adopted" ? previous : null };
  if (changes.length === 0 || origin === "referenced") return outputs;
  const { apiKey: _apiKey, ...shown } = previous;
  const markers = origin === "created" ? {} : { [markerKey]: link.datacenter, [previousKey]: JSON.stringify(shown) };
  await writeAccount(link.client, renamed(found, inputs.name, markers), {
    ...desired,
    preferredSubnets: desired.preferredSubnets ?? (origin === "created" ? [] : actual.preferredSubnets),
  });
  return outputs;
}

/** What an `up` of a datacenter does about an account that exists. */
export function accountDecision(
  datacenter: string,
  found: AccountAnswer,
  inputs: CloudAccountInputs,
  overlordUid: string,
): AccountDecision {
  const { annotations } = found.metadata;
  return decideAccount({
    name: inputs.name,
    datacenter,
    owner: annotations?.[markerKey],
    hasPrevious: annotations?.[previousKey] !== undefined,
    adopt: inputs.adopt,
    actual: actualFields(found),
    desired: desiredFields(inputs, overlordUid),
  });
}

/** The previous values in an account's annotation; whatever else somebody wrote there is none. */
function recordedPrevious(annotation: string | undefined): Partial<AccountFields> {
  if (annotation === undefined) return {};
  const parsed = previousSchema.safeParse(parseJson(annotation));
  return parsed.success ? (parsed.data as Partial<AccountFields>) : {};
}

const previousSchema = z.object({
  overlordUid: z.string().optional(),
  apiEndpoint: z.string().optional(),
  preferredSubnets: z.array(z.string()).nullable().optional(),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (failure) {
    if (failure instanceof SyntaxError) return undefined;
    throw failure;
  }
}

function actualFields(found: AccountAnswer): AccountFields {
  return {
    overlordUid: found.metadata.annotations?.["overlordUid"] ?? "",
    apiEndpoint: found.spec.apiEndpoint,
    apiKey: shownKey(found),
    preferredSubnets: found.spec.preferredSubnets ?? [],
  };
}

/** The fields that a description states. */
export function desiredFields(inputs: CloudAccountInputs, overlordUid: string): AccountFields & { apiKey: string } {
  const { apiEndpoint, apiKey, preferredSubnets } = inputs;
  return { overlordUid, apiEndpoint, apiKey, preferredSubnets };
}

/** An account's answer with another name and further annotations. */
export function renamed(found: AccountAnswer, name: string, annotations: Record<string, string> = {}): AccountAnswer {
  const { metadata } = found;
  return { ...found, metadata: { ...metadata, name, annotations: { ...metadata.annotations, ...annotations } } };
}

/** Restores the previous values of an adopted account where nobody else changed them since. One that is gone stays gone. */
export async function restoreAccountValues(
  link: PaletteConnection,
  uid: string,
  state: CloudAccountInputs,
  known: Partial<AccountFields>,
): Promise<void> {
  const found = await accountByUid(link.client, uid);
  if (found === undefined) return;
  const { [markerKey]: owner, [previousKey]: recorded, ...annotations } = found.metadata.annotations ?? {};
  const actual = actualFields(found);
  const gateway = (await listGateways(link.client)).find(({ metadata }) => metadata.name === state.gateway);
  const set = desiredFields(state, gateway?.metadata.uid ?? actual.overlordUid);
  const { fields, left } = restoreAccount(actual, { ...recordedPrevious(recorded), ...known }, set);
  const marked = owner === link.datacenter;
  if (left.length > 0) {
    const names = left.map(
      (field) => `${field} (previous value ${field === "apiKey" ? "[secret]" : JSON.stringify(known[field])})`,
    );
    printVisible(
      `palette:CloudAccount ${state.name}: ${names.join(", ")} was changed by somebody else since, and is left as it is`,
    );
  }
  const same = samePlain(actual, fields);
  const apiKey = fields.apiKey ?? state.apiKey;
  if (same && !marked) return;
  const kept = marked ? annotations : { ...found.metadata.annotations };
  await writeAccount(
    link.client,
    { ...found, metadata: { ...found.metadata, annotations: kept } },
    { ...fields, apiKey },
  );
}
