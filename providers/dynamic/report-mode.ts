/** The environment variable that decides what errors do which a preview can go on without: `report` makes them findings; unset: they end the run. */
export const FINDINGS_VARIABLE = "VMO_METAL_FINDINGS";

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
