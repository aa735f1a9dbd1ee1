import type { JsonObject } from "../json";
import type { Store } from "../store";
import { importCommissionedNics, importInterfaces } from "./import-interfaces";
import { importStorage } from "./import-storage";
import { flagAt, listAt, numberAt, numberOrNull, objectAt, textAt, textOrNull, textsAt } from "./import-values";
import type { MachineRecord, ScriptOutcome, StatusEvent } from "./model";
import { newMachine } from "./new-machine";

function outcome(body: JsonObject, kind: "commissioning" | "testing"): ScriptOutcome {
  const resultId = numberOrNull(body, `current_${kind}_result_id`);
  return {
    resultId,
    status: numberAt(body, `${kind}_status`),
    storageStatus: kind === "testing" ? numberAt(body, "storage_test_status") : -1,
  };
}

function statusEvent(body: JsonObject): StatusEvent | null {
  const message = textOrNull(body, "status_message");
  if (message === null) return null;
  const [type = "", ...rest] = message.split(" - ");
  return { action: textAt(body, "status_action"), type, description: rest.join(" - ") };
}

function texts(body: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function known(info: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(info).filter(([, value]) => value !== "Unknown"));
}

/** The link that is the default gateway. */
function gateway(body: JsonObject, family: "ipv4" | "ipv6"): number | null {
  return numberOrNull(objectAt(objectAt(body, "default_gateways"), family), "link_id");
}

const POWER_STATES = ["on", "off", "unknown", "error"] as const;

/**
 * Adds a machine as a whole recorded answer of a region shows it, ids as recorded. The region's pools, zones, domains,
 * VLANs, subnets and tags that it refers to must exist with the ids recorded.
 */
export function importMachine(store: Store, body: JsonObject): void {
  const interfaces = listAt(body, "interface_set");
  const blank = newMachine(store);
  const record: MachineRecord = {
    ...blank,
    systemId: textAt(body, "system_id"),
    hostname: textAt(body, "hostname"),
    domainId: numberAt(objectAt(body, "domain"), "id"),
    description: textAt(body, "description"),
    zoneId: numberAt(objectAt(body, "zone"), "id"),
    poolId: numberAt(objectAt(body, "pool"), "id"),
    status: numberAt(body, "status"),
    previousStatus: numberAt(body, "status"),
    owner: textOrNull(body, "owner"),
    locked: flagAt(body, "locked"),
    architecture: textAt(body, "architecture"),
    minHweKernel: textOrNull(body, "min_hwe_kernel"),
    hweKernel: textOrNull(body, "hwe_kernel"),
    cpuCount: numberAt(body, "cpu_count"),
    cpuSpeed: numberAt(body, "cpu_speed"),
    memory: numberAt(body, "memory"),
    swapSize: numberOrNull(body, "swap_size"),
    osystem: textAt(body, "osystem"),
    distroSeries: textAt(body, "distro_series"),
    ephemeralDeploy: flagAt(body, "ephemeral_deploy"),
    enableKernelCrashDump: flagAt(body, "enable_kernel_crash_dump"),
    enableHardwareSync: flagAt(body, "enable_hw_sync"),
    errorDescription: textAt(body, "error_description"),
    netboot: flagAt(body, "netboot"),
    powerType: textAt(body, "power_type"),
    powerState: POWER_STATES.find((each) => each === textAt(body, "power_state")) ?? "unknown",
    biosBootMethod: textOrNull(body, "bios_boot_method"),
    hardwareUuid: textOrNull(body, "hardware_uuid"),
    hardwareInfo: known(texts(objectAt(body, "hardware_info"))),
    addressTtl: numberOrNull(body, "address_ttl"),
    tagNames: textsAt(body, "tag_names"),
    ownerData: texts(objectAt(body, "owner_data")),
    bootInterfaceId: numberOrNull(objectAt(body, "boot_interface"), "id"),
    gatewayLinkIpv4Id: gateway(body, "ipv4"),
    gatewayLinkIpv6Id: gateway(body, "ipv6"),
    interfaces: importInterfaces(store, interfaces),
    ...importStorage(store, body),
    bootDiskId: numberOrNull(objectAt(body, "boot_disk"), "id"),
    numaNodes: listAt(body, "numanode_set").map((node) => ({
      index: numberAt(node, "index"),
      memory: numberAt(node, "memory"),
      cores: Array.isArray(node.cores) ? node.cores.filter((core): core is number => typeof core === "number") : [],
    })),
    commissionedNics: importCommissionedNics(interfaces),
    commissioning: outcome(body, "commissioning"),
    testing: outcome(body, "testing"),
    installationResultId: numberOrNull(body, "current_installation_result_id"),
    statusEvent: statusEvent(body),
  };
  for (const id of [record.commissioning.resultId, record.testing.resultId, record.installationResultId]) {
    if (id !== null) store.claimId("scriptset", id);
  }
  store.machines.push(record);
  store.changed();
}
