import { osDisk } from "../../../providers/maas/storage-layout/os-disk";
import type { Hit } from "../rule";
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
