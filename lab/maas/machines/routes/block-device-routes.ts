import { notFound } from "../../server/refusal";
import type { MaasAnswer, MaasRequest, Route } from "../../server/route";
import { renderBlockDevice } from "../render/render-block-device";
import { machineOf } from "./with-machine";

function list(request: MaasRequest): MaasAnswer {
  const machine = machineOf(request);
  return { status: 200, json: machine.blockDevices.map((device) => renderBlockDevice(machine, device, true)) };
}

function read(request: MaasRequest): MaasAnswer {
  const machine = machineOf(request, "BlockDevice");
  const reference = request.params.id ?? "";
  const device = machine.blockDevices.find((each) =>
    /^\d+$/.test(reference) ? each.id === Number(reference) : each.name === reference,
  );
  if (device === undefined) throw notFound("BlockDevice");
  return { status: 200, json: renderBlockDevice(machine, device) };
}

/** What `nodes/<system id>/blockdevices/` serves: reading. */
export const blockDeviceRoutes: Route[] = [
  { method: "GET", path: "/nodes/:system_id/blockdevices/", handle: list },
  { method: "GET", path: "/nodes/:system_id/blockdevices/:id/", handle: read },
];
