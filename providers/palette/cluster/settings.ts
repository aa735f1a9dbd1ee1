import { z } from "zod";
import { checkedText } from "../../../model/checked-text";
import { cronProblem } from "../../../model/cron";
import { samePlain } from "../../dynamic/plain";
import type { PaletteClient } from "../client/client";
import type { ClusterAnswer } from "../client/clusters";
import { type RequestBody, requestBody } from "../client/request-body";
import { osPatchSchema, timezoneSchema, upgradeSettingsSchema } from "../client/request-schemas";

/** When and how the nodes' operating system is patched. */
export interface OsPatch {
  /** Patch a node when it boots for the first time. */
  patchOnBoot: boolean;
  /** Cron expression, e.g. `0 3 * * SUN`; null: no schedule. */
  schedule: string | null;
  /** Patch once after this time, RFC 3339; null: never. */
  onDemandPatchAfter: string | null;
  /** Reboot when a patch needs it. */
  rebootIfRequired: boolean;
}

/** Settings of a cluster that touch no node. */
export interface ClusterSettings {
  osPatch: OsPatch;
  /** Time zone of schedules, e.g. `Europe/Berlin`; null: Palette's. */
  timezone: string | null;
  /** `lock` keeps Palette from upgrading its own components in the cluster. */
  componentUpgrades: "lock" | "unlock";
}

/** Palette's "no time". */
const zeroTime = "0001-01-01T00:00:00.000Z";

const lockAnnotation = "spectroComponentsUpgradeForbidden";

/** Inputs of the settings and their defaults: nothing patched, nothing locked. */
export const settingsSchema = {
  osPatch: z
    .object({
      patchOnBoot: z.boolean().default(false),
      schedule: checkedText(cronProblem).nullable().default(null),
      onDemandPatchAfter: z.iso
        .datetime({ offset: true, error: "must be a time such as 2030-01-31T03:00:00Z" })
        .transform((time) => new Date(time).toISOString())
        .nullable()
        .default(null),
      rebootIfRequired: z.boolean().default(false),
    })
    .prefault({}),
  timezone: z
    .string()
    .min(1)
    .nullish()
    .transform((zone) => zone ?? null),
  componentUpgrades: z.enum(["lock", "unlock"]).default("unlock"),
};

/** The settings as they really are; what Palette does not say has its default. */
export function presentSettings(cluster: ClusterAnswer): ClusterSettings {
  const config = cluster.spec?.clusterConfig;
  const patch = config?.machineManagementConfig?.osPatchConfig;
  const after = patch?.onDemandPatchAfter ?? zeroTime;
  return {
    osPatch: {
      patchOnBoot: patch?.patchOnBoot ?? false,
      schedule: emptyToNull(patch?.schedule),
      onDemandPatchAfter: after.startsWith("0001-01-01") ? null : new Date(after).toISOString(),
      rebootIfRequired: patch?.rebootIfRequired ?? false,
    },
    timezone: emptyToNull(config?.timezone),
    componentUpgrades: cluster.metadata.annotations?.[lockAnnotation] === "true" ? "lock" : "unlock",
  };
}

/** Brings the settings of a cluster to what is wanted; only those that differ are sent. */
export async function bringSettings(
  client: PaletteClient,
  cluster: ClusterAnswer,
  wanted: ClusterSettings,
): Promise<void> {
  const present = presentSettings(cluster);
  const root = `/v1/spectroclusters/${cluster.metadata.uid}`;
  const patch = (path: string, body: RequestBody): Promise<unknown> =>
    client.send({ method: "PATCH", path: `${root}/clusterConfig/${path}`, body, repeatable: true });
  if (!samePlain(present.osPatch, wanted.osPatch)) {
    const { schedule, onDemandPatchAfter, ...flags } = wanted.osPatch;
    const osPatchConfig = { ...flags, schedule: schedule ?? "", onDemandPatchAfter: onDemandPatchAfter ?? zeroTime };
    await patch("osPatch", requestBody(osPatchSchema, { osPatchConfig }));
  }
  if (present.timezone !== wanted.timezone)
    await patch("timezone", requestBody(timezoneSchema, { timezone: wanted.timezone ?? "" }));
  if (present.componentUpgrades !== wanted.componentUpgrades)
    await setComponentUpgrades(client, cluster.metadata.uid, wanted.componentUpgrades);
}

/** Lets Palette upgrade its own components in a cluster, or keeps it from that. */
export async function setComponentUpgrades(
  client: PaletteClient,
  uid: string,
  spectroComponents: ClusterSettings["componentUpgrades"],
): Promise<void> {
  const path = `/v1/spectroclusters/${uid}/upgrade/settings`;
  const body = requestBody(upgradeSettingsSchema, { spectroComponents });
  await client.send({ method: "POST", path, body, repeatable: true });
}

function emptyToNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text === "" ? null : text;
}
