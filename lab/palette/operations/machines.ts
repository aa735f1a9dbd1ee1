import { z } from "zod";
import { clusterOfConfig, machineOf, poolOf } from "../clusters/find";
import { machineView } from "../clusters/machine-views";
import { NO_CONTENT, ok } from "../http/answer";
import { param } from "../http/call";
import { invalid, RouterError } from "../http/error";
import { page } from "../http/paging";
import { payload } from "../http/payload";
import type { Machine } from "../model/machine-pool";
import type { Route } from "../http/router";

const MACHINES = "/v1/cloudconfigs/maas/{configUid}/machinePools/{machinePoolName}/machines";
const ANY_CLOUD = "/v1/cloudconfigs/{cloudType}/{configUid}/machinePools/{machinePoolName}/machines/{machineUid}";

function checkCloud(cloudType: string, path: string): void {
  if (cloudType !== "maas") throw new RouterError(404, `path ${path} was not found`);
}

/** The machines of a pool. */
export const machineRoutes: Route[] = [
  {
    verb: "GET",
    path: MACHINES,
    scope: "project",
    permission: "machine.list",
    handle(call) {
      const cluster = clusterOfConfig(call, "machine.list");
      const pool = poolOf(call, cluster);
      const ofPool = (machine: Machine): boolean => machine.poolName === pool.spec.name;
      const kept = call.palette.habits["deleted-machines"] === "kept";
      const former = kept ? (cluster.formerMachines ?? []).filter(ofPool) : [];
      const rows = [
        ...cluster.machines.filter(ofPool).map((machine) => machineView(machine)),
        ...former.map((machine) => machineView(machine, true)),
      ];
      return ok(page(rows, call.query));
    },
  },
  {
    verb: "GET",
    path: `${MACHINES}/{machineUid}`,
    scope: "project",
    permission: "machine.get",
    handle: (call) => ok(machineView(machineOf(call, clusterOfConfig(call, "machine.get")))),
  },
  {
    verb: "DELETE",
    path: `${MACHINES}/{machineUid}`,
    scope: "project",
    permission: "machine.delete",
    handle(call) {
      const machine = machineOf(call, clusterOfConfig(call, "machine.delete"));
      // The controller takes it out and, the pool being one short, adds another.
      machine.templateDigest = "";
      machine.phase = machine.phase === "releasing" ? "releasing" : "draining";
      machine.phaseSince = call.palette.clock.now();
      return NO_CONTENT;
    },
  },
  {
    verb: "PUT",
    path: `${ANY_CLOUD}/maintenance`,
    scope: "project",
    permission: "machine.update",
    handle(call) {
      checkCloud(param(call, "cloudType"), `${ANY_CLOUD}/maintenance`);
      const machine = machineOf(call, clusterOfConfig(call, "machine.update"));
      const { action } = payload(z.object({ action: z.enum(["cordon", "uncordon"]) }), call.body);
      if (machine.phase !== "running")
        throw invalid("MachineNotRunning", `Machine '${machine.hostname || machine.uid}' is not running`);
      machine.maintenance = { action, state: "Initiated", message: "", since: call.palette.clock.now() };
      return NO_CONTENT;
    },
  },
  {
    verb: "PUT",
    path: `${ANY_CLOUD}/maintenance/status`,
    scope: "project",
    permission: "machine.update",
    handle(call) {
      checkCloud(param(call, "cloudType"), `${ANY_CLOUD}/maintenance/status`);
      const machine = machineOf(call, clusterOfConfig(call, "machine.update"));
      const schema = z.object({
        action: z.enum(["cordon", "uncordon"]).optional(),
        state: z.string().default(""),
        message: z.string().default(""),
      });
      const { action, state, message } = payload(schema, call.body);
      machine.maintenance = {
        action: action ?? machine.maintenance?.action ?? "cordon",
        state,
        message,
        since: call.palette.clock.now(),
      };
      return NO_CONTENT;
    },
  },
];
