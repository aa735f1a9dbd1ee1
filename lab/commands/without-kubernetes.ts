/** What a lab says that has no programs for a control plane, and what to do. */
export function withoutKubernetes(missing: readonly string[]): string {
  return (
    `No Kubernetes in this lab: ${missing.join(", ")} missing. MAAS and Palette answer, but no cluster comes up.\n` +
    "Next: npm run setup (finds or builds them), then npm run lab"
  );
}
