import { apiTime } from "./clock";
import { nullWhenNone } from "./json";
import type { JsonObject } from "./json";

/** What `metadata` (`v1ObjectMeta`) is made from. */
export interface Described {
  uid: string;
  name: string;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  createdAt: number;
  modifiedAt?: number;
}

/** An object's `metadata`; maps without entries are null. */
export function metadataOf(object: Described): JsonObject {
  return {
    uid: object.uid,
    name: object.name,
    annotations: nullWhenNone(object.annotations ?? {}),
    labels: nullWhenNone(object.labels ?? {}),
    creationTimestamp: apiTime(object.createdAt),
    lastModifiedTimestamp: apiTime(object.modifiedAt ?? object.createdAt),
    deletionTimestamp: apiTime(undefined),
  };
}
