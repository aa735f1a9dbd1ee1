import { InputError } from "../../dynamic/errors";
import type { MachineAnswer } from "../client/machine-types";

/** Refuses a locked machine before MAAS answers an empty 403. @throws InputError */
export function refuseLocked(machine: MachineAnswer): void {
  if (!machine.locked) return;
  throw new InputError(
    `Machine ${machine.hostname} (${machine.system_id}) is locked in MAAS, so nothing of it can be changed. ` +
      `Unlock it first: maas PROFILE machine unlock ${machine.system_id}`,
    "machine",
  );
}
