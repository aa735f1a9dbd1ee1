import { formatVlan } from "../../providers/maas/host-network/host-interface";
import { escape } from "./escape";
import { type InterfaceBox, interfaceBoxes } from "./interface-boxes";
import type { Topology, TopologyHost } from "./topology";

const boxHeight = 58;
const levelHeight = boxHeight + 18;
const margin = 2;

/** A host's interfaces as an SVG picture: NICs at the bottom, bonds, then VLAN interfaces and the bridge. Pure. */
export function hostDrawing(host: TopologyHost, site: Pick<Topology, "networks" | "virtualMachineVlans">): string {
  const boxes = interfaceBoxes(host.interfaces);
  const levels = Math.max(0, ...boxes.map(({ level }) => level)) + 1;
  const width = Math.ceil(Math.max(1, ...boxes.map(({ x, width: wide }) => x + wide))) + 2 * margin;
  const height = levels * levelHeight - (levelHeight - boxHeight) + 2 * margin;
  const top = (level: number): number => margin + (levels - 1 - level) * levelHeight;
  const wires = boxes.flatMap((box) =>
    box.level === 0
      ? []
      : wiresOf(box, boxes).map(
          ([x, low]) => `<path class="wire" d="M${x} ${top(box.level) + boxHeight}V${top(low)}"/>`,
        ),
  );
  return (
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Interfaces of ${escape(host.name)}">` +
    wires.join("") +
    boxes.map((box) => drawBox(box, top(box.level), host, site)).join("") +
    "</svg>"
  );
}

/** Where lines go down to what a box stands on: horizontal place, and the level below. */
function wiresOf(box: InterfaceBox, boxes: readonly InterfaceBox[]): [x: number, level: number][] {
  const parents = box.item.type === "physical" ? [] : box.item.parents;
  return boxes
    .filter(({ name }) => parents.includes(name))
    .map((parent) => {
      const narrow = parent.width < box.width ? parent : box;
      return [Math.round(margin + narrow.x + narrow.width / 2), parent.level];
    });
}

function drawBox(
  box: InterfaceBox,
  y: number,
  host: TopologyHost,
  site: Pick<Topology, "networks" | "virtualMachineVlans">,
): string {
  const { name, item } = box;
  const x = margin + box.x;
  const nic = host.nics.get(name);
  const dead = nic !== undefined && !nic.linkConnected;
  const network = site.networks.find(({ cidr }) => item.links.some(({ subnet }) => subnet === cidr));
  const classes = ["nic-box", item.type, ...(network === undefined ? [] : [network.role]), ...(dead ? ["dead"] : [])];
  const lines = linesOf(box, host, site.virtualMachineVlans);
  return (
    `<g><title>${escape(titleOf(box, host))}</title>` +
    `<rect class="${classes.join(" ")}" x="${x}" y="${y}" width="${box.width}" height="${boxHeight}" rx="6"/>` +
    `<text class="name" x="${x + 8}" y="${y + 18}">${escape(name)}</text>` +
    lines
      .map((line, index) => `<text class="detail" x="${x + 8}" y="${y + 34 + index * 15}">${escape(line)}</text>`)
      .join("") +
    "</g>"
  );
}

function linesOf({ name, item }: InterfaceBox, { nics, facts }: TopologyHost, virtualMachineVlans: string): string[] {
  const [link] = item.links;
  const address = link === undefined ? undefined : [link.ipAddress ?? link.mode, link.subnet].filter(Boolean).join(" ");
  const gateway = item.links.some(({ defaultGateway }) => defaultGateway) ? "default gateway" : undefined;
  switch (item.type) {
    case "physical": {
      const nic = nics.get(name);
      const speed = nic === undefined || nic.linkSpeedMbps === 0 ? undefined : `${nic.linkSpeedMbps / 1000} Gbit/s`;
      const link = nic !== undefined && !nic.linkConnected ? "no link" : speed;
      const boot = nic !== undefined && nic.macAddress === facts?.bootMacAddress ? "boot" : undefined;
      return [join(link, boot), address ?? nic?.macAddress ?? ""];
    }
    case "bond":
      return [item.bond.mode, address ?? ""];
    case "bridge":
      return [address ?? "virtual machines", `VLANs ${virtualMachineVlans}`];
    case "vlan":
      return [address ?? "no address", gateway ?? `VLAN ${item.vlan?.vid ?? 0}`];
  }
}

function titleOf({ name, item }: InterfaceBox, { nics }: TopologyHost): string {
  const nic = nics.get(name);
  return [
    `${name}: ${item.type}, VLAN ${formatVlan(item.vlan)}, MTU ${item.mtu ?? "of the VLAN"}`,
    ...(nic === undefined ? [] : [nic.macAddress]),
    ...(item.type === "bond"
      ? [`${item.bond.mode}, LACP rate ${item.bond.lacpRate}, hash ${item.bond.xmitHashPolicy}`]
      : []),
    ...item.links.map(({ mode, subnet, ipAddress }) => [mode, ipAddress, subnet].filter(Boolean).join(" ")),
  ].join("\n");
}

function join(...words: (string | undefined)[]): string {
  return words.filter((word) => word !== undefined).join(", ");
}
