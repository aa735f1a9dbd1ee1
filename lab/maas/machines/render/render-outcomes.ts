import type { JsonObject } from "../../json";
import type { MachineRecord } from "../model";

const NAMES: Record<number, string> = { 0: "Pending", 1: "Running", 2: "Passed", 3: "Failed" };

function outcome(key: string, status: number): JsonObject {
  return { [`${key}_status`]: status, [`${key}_status_name`]: NAMES[status] ?? "Unknown" };
}

/** How commissioning and the tests went, by kind of test. */
export function renderOutcomes(machine: MachineRecord): JsonObject {
  const { commissioning, testing } = machine;
  return {
    current_commissioning_result_id: commissioning.resultId,
    current_testing_result_id: testing.resultId,
    ...outcome("commissioning", commissioning.status),
    ...outcome("testing", testing.status),
    ...outcome("storage_test", testing.storageStatus),
    ...outcome("cpu_test", -1),
    ...outcome("memory_test", -1),
    ...outcome("network_test", -1),
    ...outcome("interface_test", -1),
    ...outcome("other_test", -1),
  };
}
