import { z } from "zod";

/** `metadata` of every Palette object. Null stands for empty. */
export const objectMetaSchema = z.object({
  name: z.string(),
  uid: z.string().min(1),
  annotations: z.record(z.string(), z.string()).nullish(),
  labels: z.record(z.string(), z.string()).nullish(),
  /** RFC 3339. */
  creationTimestamp: z.string().nullish(),
});

/** Name and uid of an object in a list that holds nothing else of its metadata. */
export const objectNameSchema = z.object({ name: z.string(), uid: z.string().min(1) });

/** The answer that creates an object. */
export const createdSchema = z.object({ uid: z.string().min(1) }).describe("the uid of a new object");

/** See {@link objectMetaSchema}. */
export type ObjectMeta = z.infer<typeof objectMetaSchema>;
/** See {@link createdSchema}. */
export type Created = z.infer<typeof createdSchema>;

/** The rule that an answer is about the object that was asked for. */
export function isAbout(uid: string): (answer: { metadata: { uid: string } }) => string | undefined {
  return ({ metadata }) => (metadata.uid === uid ? undefined : `expected the object ${uid}, but ${metadata.uid} came`);
}

/** A list without pages. Palette writes null for an empty one; a body without `items` is none of Palette's lists. */
export function itemsOf<Item extends z.ZodType>(item: Item, what: string) {
  return z
    .object({ items: z.array(item).nullable() })
    .transform(({ items }) => items ?? [])
    .describe(`a list of ${what}`);
}
