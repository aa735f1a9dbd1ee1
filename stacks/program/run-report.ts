import { randomUUID } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { findingsAreReported, runReportFile, SKIP_UNREACHABLE_VARIABLE } from "../../providers/dynamic/report-mode";
import { visibleJson } from "../../text/visible";
import { fullPath } from "../description/problem";
import type { Finding } from "../preflight/preflight";
import { isSiteRule } from "../preflight/preflight";
import { type ReportedFinding, type RunReportDocument, type RunReportParts } from "../run-report/run-report";

/** What is found out about a run, for other programs. The file holds every part as soon as it is added, so that a run that ends early leaves it. */
export class RunReport {
  private document: RunReportDocument;

  /**
   * @param file where the document goes; undefined: nowhere, and parts are only kept
   * @param tolerant whether errors become findings instead of ending the run
   */
  constructor(
    private readonly file: string | undefined,
    readonly tolerant: boolean,
    header: Pick<RunReportDocument, "stack" | "operation" | "time">,
  ) {
    this.document = {
      version: 1,
      ...header,
      datacenter: null,
      complete: false,
      ended: null,
      unavailable: [],
      findings: [],
      effects: [],
    };
    this.write();
  }

  /** All that was added so far. */
  get content(): RunReportDocument {
    return this.document;
  }

  /** Names the datacenter, once its description was read. */
  describes(datacenter: string): void {
    this.replace({ datacenter });
  }

  /** Adds parts to those that are there. */
  add({ unavailable = [], findings = [], effects = [] }: RunReportParts): void {
    const { document } = this;
    this.replace({
      unavailable: [...document.unavailable, ...unavailable],
      findings: [...document.findings, ...findings],
      effects: [...document.effects, ...effects],
    });
  }

  /**
   * Ends the run because of errors; where findings are reported, adds them and returns, so that the run goes on.
   *
   * @throws RunError with the message
   */
  refuse(message: string, findings: readonly ReportedFinding[]): void {
    this.add({ findings: [...findings] });
    if (!this.tolerant) throw new pulumi.RunError(message);
  }

  /** The program registered all its resources. */
  completed(): void {
    this.replace({ complete: true });
  }

  /** The program ended early. */
  failed(reason: string): void {
    this.replace({ ended: reason });
  }

  private replace(parts: Partial<RunReportDocument>): void {
    this.document = { ...this.document, ...parts };
    this.write();
  }

  /** In one step: a reader finds the previous document or this one, never a part. */
  private write(): void {
    if (this.file === undefined) return;
    mkdirSync(dirname(this.file), { recursive: true });
    const draft = `${this.file}.${randomUUID()}`;
    writeFileSync(draft, `${visibleJson(this.document, 2)}\n`, { mode: 0o600 });
    renameSync(draft, this.file);
  }
}

/**
 * Begins the report of this run: in the file that `VMO_METAL_RUN_REPORT` names. With `VMO_METAL_FINDINGS=report` errors of the preflight become
 * findings.
 *
 * @throws RunError when findings are to be reported in an update: it would act on a datacenter that is not as it must be
 */
export function beginRunReport(environment: NodeJS.ProcessEnv = process.env): RunReport {
  const preview = pulumi.runtime.isDryRun();
  const tolerant = findingsAreReported(environment);
  if (tolerant && !preview) {
    throw new pulumi.RunError(
      "VMO_METAL_FINDINGS=report is for previews: an update would go on although its preflight failed. Unset the variable.",
    );
  }
  if (tolerant) {
    // Meant for the Kubernetes provider's process, which inherits the engine's environment; the SDK in this one would make an input of each provider of it.
    Reflect.deleteProperty(environment, SKIP_UNREACHABLE_VARIABLE);
  }
  return new RunReport(runReportFile(environment), tolerant, {
    stack: pulumi.getStack(),
    operation: preview ? "preview" : "update",
    time: new Date().toISOString(),
  });
}

/** A finding of the preflight as the report states it. */
export function reportedFinding(
  { code, severity, path, message, fix, host }: Finding,
  silenced: string | null = null,
): ReportedFinding {
  const tier = isSiteRule(code) ? "site" : "description";
  return { code, tier, severity, path: fullPath(path), message, fix, host: host ?? null, silenced };
}

/** What every error has in common that was found at the site outside of the preflight's rules. */
export const siteError = { tier: "site", severity: "error", host: null, silenced: null } as const;
