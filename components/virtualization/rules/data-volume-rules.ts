import { subdomainProblem } from "./names";
import { quantityValue } from "./quantity";
import { at, keysAt, listAt, textAt } from "./tree";

const sources = ["http", "s3", "gcs", "registry", "pvc", "upload", "blank", "imageio", "vddk", "snapshot"];
const accessModes = new Set(["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]);
const cloneSources = new Set(["pvc", "snapshot"]);
const leastBytes = 2 ** 20;

/**
 * What CDI's admission webhook refuses in the `spec` of a DataVolume (CDI 1.62, pkg/apiserver/webhooks/datavolume-validate.go). Problems are
 * `field: what is wrong`.
 */
export function dataVolumeProblems(spec: unknown): string[] {
  return [...sourceProblems(spec), ...claimProblems(spec)];
}

function sourceProblems(spec: unknown): string[] {
  const given = keysAt(spec, "source");
  if (at(spec, "sourceRef") !== undefined) {
    const problems = given.length > 0 ? ["source: given together with sourceRef; CDI takes one of them"] : [];
    const kind = textAt(spec, "sourceRef", "kind");
    return kind === "DataSource" ? problems : [...problems, `sourceRef.kind: is "${kind ?? ""}", must be DataSource`];
  }
  const [kind] = given;
  if (kind === undefined) return ["source: is missing; give one source"];
  if (given.length > 1) return [`source: has ${given.join(" and ")}; CDI takes exactly one source`];
  if (!sources.includes(kind)) return [`source.${kind}: CDI knows no such source`];
  if (kind === "http") return urlProblem(spec, "http", /^(https?|gs):\/\/[^/\s]+/, "http, https or gs");
  if (kind === "registry") return registryProblems(spec);
  return [];
}

function registryProblems(spec: unknown): string[] {
  const pullMethod = textAt(spec, "source", "registry", "pullMethod");
  return [
    ...urlProblem(spec, "registry", /^(docker:\/\/|oci-archive:)\S+/, "docker or oci-archive"),
    ...(pullMethod === undefined || pullMethod === "pod" || pullMethod === "node"
      ? []
      : [`source.registry.pullMethod: is "${pullMethod}", must be pod or node`]),
    ...(textAt(spec, "contentType") === "archive" ? ["contentType: archive cannot come from a registry"] : []),
  ];
}

function urlProblem(spec: unknown, kind: string, pattern: RegExp, schemes: string): string[] {
  const url = textAt(spec, "source", kind, "url") ?? "";
  return pattern.test(url) ? [] : [`source.${kind}.url: is "${url}", must be a URL with ${schemes}`];
}

function claimProblems(spec: unknown): string[] {
  const claims = ["pvc", "storage"].filter((kind) => at(spec, kind) !== undefined);
  const [kind] = claims;
  if (kind === undefined || claims.length > 1) {
    const found = claims.length > 1 ? "both pvc and storage" : "neither pvc nor storage";
    return [`spec: has ${found}; CDI takes exactly one of them`];
  }
  const modes = listAt(spec, kind, "accessModes");
  const name = textAt(spec, kind, "storageClassName");
  const nameProblem = name === undefined ? undefined : subdomainProblem(name);
  return [
    ...sizeProblems(spec, kind),
    ...(kind === "pvc" && modes.length !== 1 ? [`pvc.accessModes: has ${modes.length}; CDI takes exactly one`] : []),
    ...modes
      .filter((mode) => typeof mode !== "string" || !accessModes.has(mode))
      .map((mode) => `${kind}.accessModes: ${JSON.stringify(mode)} is not an access mode`),
    ...(nameProblem === undefined ? [] : [`${kind}.storageClassName: ${nameProblem}`]),
  ];
}

function sizeProblems(spec: unknown, kind: string): string[] {
  const field = `${kind}.resources.requests.storage`;
  const size = textAt(spec, kind, "resources", "requests", "storage");
  if (size === undefined) {
    const clones = at(spec, "sourceRef") !== undefined || keysAt(spec, "source").some((one) => cloneSources.has(one));
    return kind === "storage" && clones ? [] : [`${field}: is missing; only a clone takes its source's size`];
  }
  const bytes = quantityValue(size);
  if (bytes === undefined) return [`${field}: "${size}" is not a quantity such as 50Gi`];
  return bytes < leastBytes ? [`${field}: is ${size}; CDI takes 1Mi or more`] : [];
}
