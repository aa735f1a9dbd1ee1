import type * as pulumi from "@pulumi/pulumi";
import type { PlainObject } from "./plain";
import { findingsAreReported, resourceFindingsFile, runReportFile } from "./report-mode";
import { addResourceFinding, type ResourceFinding, resourceFindingOf } from "./resource-findings";

type Dynamic = pulumi.dynamic.ResourceProvider<PlainObject, PlainObject>;

/** A provider with all the methods that a preview calls. */
type PreviewedProvider = Dynamic & Required<Pick<Dynamic, "check" | "diff" | "read">>;

/** Fails as the one before did, without another call: every resource of an API that is away would wait for it again. */
interface Unavailable {
  readonly cause: ResourceFinding["cause"];
  readonly reason: string;
}

/** APIs that gave no answer or refused the key in this process, by identity. */
const unavailable = new Map<string, Unavailable>();

/** Forgets which APIs were unavailable, for a process that outlives one command. */
export function forgetUnavailable(): void {
  unavailable.clear();
}

/**
 * A provider that reports a resource which cannot be read, compared or checked, and goes on with what is known of it, where the run only reports
 * findings (`VMO_METAL_FINDINGS=report` with a report file). The engine ends a preview at the first failed read, so that one object that cannot be read
 * would hide the drift of all others. Elsewhere the provider is as it was.
 *
 * @param identity the API that it acts on
 */
export function reporting(kind: string, provider: PreviewedProvider, identity: () => string): PreviewedProvider {
  const { check, diff, read } = provider;
  return {
    ...provider,

    async check(olds: PlainObject, news: PlainObject): Promise<pulumi.dynamic.CheckResult<PlainObject>> {
      const result = await check(olds, news);
      const file = findingsFile();
      if (file === undefined || (result.failures ?? []).length === 0) return result;
      const reason = (result.failures ?? []).map((failure) => `${failure.property}: ${failure.reason}`).join("; ");
      addResourceFinding(file, { kind, id: null, operation: "check", cause: "failed", reason });
      return { ...result, ...(Object.keys(olds).length > 0 ? { inputs: olds } : {}), failures: [] };
    },

    async diff(id: string, olds: PlainObject, news: PlainObject): Promise<pulumi.dynamic.DiffResult> {
      return orReport({ kind, id, operation: "diff" }, { changes: false }, () => diff(id, olds, news));
    },

    async read(id: string, state: PlainObject = {}): Promise<pulumi.dynamic.ReadResult<PlainObject>> {
      const known: pulumi.dynamic.ReadResult<PlainObject> = { id, props: state };
      const resource = { kind, id, operation: "read" } as const;
      const file = findingsFile();
      const away = file === undefined ? undefined : unavailable.get(identity());
      if (file !== undefined && away !== undefined) {
        addResourceFinding(file, { ...resource, ...away });
        return known;
      }
      return orReport(resource, known, () => read(id, state), remember);
    },
  };

  function remember({ cause, reason }: ResourceFinding): void {
    if (cause !== "failed") unavailable.set(identity(), { cause, reason });
  }
}

async function orReport<Result>(
  resource: Pick<ResourceFinding, "kind" | "id" | "operation">,
  otherwise: Result,
  work: () => Promise<Result>,
  reported?: (finding: ResourceFinding) => void,
): Promise<Result> {
  const file = findingsFile();
  if (file === undefined) return work();
  try {
    return await work();
  } catch (failure) {
    const finding = resourceFindingOf(resource, failure);
    addResourceFinding(file, finding);
    reported?.(finding);
    return otherwise;
  }
}

function findingsFile(): string | undefined {
  const report = findingsAreReported() ? runReportFile() : undefined;
  return report === undefined ? undefined : resourceFindingsFile(report);
}
