import { Form, NO_SUCH_CHOICE } from "../../server/form";
import { refusal } from "../../server/refusal";
import type { MaasRequest } from "../../server/route";
import type { Store } from "../../store";
import { networkHolds, networkOf, parseAddress, type Address } from "../address";
import { bestSubnetFor } from "../find-subnet";
import type { IpRangeRecord, SubnetRecord } from "../model";
import { rangesNotInUse } from "../subnet-usage";

/** Fields of a range as read. */
export type IpRangeValues = Pick<IpRangeRecord, "type" | "startIp" | "endIp" | "subnetId"> & { comment?: string };

const BOTH = ["start_ip", "end_ip"];
const BOTH_REQUIRED = "Start IP address and end IP address are both required.";

/** The subnet of a range: by id only; of a new range deduced from its start when not given. */
function readSubnet(form: Form, store: Store, range?: IpRangeRecord): SubnetRecord | undefined {
  const current = store.site.subnets.find((subnet) => subnet.id === range?.subnetId);
  const text = form.text("subnet");
  if (text === undefined && range !== undefined) return current;
  if (text === undefined) {
    const start = form.text("start_ip");
    if (start !== undefined && parseAddress(start) === undefined) {
      throw refusal(500, `failed to detect a valid IP address from '${start}'`);
    }
    const deduced = start === undefined ? undefined : bestSubnetFor(store, start);
    if (deduced === undefined) form.add("subnet", "This field is required.");
    return deduced;
  }
  if (text === "") {
    form.add("subnet", "This field is required.");
    return undefined;
  }
  const found = store.site.subnets.find((subnet) => String(subnet.id) === text);
  if (found === undefined) form.add("subnet", NO_SUCH_CHOICE);
  return found;
}

function readAddress(form: Form, field: string, current: string | undefined): string | undefined {
  const text = form.required(field);
  return text === undefined ? (form.failed(field) ? undefined : current) : form.address(field);
}

/** A dynamic range is looked at before its own errors are: what is missing or upside down is a server error. */
function checkDynamic(values: { subnet?: SubnetRecord; start?: string; end?: string }): void {
  if (values.subnet === undefined) throw refusal(500, "'subnet'");
  if (values.start === undefined) throw refusal(500, "'start_ip'");
  if (values.end === undefined) throw refusal(500, "'end_ip'");
  const [start, end] = [parseAddress(values.start), parseAddress(values.end)];
  if (start?.version !== end?.version) throw refusal(500, "start and stop IP versions do not match!");
  if (start !== undefined && end !== undefined && start.value > end.value) {
    throw refusal(500, "lower bound IP greater than upper bound!");
  }
}

function addAll(form: Form, fields: readonly string[], text: string): void {
  for (const field of fields) form.add(field, text);
}

/** Notes the first broken rule of where a range lies in its subnet; true when all hold. */
function checkPlace(form: Form, start: Address, end: Address, subnet: SubnetRecord): boolean {
  const network = networkOf(subnet.cidr);
  const [startInside, endInside] = [networkHolds(network, start), networkHolds(network, end)];
  const broadcast = network.version === 4 && network.prefix < 31 ? network.last : undefined;
  const within = `must be within subnet: ${subnet.cidr}.`;
  if (!startInside && !endInside) addAll(form, BOTH, `IP addresses ${within}`);
  else if (!startInside) form.add("start_ip", `Start IP address ${within}`);
  else if (!endInside) form.add("end_ip", `End IP address ${within}`);
  else if (start.value === network.first)
    form.add("start_ip", "Reserved network address cannot be included in IP range.");
  else if (end.value === broadcast) form.add("end_ip", "Broadcast address cannot be included in IP range.");
  else return true;
  return false;
}

function checkOverlap(
  form: Form,
  store: Store,
  subnet: SubnetRecord,
  type: IpRangeRecord["type"],
  ends: { start: Address; end: Address },
  except?: IpRangeRecord,
): void {
  const usage = type === "reserved" ? { rangesOnly: true } : { ignoreDiscovered: true };
  const unused = rangesNotInUse(store, subnet, { ...usage, ...(except !== undefined && { except }) });
  if (unused.length === 0) {
    addAll(form, BOTH, `There is no room for any ${type} ranges on this subnet.`);
    return;
  }
  const fits = unused.some((range) => range.first <= ends.start.value && ends.end.value <= range.last);
  const what = type === "reserved" ? "range" : "IP address or range";
  if (!fits) addAll(form, BOTH, `Requested ${type} range conflicts with an existing ${what}.`);
}

function checkRange(
  form: Form,
  store: Store,
  values: { start?: string; end?: string; type?: IpRangeRecord["type"]; subnet?: SubnetRecord },
  except?: IpRangeRecord,
): void {
  const start = values.start === undefined ? undefined : parseAddress(values.start);
  const end = values.end === undefined ? undefined : parseAddress(values.end);
  if (start === undefined || end === undefined) {
    addAll(form, BOTH, BOTH_REQUIRED);
  } else if (start.version !== end.version) {
    addAll(form, BOTH, "Start IP address and end IP address must be in the same address family.");
  } else if (end.value < start.value) {
    form.add("end_ip", "End IP address must not be less than Start IP address.");
  } else if (values.subnet === undefined || checkPlace(form, start, end, values.subnet)) {
    if (start.version === 6 && values.type === "dynamic" && end.value - start.value + 1n < 256n) {
      addAll(form, BOTH, "IPv6 dynamic range must be at least 256 addresses in size.");
    } else if (values.subnet !== undefined && values.type !== undefined) {
      checkOverlap(form, store, values.subnet, values.type, { start, end }, except);
    }
  }
}

/** Reads a range (new without `range`) and refuses with the texts of the real server. An empty comment is ignored. */
export function readIpRange({ form: parameters, store }: MaasRequest, range?: IpRangeRecord): IpRangeValues {
  const form = new Form(parameters, range !== undefined);
  const subnet = readSubnet(form, store, range);
  const sentType = form.required("type");
  const type = sentType === undefined ? range?.type : form.choice("type", ["dynamic", "reserved"]);
  const start = readAddress(form, "start_ip", range?.startIp);
  const end = readAddress(form, "end_ip", range?.endIp);
  const comment = form.text("comment");
  form.limitLength("comment", comment, 255);
  const known: IpRangeRecord["type"] | undefined = type === "dynamic" || type === "reserved" ? type : undefined;
  const values = {
    ...(subnet !== undefined && { subnet }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(known !== undefined && { type: known }),
  };
  if (known === "dynamic") checkDynamic(values);
  checkRange(form, store, values, range);
  form.finish();
  return {
    type: known ?? "reserved",
    startIp: start ?? "",
    endIp: end ?? "",
    subnetId: subnet?.id ?? 0,
    ...(comment !== undefined && comment !== "" && { comment }),
  };
}
