/** The environment variable that names the file for the report of a run; unset or empty: no report is written. */
export const RUN_REPORT_VARIABLE = "VMO_METAL_RUN_REPORT";

/** The environment variable that decides what errors do which a preview can go on without: `report` makes them findings; unset: they end the run. */
export const FINDINGS_VARIABLE = "VMO_METAL_FINDINGS";

/** The environment variable with which the Kubernetes provider returns the known state of objects on a cluster that it cannot reach, instead of failing. */
export const SKIP_UNREACHABLE_VARIABLE = "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE";

/**
 * Whether errors that a preview can go on without become findings of its report.
 *
 * @throws Error for a value other than `report`
 */
export function findingsAreReported(environment: NodeJS.ProcessEnv = process.env): boolean {
  const value = environment[FINDINGS_VARIABLE]?.trim() ?? "";
  if (value !== "" && value !== "report") {
    throw new Error(`${FINDINGS_VARIABLE} is "${value}": write "report", or unset it.`);
  }
  return value === "report";
}

/** The file for the report of a run; undefined where none is asked for. */
export function runReportFile(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  return environment[RUN_REPORT_VARIABLE]?.trim() || undefined;
}

/** The file beside a run's report to which providers add what goes wrong with single resources: they run in a process of their own. */
export function resourceFindingsFile(runReport: string): string {
  return `${runReport}.resources`;
}
