import type { Cluster } from "./model/cluster";
import type { Audit } from "./model/record";
import type { Palette } from "./palette";
import { newUid } from "./uid";

/** Most events and audits that are kept; the oldest go first. */
const KEPT = 5000;

/** Adds an event to a cluster; one that repeats the cluster's latest event is left out. */
export function recordEvent(
  palette: Palette,
  cluster: Cluster,
  event: { reason: string; message: string; warning?: boolean; component?: string },
): void {
  const events = palette.state.events;
  const latest = events.findLast((each) => each.clusterUid === cluster.uid);
  if (latest?.reason === event.reason && latest.message === event.message) return;
  events.push({
    uid: newUid(),
    clusterUid: cluster.uid,
    reason: event.reason,
    message: event.message,
    severity: event.warning ? "Warning" : "Normal",
    component: event.component ?? "palette",
    createdAt: palette.clock.now(),
  });
  if (events.length > KEPT) events.splice(0, events.length - KEPT);
}

/** Adds an audit record and answers its uid. */
export function recordAudit(palette: Palette, audit: Omit<Audit, "uid" | "createdAt">): string {
  const uid = newUid();
  const audits = palette.state.audits;
  audits.push({ ...audit, uid, createdAt: palette.clock.now() });
  if (audits.length > KEPT) audits.splice(0, audits.length - KEPT);
  return uid;
}
