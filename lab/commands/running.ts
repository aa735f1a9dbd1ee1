import { readLab, type LabAddresses } from "../lab";

/**
 * The addresses of the lab that runs.
 * @throws Error saying how to start it when none does.
 */
export async function runningLab(): Promise<LabAddresses> {
  const addresses = await readLab();
  if (addresses === undefined) throw new Error("no lab runs here; start it with `npm run lab`");
  return addresses;
}
