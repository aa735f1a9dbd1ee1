/** A user, a group or a service account. */
export type Subject =
  | { readonly kind: "User" | "Group"; readonly name: string }
  | { readonly kind: "ServiceAccount"; readonly name: string; readonly namespace: string };

/** Roles of the VM Orchestrator for users of virtual machines, the strongest first. */
export const machineRoles = ["admin", "power-user", "user", "viewer"] as const;

/** Who may do what with virtual machines. */
export interface MachineUser {
  readonly subject: Subject;
  readonly role: (typeof machineRoles)[number];
  /** Where; null: in the whole cluster. */
  readonly namespaces: readonly string[] | null;
}
