import { ControlServer } from "./control-server";
import { controlRoutes } from "./control-routes";
import { keepCredentials } from "./credentials";
import { writePrivateFile } from "./json-file";
import { labFolder } from "./lab-folder";
import { FOLDER_ARGUMENT } from "./lab-mark";
import { RunningLab } from "./running-lab";
import { keepSettings } from "./settings";

/** The lab's background process. Its own port is its lock: of two that start on one folder, the second ends. */
async function main(): Promise<void> {
  const root = process.argv.find((argument) => argument.startsWith(FOLDER_ARGUMENT))?.slice(FOLDER_ARGUMENT.length);
  if (root === undefined) throw new Error(`${FOLDER_ARGUMENT}FOLDER is missing`);
  const folder = labFolder(root);
  const settings = await keepSettings(folder, {}, {});
  const credentials = keepCredentials(folder.credentials);
  const control = new ControlServer(credentials.adminToken, {
    "GET ready": () => ({ ready: false, pid: process.pid }),
  });
  try {
    await control.listen(settings.controlPort);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    throw new Error(`port ${settings.controlPort} is taken: another lab process is quicker, or something else has it`, {
      cause: error,
    });
  }
  writePrivateFile(folder.pid, `${process.pid}\n`);
  const lab = await RunningLab.start(folder, settings, credentials, log);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= lab.stop().then(() => {
      log("stopped");
      process.exit(0);
    });
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  control.use(controlRoutes(lab, stop));
  log(`ready: MAAS ${lab.addresses.maasUrl}, Palette ${lab.addresses.paletteUrl}`);
}

/** One line in the lab's log. */
function log(line: string): void {
  console.log(`${new Date().toISOString()} ${line}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
