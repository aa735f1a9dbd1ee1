import { pauseUnlessInterrupted } from "../../dynamic/interruption";
import type { PoolDiagnosis } from "./pool-diagnosis";

/** How a wait goes about it. */
export interface WaitOptions {
  /** When it gives up, in milliseconds since the epoch. */
  deadline: number;
  /** Pause between two looks, in milliseconds. */
  pollInterval: number;
  /**
   * How many looks in a row must find the cluster settled: a controller needs a moment to begin with what it was told, and until then all
   * looks as if it were done.
   */
  looks: number;
  /** Whether this run sent other profiles or values: Palette may need a moment to begin, or may never tell that it did. */
  changed: boolean;
  /** Whether it goes on with a change that a run before sent and did not see through. */
  resumed: boolean;
  report: (line: string) => void;
  /** Says why a pool does not fill up. */
  diagnose?: PoolDiagnosis | undefined;
}

/** Environment variable by which a destroy is told the name of the cluster whose deletion it is to force. */
export const forceVariable = "VMO_METAL_FORCE_DELETE";

/** Palette has no call that waits, so it is asked again after a while. Ends early when the run is interrupted. */
export async function pause({ deadline, pollInterval }: WaitOptions): Promise<void> {
  await pauseUnlessInterrupted(Math.min(pollInterval, Math.max(0, deadline - Date.now())));
}
