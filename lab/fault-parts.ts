/** The parts of the lab that faults can be switched on in. */
export const FAULT_PARTS = ["maas", "palette", "kubernetes"] as const;

/** One of `FAULT_PARTS`. */
export type FaultPart = (typeof FAULT_PARTS)[number];
