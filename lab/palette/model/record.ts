/** An event of a cluster's components. */
export interface ComponentEvent {
  uid: string;
  clusterUid: string;
  reason: string;
  message: string;
  severity: "Normal" | "Warning";
  component: string;
  createdAt: number;
}

/** A notice, for instance that a profile which a cluster uses was changed. */
export interface Notification {
  uid: string;
  objectKind: string;
  objectUid: string;
  objectName: string;
  /** The profile that it is about. */
  profileUid: string;
  message: string;
  ack: boolean;
  isDone: boolean;
  createdAt: number;
}

/** Who did what. */
export interface Audit {
  uid: string;
  projectUid: string;
  actionType: "create" | "update" | "delete" | "publish" | "action";
  message: string;
  resource: { kind: string; uid: string };
  createdAt: number;
}
