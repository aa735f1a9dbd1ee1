import { createHash } from "node:crypto";
import { defaultDomain, defaultPool, defaultZone } from "../site/defaults";
import type { Store } from "../store";
import type { MachineRecord } from "./model";
import { STATUS } from "./status";

/** The characters of system ids: none that is easily mistaken for another. */
const ALPHABET = "34678abcdefghkmnpqrtwxy";
const ANIMALS = ["crow", "moth", "hare", "lynx", "wren", "toad", "mole", "swan", "mink", "stag"];
const MANNERS = ["able", "calm", "eager", "firm", "glad", "keen", "mild", "proud", "quick", "sound"];

/** A machine's system id, which follows from its number so that two runs of a lab are alike. */
function systemIdOf(id: number): string {
  const digest = createHash("sha256").update(`machine ${id}`).digest();
  return [...digest.subarray(0, 6)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");
}

/** The name of a machine that was given none. */
export function randomHostname(id: number): string {
  const [first = 0, second = 0] = createHash("sha256").update(`name ${id}`).digest();
  return `${MANNERS[first % MANNERS.length] ?? ""}-${ANIMALS[second % ANIMALS.length] ?? ""}-${id}`;
}

/** A machine that MAAS knows nothing of yet: New, in the default pool, zone and domain, without NICs and disks. */
export function newMachine(store: Store): MachineRecord {
  const id = store.nextId("node");
  let systemId = systemIdOf(id);
  for (let salt = 1; store.machines.some((each) => each.systemId === systemId); salt += 1) {
    systemId = systemIdOf(id + salt * 1_000_003);
  }
  return {
    id,
    systemId,
    hostname: "",
    domainId: defaultDomain(store).id,
    description: "",
    zoneId: defaultZone(store).id,
    poolId: defaultPool(store).id,
    status: STATUS.NEW,
    previousStatus: STATUS.NEW,
    owner: null,
    agentName: "",
    locked: false,
    architecture: "",
    minHweKernel: "",
    hweKernel: null,
    cpuCount: 0,
    cpuSpeed: 0,
    memory: 0,
    swapSize: null,
    osystem: "",
    distroSeries: "",
    ephemeralDeploy: false,
    enableKernelCrashDump: false,
    enableHardwareSync: false,
    errorDescription: "",
    netboot: true,
    powerType: "",
    powerParameters: {},
    powerState: "unknown",
    biosBootMethod: null,
    hardwareUuid: null,
    hardwareInfo: {},
    addressTtl: null,
    tagNames: [],
    ownerData: {},
    bootInterfaceId: null,
    bootDiskId: null,
    gatewayLinkIpv4Id: null,
    gatewayLinkIpv6Id: null,
    interfaces: [],
    blockDevices: [],
    filesystemGroups: [],
    cacheSets: [],
    specialFilesystems: [],
    numaNodes: [{ index: 0, memory: 0, cores: [] }],
    commissionedNics: [],
    commissioning: { resultId: null, status: -1, storageStatus: -1 },
    testing: { resultId: null, status: -1, storageStatus: -1 },
    installationResultId: null,
    statusEvent: null,
  };
}
