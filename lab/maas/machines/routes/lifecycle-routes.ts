import { fieldErrors, refusal } from "../../server/refusal";
import type { MaasAnswer, Route } from "../../server/route";
import { checkboxField } from "../forms/fields";
import { abort } from "../lifecycle/abort";
import { markBroken, markFixed } from "../lifecycle/broken";
import { startCommissioning } from "../lifecycle/commission";
import { lock, unlock } from "../lifecycle/lock";
import { isControllable, startPower, stopPower } from "../lifecycle/power";
import { release } from "../lifecycle/release";
import { endRescue, startRescue } from "../lifecycle/rescue";
import { overrideFailedTesting, startTesting } from "../lifecycle/testing";
import { noteEvent } from "../machine-events";
import { STATUS } from "../status";
import { deployRoute } from "./deploy-route";
import { answerMachine, onMachine, type Access, type MachineWork } from "./with-machine";

const COMMISSIONABLE: ReadonlySet<number> = new Set([
  STATUS.NEW,
  STATUS.FAILED_COMMISSIONING,
  STATUS.READY,
  STATUS.BROKEN,
]);

function operation(name: string, work: (work: MachineWork) => void, access: Access = "change"): Route {
  const handle = onMachine(access, (context) => {
    work(context);
    return answerMachine(context);
  });
  return { method: "POST", path: "/machines/:system_id/", operation: name, handle };
}

function comment({ request }: MachineWork): string {
  return request.form.get("comment") ?? "";
}

function commission({ store, machine, request }: MachineWork): void {
  if (!COMMISSIONABLE.has(machine.status)) {
    const text = "Commission is not available because of the current state of the node.";
    throw fieldErrors({ __all__: [text] });
  }
  startCommissioning(store, machine, {
    user: request.user,
    skipNetworking: checkboxField(request.form.get("skip_networking")),
    skipStorage: checkboxField(request.form.get("skip_storage")),
  });
}

function releaseMachine(work: MachineWork): void {
  const { store, machine, request } = work;
  const asks = ["erase", "secure_erase", "quick_erase"].some((name) => checkboxField(request.form.get(name)));
  release(store, machine, { user: request.user, comment: comment(work), erase: asks });
}

function powerOn(work: MachineWork): void {
  const { store, machine, request } = work;
  if (machine.owner === null) throw refusal(409, "Can't start node: it hasn't been allocated.");
  noteEvent(store, machine, "requestStart", { action: "start", user: request.user, description: comment(work) });
  if (isControllable(machine)) startPower(store, machine);
}

/** Answers nothing where MAAS cannot switch the machine. */
function powerOff(work: MachineWork): MaasAnswer {
  const { store, machine, request } = work;
  noteEvent(store, machine, "requestStop", { action: "stop", user: request.user, description: comment(work) });
  if (!isControllable(machine)) return { status: 200, json: null };
  stopPower(store, machine);
  return answerMachine(work);
}

/** What a machine is told to do. */
export const lifecycleRoutes: Route[] = [
  deployRoute,
  operation("release", releaseMachine),
  operation("commission", commission),
  operation("test", ({ store, machine, request }) => startTesting(store, machine, request.user)),
  operation("override_failed_testing", (work) =>
    overrideFailedTesting(work.store, work.machine, work.request.user, comment(work)),
  ),
  operation("abort", (work) => abort(work.store, work.machine, work.request.user, comment(work))),
  operation("mark_broken", (work) => {
    const { form } = work.request;
    const said = comment(work);
    const text = said === "" ? (form.get("error_description") ?? "") : said;
    markBroken(work.store, work.machine, work.request.user, text);
  }),
  operation("mark_fixed", (work) => markFixed(work.store, work.machine, work.request.user, comment(work))),
  operation("rescue_mode", ({ store, machine, request }) => startRescue(store, machine, request.user)),
  operation("exit_rescue_mode", ({ store, machine, request }) => endRescue(store, machine, request.user)),
  operation("lock", (work) => lock(work.store, work.machine, work.request.user, comment(work)), "lock"),
  operation("unlock", (work) => unlock(work.store, work.machine, work.request.user, comment(work)), "lock"),
  operation("power_on", powerOn),
  { method: "POST", path: "/machines/:system_id/", operation: "power_off", handle: onMachine("change", powerOff) },
];
