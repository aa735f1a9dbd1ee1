/** `metadata` of every Palette object. Null stands for empty. */
export interface ObjectMeta {
  name: string;
  uid: string;
  annotations?: Record<string, string> | null;
  labels?: Record<string, string> | null;
}

/** What a create answers. */
export interface Created {
  uid: string;
}
