import type { Store } from "../store";
import type { MachineRecord } from "./model";
import { STATUS } from "./status";

/** Statuses of machines that are somebody's. */
const OWNED: ReadonlySet<number> = new Set([STATUS.ALLOCATED, STATUS.DEPLOYING, STATUS.DEPLOYED, STATUS.BROKEN]);

/**
 * Sets a machine's status by hand, as an operator with database access would: nothing that leads to the status in MAAS
 * happens. A Deployed one gets an operating system and is on.
 *
 * @param name `ready`, `deployed`, `failed deployment` …, in any case, blanks or `_` between words.
 */
export function setMachineStatus(store: Store, systemId: string, name: string, user = "admin"): MachineRecord {
  const machine = store.machines.find((each) => each.systemId === systemId);
  if (machine === undefined) throw new Error(`no machine has the system id ${systemId}`);
  const key = name
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, "_");
  const status = Object.entries(STATUS).find(([each]) => each === key)?.[1];
  if (status === undefined) {
    const known = Object.keys(STATUS).map((each) => each.toLowerCase().replaceAll("_", " "));
    throw new Error(`"${name}" is no machine status: there are ${known.join(", ")}`);
  }
  store.cancel(systemId);
  machine.previousStatus = machine.status;
  machine.status = status;
  machine.owner = OWNED.has(status) ? user : null;
  if (status === STATUS.DEPLOYED) {
    Object.assign(machine, {
      powerState: "on",
      osystem: "ubuntu",
      distroSeries: "noble",
    } satisfies Partial<MachineRecord>);
  }
  store.changed();
  return machine;
}
