import { z } from "zod";
import { itemsOf } from "./object-meta";
import type { Transport } from "./transport";

const userSchema = z
  .object({ orgName: z.string().nullish(), userUid: z.string().min(1) })
  .describe("the user of an API key");

/** The user that an API key belongs to. */
export type UserAnswer = z.infer<typeof userSchema>;

const apiKeysSchema = itemsOf(
  z.object({
    spec: z.object({ expiry: z.string().nullish(), user: z.object({ uid: z.string().nullish() }).nullish() }).nullish(),
    status: z.object({ isActive: z.boolean().nullish() }).nullish(),
  }),
  "API keys",
);

const projectSchema = z
  .object({
    metadata: z.object({ uid: z.string() }),
    status: z.object({ isDisabled: z.boolean().nullish() }).nullish(),
  })
  .describe("a project");

/** How Palette writes that there is no time. */
const noTime = /^0001-01-01T/;

/** The user of the key (`GET /v1/users/info`), in the tenant's scope. @throws ApiError */
export async function readUser(transport: Transport): Promise<UserAnswer> {
  return transport.json({ method: "GET", path: "/v1/users/info" }, userSchema);
}

/**
 * When the active keys of a user expire (`GET /v1/apiKeys`), RFC 3339; those that never do are left out. Which of them a request is sent with,
 * Palette does not tell.
 *
 * @throws ApiError
 */
export async function activeKeyExpiries(transport: Transport, userUid: string): Promise<string[]> {
  const keys = await transport.json({ method: "GET", path: "/v1/apiKeys" }, apiKeysSchema);
  return keys
    .filter(({ spec, status }) => spec?.user?.uid === userUid && status?.isActive === true)
    .flatMap(({ spec }) => spec?.expiry ?? [])
    .filter((expiry) => !noTime.test(expiry));
}

/** Whether a project is disabled (`GET /v1/projects/{uid}`), in the tenant's scope. @throws ApiError */
export async function projectIsDisabled(transport: Transport, uid: string): Promise<boolean> {
  const project = await transport.json({ method: "GET", path: `/v1/projects/${uid}` }, projectSchema, ({ metadata }) =>
    metadata.uid === uid ? undefined : `expected the project ${uid}, but ${metadata.uid} came`,
  );
  return project.status?.isDisabled === true;
}
