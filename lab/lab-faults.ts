import { z } from "zod";
import { FAULT_PARTS, type FaultPart } from "./fault-parts";
import { faultSwitches, type MaasSimulator } from "./maas";
import type { PaletteSimulator } from "./palette";
import { fieldOf, listOf, textOf } from "./kubernetes/objects";
import type { RunningLab } from "./running-lab";

const count = z.int().min(0);

/** What a fault of MAAS may say besides its kind: a mistyped word would otherwise switch on something else than was meant. */
const maasFault = z.strictObject({
  kind: z.string(),
  method: z.string().optional(),
  path: z.string().startsWith("/", "begins with / and stands below /MAAS/api/2.0: /machines/*").optional(),
  operation: z.string().optional(),
  skip: count.optional(),
  count: count.min(1).optional(),
  milliseconds: count.optional(),
  status: z.int().min(400).max(599).optional(),
  body: z.string().optional(),
  retryAfter: count.optional(),
  action: z.enum(["deploy", "commission", "test", "release", "erase", "rescue"]).optional(),
  machine: z.string().optional(),
  message: z.string().optional(),
});

/** What a fault of MAAS is without effect without, or with one that nobody chose. */
const needed: Readonly<Record<string, keyof z.infer<typeof maasFault>>> = {
  latency: "milliseconds",
  status: "status",
  "status-after-work": "status",
};

function checkMaasFault(lab: RunningLab, wanted: Record<string, unknown>): void {
  const fault = maasFault.parse(wanted);
  const missing = needed[fault.kind];
  if (missing !== undefined && fault[missing] === undefined) throw new Error(`maas: ${fault.kind} needs ${missing}=N`);
  const { machine } = fault;
  if (machine === undefined) return;
  const names = listOf(lab.maas.dump(), "machines").flatMap((each) => [
    textOf(each, "hostname"),
    textOf(each, "system_id"),
  ]);
  if (!names.includes(machine)) throw new Error(`maas: there is no machine ${machine}`);
}

/** The faults that are on, by part. */
export function listFaults(lab: RunningLab): Record<FaultPart, unknown[]> {
  return {
    maas: lab.maas.faults.list(),
    palette: [...lab.palette.faults.list()],
    kubernetes: lab.kubernetes?.faults.list() ?? [],
  };
}

/**
 * Switches a fault on.
 * @throws Error saying what the part knows when it does not know this one.
 */
export function addFault(lab: RunningLab, part: string, fault: Record<string, unknown>): unknown {
  switch (faultPart(part)) {
    case "maas":
      if (!faultSwitches.some((known) => known.kind === fault["kind"])) {
        throw new Error(`maas: kind is one of ${faultSwitches.map((known) => known.kind).join(", ")}`);
      }
      checkMaasFault(lab, fault);
      return lab.maas.faults.add(fault as unknown as Parameters<MaasSimulator["faults"]["add"]>[0]);
    case "palette":
      return lab.palette.faults.add(fault as unknown as Parameters<PaletteSimulator["faults"]["add"]>[0]);
    case "kubernetes":
      if (lab.kubernetes === undefined) throw new Error("this lab has no Kubernetes");
      return lab.kubernetes.faults.add(fault);
  }
}

/** Switches off all faults, those of one part, or one of them (by its id; in Palette by its kind). */
export function clearFaults(lab: RunningLab, part?: string, which?: string): void {
  const parts = part === undefined ? FAULT_PARTS : [faultPart(part)];
  for (const one of parts) clearPart(lab, one, which);
}

function clearPart(lab: RunningLab, part: FaultPart, which: string | undefined): void {
  const on = listFaults(lab)[part].map((fault) => String(fieldOf(fault, "id") ?? fieldOf(fault, "kind")));
  if (which !== undefined && !on.includes(which)) {
    throw new Error(`${part}: no fault ${which} is on${on.length === 0 ? "" : `; on are ${on.join(", ")}`}`);
  }
  switch (part) {
    case "maas":
      lab.maas.faults.clear(which === undefined ? undefined : Number(which));
      break;
    case "palette":
      lab.palette.faults.clear(which as Parameters<PaletteSimulator["faults"]["clear"]>[0]);
      break;
    case "kubernetes":
      lab.kubernetes?.faults.clear(which === undefined ? undefined : Number(which));
  }
}

function faultPart(part: string): FaultPart {
  const found = FAULT_PARTS.find((one) => one === part);
  if (found === undefined) throw new Error(`"${part}" is no part of the lab: ${FAULT_PARTS.join(", ")}`);
  return found;
}
