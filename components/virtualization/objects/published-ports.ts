import { shortened } from "../../../model/short-name";
import { type Manifest, managedByLabel, templateLabel } from "./manifest";

/** Ports of virtual machines on the pod network that are published as a Service. */
export interface PublishedPortsArgs {
  /** The template whose machines answer. */
  template: string;
  /** Namespace of those machines; a Service reaches no other. */
  namespace: string;
  /** TCP ports, the same inside and outside. */
  ports: readonly number[];
  /** `external`: MetalLB gives it an address in the data network. `cluster`: only inside the cluster. */
  access: "external" | "cluster";
}

/** A Service in front of the machines of one template (RA, Network configuration: publishing workloads from virtual machines, option 2). */
export function publishedPorts(args: PublishedPortsArgs): Manifest {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: serviceName(args.template), namespace: args.namespace, labels: { ...managedByLabel } },
    spec: {
      type: args.access === "external" ? "LoadBalancer" : "ClusterIP",
      selector: { [templateLabel]: args.template },
      ports: args.ports.map((port) => ({ name: `tcp-${port}`, port, targetPort: port, protocol: "TCP" })),
    },
  };
}

/**
 * Returns the name of the Service in front of a template's machines. A Service's name is a DNS label that begins with a letter, at most 63
 * characters: dots become dashes, a leading digit gets `vm-` in front, and a longer name ends with a digest of the whole.
 */
export function serviceName(template: string): string {
  const label = template.replaceAll(".", "-");
  return shortened(/^[a-z]/.test(label) ? label : `vm-${label}`);
}
