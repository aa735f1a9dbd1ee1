import { keysAt, textAt } from "./tree";

const mostBytes = 2 ** 20;

/** What virt-launcher refuses when a Windows VM starts, in the data of a ConfigMap or Secret with an answer file (KubeVirt pkg/config/sysprep.go). */
export function sysprepProblems(data: unknown): string[] {
  const keys = keysAt(data);
  const bytes = keys.reduce((sum, key) => sum + Buffer.byteLength(textAt(data, key) ?? ""), 0);
  return [
    ...(keys.some((key) => /^(auto)?unattend\.xml$/i.test(key))
      ? []
      : ["data: has neither autounattend.xml nor unattend.xml; the sysprep drive would be refused"]),
    ...(bytes < mostBytes ? [] : [`data: has ${bytes} bytes; it holds less than 1 MiB`]),
  ];
}
