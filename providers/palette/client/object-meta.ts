/** `metadata` of every Palette object. Null stands for empty. */
export interface ObjectMeta {
  name: string;
  uid: string;
  annotations?: Record<string, string> | null;
  labels?: Record<string, string> | null;
  /** RFC 3339. */
  creationTimestamp?: string | null;
}

/** What a create answers. */
export interface Created {
  uid: string;
}
