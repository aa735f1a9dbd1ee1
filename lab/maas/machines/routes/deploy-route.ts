import { fieldErrors, refusal } from "../../server/refusal";
import { setting } from "../../site/settings";
import type { MaasAnswer, Route } from "../../server/route";
import { checkDeployable } from "../lifecycle/check-deployable";
import { acquire } from "../lifecycle/acquire";
import { continueDeployment, startDeployment } from "../lifecycle/deploy";
import { invalidChoice } from "../forms/fields";
import { FormErrors } from "../forms/form-errors";
import { applyMachineForm, readMachineForm } from "../forms/machine-form";
import { findOperatingSystem, operatingSystems } from "../images";
import type { Parameters } from "../../server/route";
import { STATUS, statusName } from "../status";
import { mayFollow } from "../status-transitions";
import { readAllocationOptions } from "./allocation-options";
import { answerMachine, onMachine, type MachineWork } from "./with-machine";

const NOTHING: Parameters = { get: () => undefined, getAll: () => [], has: () => false, entries: () => [] };

/** Sets the operating system asked for, else the site's default one. */
function setOperatingSystem({ store, machine, request }: MachineWork): void {
  const asked = request.form.get("distro_series") ?? "";
  const preset = setting(store, "default_distro_series");
  const series = asked === "" && typeof preset === "string" ? preset : asked;
  const found = findOperatingSystem(store, series);
  if (found === undefined) {
    const known = operatingSystems(store).map((each) => `${each.osystem}/${each.series}`);
    throw fieldErrors({ distro_series: [invalidChoice(series, "distro_series", known)] });
  }
  machine.osystem = found.osystem;
  machine.distroSeries = found.series;
  const kernel = request.form.get("hwe_kernel") ?? "";
  machine.hweKernel = kernel === "" ? null : kernel;
  const errors = new FormErrors();
  applyMachineForm(store, errors, readMachineForm(store, errors, NOTHING, undefined, machine), machine);
}

function deploy(work: MachineWork): MaasAnswer {
  const { store, machine, request } = work;
  const options = readAllocationOptions(request.form, request.user);
  if (machine.status === STATUS.READY) {
    if (machine.owner !== null && machine.owner !== request.user) {
      throw refusal(409, "Can't allocate a machine belonging to another user.");
    }
    acquire(work, options);
  }
  if (!mayFollow(machine.status, STATUS.DEPLOYING)) {
    throw refusal(409, `Can't deploy a machine that is in the '${statusName(machine.status)}' state`);
  }
  setOperatingSystem(work);
  machine.ephemeralDeploy = options.ephemeral || machine.blockDevices.length === 0;
  machine.enableHardwareSync = request.form.get("enable_hw_sync")?.toLowerCase() === "true";
  checkDeployable(machine);
  startDeployment(store, machine, request.user, options.comment);
  const answer = answerMachine(work);
  continueDeployment(store, machine);
  return answer;
}

/** `POST machines/<system id>/?op=deploy`. The addresses are claimed after the answer, as in MAAS. */
export const deployRoute: Route = {
  method: "POST",
  path: "/machines/:system_id/",
  operation: "deploy",
  handle: onMachine("change", deploy),
};
