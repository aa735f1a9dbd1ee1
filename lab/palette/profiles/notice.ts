import type { ClusterProfile } from "../model/profile";
import type { Palette } from "../palette";
import { newUid } from "../uid";
import { clustersUsing } from "./views";

/** Tells the clusters that use a profile version that its published content was changed: an update is pending there. */
export function noticeProfileChange(palette: Palette, profile: ClusterProfile): void {
  for (const cluster of clustersUsing(palette, profile.uid))
    palette.state.notifications.push({
      uid: newUid(),
      objectKind: "spectrocluster",
      objectUid: cluster.uid,
      objectName: cluster.name,
      profileUid: profile.uid,
      message: `Cluster profile '${profile.name}' version '${profile.version}' has updates`,
      ack: false,
      isDone: false,
      createdAt: palette.clock.now(),
    });
}
