import type { TimerHandler } from "../store";
import { finishCommissioning } from "./lifecycle/commission";
import { finishDeployment, installedSystemBoots, installerRuns } from "./lifecycle/deploy";
import { poweredOn } from "./lifecycle/power";
import { disksErased, poweredOff } from "./lifecycle/release";
import { enterRescue, leaveRescue } from "./lifecycle/rescue";
import { finishTesting } from "./lifecycle/testing";

/** What runs when a machine's timer is due. */
export const timerHandlers: Record<string, TimerHandler> = {
  "power-on": poweredOn,
  "power-off": poweredOff,
  "deploy-installer": installerRuns,
  "deploy-reboot": installedSystemBoots,
  "deploy-end": finishDeployment,
  "disks-erased": disksErased,
  commissioned: finishCommissioning,
  tested: finishTesting,
  rescue: enterRescue,
  "rescue-left": leaveRescue,
};
