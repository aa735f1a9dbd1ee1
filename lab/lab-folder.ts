import { join, resolve } from "node:path";

/** The project's folder. */
export const PROJECT = resolve(__dirname, "..");

/** Where the parts of a lab lie; all below `root`, which only the owner can enter. */
export interface LabFolder {
  root: string;
  /** `LabSettings`: ports, speed of time, size of the seed. */
  settings: string;
  /** `LabCredentials`. */
  credentials: string;
  /** Process id of the background process. */
  pid: string;
  /** What the background process has to say. */
  log: string;
  /** State of the MAAS simulator. */
  maas: string;
  /** State of the Palette simulator. */
  palette: string;
  /** A folder per cluster. */
  kubernetes: string;
  /** Engine home, backend and stack file of the lab's stack; made by `npm run pulumi`. */
  pulumi: string;
}

/** The lab's folder: as given, else `VMO_METAL_LAB_DIR`, else `.lab` of the project. */
export function labFolder(folder?: string, environment: NodeJS.ProcessEnv = process.env): LabFolder {
  const root = resolve(folder ?? environment["VMO_METAL_LAB_DIR"] ?? join(PROJECT, ".lab"));
  return {
    root,
    settings: join(root, "lab.json"),
    credentials: join(root, "credentials.json"),
    pid: join(root, "lab.pid"),
    log: join(root, "lab.log"),
    maas: join(root, "maas.json"),
    palette: join(root, "palette.json"),
    kubernetes: join(root, "kubernetes"),
    pulumi: join(root, "pulumi"),
  };
}
