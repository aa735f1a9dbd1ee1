import { callLab } from "../control-client";
import { FAULT_PARTS } from "../fault-parts";
import { readPairs, UsageError, type LabCommand } from "./command";
import { runningLab } from "./running";

/** Making things go wrong. */
export const faultsCommand: LabCommand = {
  usage: `[list] | add ${FAULT_PARTS.join("|")} kind=KIND [KEY=VALUE…] | clear [PART [WHICH]]`,
  description: "switches faults on and off; docs/lab.md describes every kind",
  run: async ([action = "list", part, ...rest]) => {
    const lab = await runningLab();
    switch (action) {
      case "list":
        break;
      case "add":
        if (part === undefined) throw new UsageError(`faults add ${FAULT_PARTS.join("|")} kind=KIND …`);
        await callLab(lab, "POST", ["faults", part], readPairs(rest));
        break;
      case "clear":
        await callLab(
          lab,
          "DELETE",
          ["faults", part, rest[0]].filter((one) => one !== undefined),
        );
        break;
      default:
        throw new UsageError(`faults knows list, add and clear, not "${action}"`);
    }
    console.log(JSON.stringify(await callLab(lab, "GET", "faults"), undefined, 2));
  },
};
