import { findBinaries } from "../../../lab/kubernetes/control-plane/binaries";
import { LocalPlatform } from "../../../lab/kubernetes/local-platform";
import { PROJECT } from "../../../lab/lab-folder";

/** A lab's process with nothing but Kubernetes, to be killed by a test: resumes the folder and says so. */
const [, , folder = ""] = process.argv;
const { binaries } = findBinaries(PROJECT);
if (binaries === undefined) throw new Error("the programs of a control plane are missing");
void new LocalPlatform({ folder, binaries, timeScale: 600 }).resume().then(() => console.log("ready"));
