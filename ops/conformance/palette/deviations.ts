/** A member that our client reads or sends although the published description does not have it so. */
export interface Deviation {
  /** As the comparison of shapes prints it: `VERB /path member: what`. */
  readonly difference: string;
  /** What shows the member on a real tenant. */
  readonly source: string;
}

/** All of them; docs/conformance.md lists them too. */
export const DEVIATIONS: readonly Deviation[] = [
  {
    difference: "GET /v1/packs items[].status.disabled: the description has no such member",
    source: "reports of users of real tenants: packs with `status.disabled` must not be chosen",
  },
];
