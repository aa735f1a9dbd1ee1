import { readRecording } from "./recording";
import { replay } from "./replay";
import { agrees, reportLines } from "./report";

/** Replays one recording, prints the report and answers the exit code: 1 when anything disagrees. */
export async function runMaasConformance(file: string, print: (line: string) => void): Promise<number> {
  const report = await replay(file, readRecording(file));
  for (const line of reportLines(report)) print(line);
  return agrees(report) ? 0 : 1;
}
