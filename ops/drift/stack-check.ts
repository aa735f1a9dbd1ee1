import type { ResourceFinding } from "../../providers/dynamic/resource-findings";
import type { RunReportDocument } from "../../stacks/run-report/run-report";
import type { PreviewDigest } from "./preview-digest";

/** What a check of a stack brought together. */
export interface StackCheck {
  readonly stack: string;
  /** When it began: ISO 8601, UTC. */
  readonly time: string;
  /** Whether the engine expected no change and found one. */
  readonly drift: boolean;
  /** Why the engine ended early; null when it did not. */
  readonly error: string | null;
  /** What the engine printed; empty where it printed none. */
  readonly digest: PreviewDigest;
  /** What the program reported; undefined when it did not begin. */
  readonly run: RunReportDocument | undefined;
  /** What the providers reported. */
  readonly resourceFindings: readonly ResourceFinding[];
  /** Resources that the engine left out because their provider could not read them, by URN, with the reason. */
  readonly excluded: ReadonlyMap<string, string>;
}
