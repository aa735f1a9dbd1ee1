import { osDisk } from "../../../providers/maas/storage-layout/os-disk";
import type { Hit } from "../rule";
import { unmark } from "../../../providers/maas/marker";
import { isApproved } from "../../derived/approved";
import { forecastOsDisk } from "../../host-forecast/forecast-host";
import { describeDisk } from "../../host-forecast/host-effects";
import { maasRule } from "./machines";
import { foundHosts } from "./matched-hosts";

/** The rule by which the storage layout is made, asked before anything is touched: a wrong disk is a wiped LUN. */
export const osDiskChosen = maasRule(
  {
    code: "SIT009",
    severity: "error",
    rule: "One local disk of every described host is the one for the operating system; a LUN only where the host boots from SAN.",
  },
  (datacenter, maas) =>
    foundHosts(datacenter, maas).flatMap(({ host, machine }): Hit[] => {
      if (host.storage.layout === "blank") return [];
      const disks = machine.disks.filter(({ type }) => type === "physical");
      const boot = disks.find((disk) => disk.boot)?.id ?? null;
      const choice = osDisk(disks, boot, host.storage.disk, host.storage.sanBoot);
      return "problem" in choice
        ? [
            {
              path: `${host.path}.storage.disk`,
              message: `${host.name}: ${choice.problem}`,
              fix: "Nothing of any host is changed until this is clear.",
            },
          ]
        : [];
    }),
);

/** Whoever laid out the disks of a machine meant something by it: the disk that the description leaves may be the one that lasts. */
export const rootFileSystemStays = maasRule(
  {
    code: "MCH003",
    severity: "error",
    rule: "The root file system of a host that is new here stays on its disk, unless the move is approved.",
  },
  (datacenter, maas) =>
    foundHosts(datacenter, maas).flatMap(({ host, machine }): Hit[] => {
      // The layout of a host of this stack is this stack's.
      if (unmark(machine.description).datacenter === datacenter.name) return [];
      const disk = forecastOsDisk(machine, host.storage);
      if (disk?.moves !== true || isApproved(datacenter, `host ${host.name}`, "osDisk")) return [];
      const current = disk.current.map((item) => describeDisk(item, item.serial)).join(", ");
      return [
        {
          path: `${host.path}.storage.disk`,
          message: `the root file system of ${host.name} is on ${current}, and would move to ${describeDisk(disk.target, disk.target.serial)}`,
          fix: `Choose the disk that it is on, or approve the move: maas.approve: [{ object: "host ${host.name}", field: osDisk }].`,
        },
      ];
    }),
);
