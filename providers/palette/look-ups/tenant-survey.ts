import { ApiError, InputError, messageOf } from "../../dynamic/errors";
import type { CloudAccountInputs } from "../account-ownership";
import { accountByName, validateAccount, zonesOfAccount } from "../accounts";
import { accountDecision } from "../adopt-account";
import { type PaletteClient, projectsRequest, projectsSchema } from "../client/client";
import { clusterByName } from "../client/clusters";
import { type Gateway, listGateways } from "../client/gateways";
import { activeKeyExpiries, projectIsDisabled, readUser } from "../client/identity";
import { allRegistries } from "../client/packs";
import { profileVersions } from "../client/profiles";
import type { Transport } from "../client/transport";
import { stateOf } from "../cluster/progress";
import { openTenant, type TenantAddress } from "./open-tenant";
import { type ObservedPack, observePacks } from "./profile-packs";
import type { ForecastProfile } from "./repave-forecast";
import { gatewayFacts, type GatewayFacts } from "./tenant";

/** One thing that was read, or why it could not be. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      /** `refused`: 401; `forbidden`: 403; `unreachable`: no answer; `failed`: any other answer that cannot be used. */
      readonly cause: "refused" | "forbidden" | "unreachable" | "failed";
      /** Why, with the endpoint but no secret. */
      readonly reason: string;
    };

/** What a stack is about to use in a Palette. */
export interface TenantQuestion {
  /** Name of the datacenter, which marks what it owns. */
  readonly datacenter: string;
  readonly gateway: string;
  /** The cloud account as described; null for none. A key that is not known is not compared. */
  readonly account: (Omit<CloudAccountInputs, "apiKey"> & { readonly apiKey: string | null }) | null;
  /**
   * Whether Palette is sent the described account to validate: it then asks MAAS with the described key and stores nothing but an audit record.
   * Otherwise MAAS is asked only through an account that exists.
   */
  readonly validate: boolean;
  /** Name of the cluster; null for none. */
  readonly cluster: string | null;
  readonly profiles: readonly Omit<ForecastProfile, "variables">[];
}

/** A profile version and its layers as the tenant has them. */
export interface SurveyedProfile {
  readonly name: string;
  readonly version: string;
  /** Whether Palette has this version already. */
  readonly imported: Reading<boolean>;
  readonly packs: Reading<readonly ObservedPack[]>;
}

/** What of a project was read. */
export interface ProjectSurvey {
  /** Whether the project is disabled. */
  readonly disabled: Reading<boolean>;
  readonly gateways: Reading<readonly GatewayFacts[]>;
  /** The account; its value is null when it does not exist yet, else why it cannot be used as described (null: it can). Null: not described. */
  readonly account: Reading<{ readonly refusal: string | null } | null> | null;
  /** Whether Palette reaches MAAS; its value is why not, null when it does. Null: not tried. */
  readonly maas: Reading<string | null> | null;
  readonly registries: Reading<readonly { readonly name: string; readonly kind: string }[]>;
  readonly profiles: readonly SurveyedProfile[];
  /** State of the cluster in Palette's words; its value is null when there is none. Null: not described. */
  readonly clusterState: Reading<string | null> | null;
}

/** What a tenant shows to a key, as plain data. */
export interface TenantSurvey {
  readonly projects: Reading<readonly string[]>;
  /** Name of the organisation that the key belongs to. */
  readonly organisation: Reading<string>;
  /** When the active keys of the key's user expire (RFC 3339), without those that never do. */
  readonly keyExpiries: Reading<readonly string[]>;
  /** Null when the project is not among `projects`. */
  readonly project: ProjectSurvey | null;
}

/**
 * Reads everything of a tenant that the first `up` of a stack depends on. Besides GET it sends searches, and the validation of the cloud account
 * where the question permits it. Never throws for what Palette answers: that is part of the result.
 */
