/** Versions of what the toolchain is made of; the modules below `tools/` pin the same. */
export const versions = {
  pulumi: "3.259.0",
  /** Equal to the package `@pulumi/kubernetes` in package.json. */
  kubernetesProvider: "4.25.0",
  kubernetes: "1.32.4",
  etcd: "3.5.16",
} as const;

/** The oldest installed programs that are used instead of building them. */
export const oldest = {
  /** Since 3.231, a refresh that runs the program repairs what an interrupted update left in the state. */
  pulumi: "3.231.0",
  kubernetes: "1.32.0",
  etcd: "3.5.0",
} as const;