export async function surveyTenant(address: TenantAddress, question: TenantQuestion): Promise<TenantSurvey> {
  const { transport, client } = openTenant(address);
  const projects = await reading(async () =>
    (await transport.json(projectsRequest, projectsSchema)).map(({ metadata }) => metadata.name),
  );
  if (!projects.ok) return { projects, organisation: projects, keyExpiries: projects, project: null };
  const user = await reading(() => readUser(transport));
  return {
    projects,
    organisation: user.ok ? { ok: true, value: user.value.orgName ?? "" } : user,
    keyExpiries: user.ok ? await reading(() => activeKeyExpiries(transport, user.value.userUid)) : user,
    project: projects.value.includes(address.project) ? await surveyProject(transport, client, question) : null,
  };
}

async function surveyProject(
  transport: Transport,
  client: PaletteClient,
  question: TenantQuestion,
): Promise<ProjectSurvey> {
  const { cluster } = question;
  const gateways = await reading(() => listGateways(client));
  const [disabled, account, maas, registries, profiles, clusterState] = await Promise.all([
    reading(async () => projectIsDisabled(transport, await client.projectUid())),
    readAccount(client, question, gateways),
    readMaas(client, question, gateways),
    reading(async () => (await allRegistries(client)).map(({ name, kind }) => ({ name, kind }))),
    Promise.all(question.profiles.map((profile) => readProfilePacks(client, profile))),
    cluster === null
      ? null
      : reading(async () => {
          const found = await clusterByName(client, cluster);
          return found === undefined ? null : stateOf(found);
        }),
  ]);
  return {
    disabled,
    gateways: gateways.ok ? { ok: true, value: gateways.value.map(gatewayFacts) } : gateways,
    account,
    maas,
    registries,
    profiles,
    clusterState,
  };
}

async function readAccount(
  client: PaletteClient,
  { datacenter, account, gateway }: TenantQuestion,
  gateways: Reading<readonly Gateway[]>,
): Promise<ProjectSurvey["account"]> {
  if (account === null) return null;
  if (!gateways.ok) return gateways;
  const overlord = gateways.value.find(({ metadata }) => metadata.name === gateway);
  return reading(async () => {
    const found = await accountByName(client, account.name);
    if (found === undefined) return null;
    // Without our key the stored one cannot be compared: it counts as equal.
    const apiKey = account.apiKey ?? found.spec.apiKey ?? "";
    const { refusal } = accountDecision(datacenter, found, { ...account, apiKey }, overlord?.metadata.uid ?? "");
    return { refusal: refusal ?? null };
  });
}

async function readMaas(
  client: PaletteClient,
  { account, gateway, validate }: TenantQuestion,
  gateways: Reading<readonly Gateway[]>,
): Promise<ProjectSurvey["maas"]> {
  if (account === null || !gateways.ok) return null;
  if (!gateways.value.map(gatewayFacts).some(({ name, running }) => name === gateway && running)) return null;
  const { apiKey } = account;
  if (validate && apiKey !== null) return reading(() => refusedAccount(client, { ...account, apiKey }));
  const found = await reading(() => accountByName(client, account.name));
  if (!found.ok || found.value === undefined) return null;
  const { uid } = found.value.metadata;
  return reading(async () => {
    await zonesOfAccount(client, uid);
    return null;
  });
}

/** Why Palette cannot use an account; null when it can. */
async function refusedAccount(client: PaletteClient, account: CloudAccountInputs): Promise<string | null> {
  try {
    await validateAccount(client, account);
    return null;
  } catch (failure) {
    if (failure instanceof InputError) return failure.message;
    throw failure;
  }
}

async function readProfilePacks(
  client: PaletteClient,
  profile: Omit<ForecastProfile, "variables">,
): Promise<SurveyedProfile> {
  const { name, version } = profile;
  const [imported, packs] = await Promise.all([
    reading(async () => (await profileVersions(client, name)).some((found) => found.version === version)),
    reading(() => observePacks(client, profile)),
  ]);
  return { name, version, imported, packs };
}

async function reading<Value>(read: () => Promise<Value>): Promise<Reading<Value>> {
  try {
    return { ok: true, value: await read() };
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    return { ok: false, cause: causeOf(failure), reason: messageOf(failure) };
  }
}

function causeOf({ status }: ApiError): "refused" | "forbidden" | "unreachable" | "failed" {
  if (status === undefined) return "unreachable";
  if (status === 401) return "refused";
  return status === 403 ? "forbidden" : "failed";
}
