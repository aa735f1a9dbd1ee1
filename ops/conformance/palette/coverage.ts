import { type ClientOperation, isOf, name } from "./client-operations";
import type { RecordedExchange } from "./exchange";

/** Which of the client's operations a recording has. */
export interface Coverage {
  /** How many operations the client can call. */
  readonly operations: number;
  /** Those without an exchange, as `VERB /path (file:line)`. */
  readonly uncovered: readonly string[];
  /** Requests that no operation of the client is, as `VERB /path`: what reads the sources does not see them. */
  readonly unknown: readonly string[];
}

/** Holds a recording to the operations that the client can call. Pure. */
export function coverage(
  operations: readonly ClientOperation[],
  exchanges: readonly Pick<RecordedExchange, "method" | "path">[],
): Coverage {
  const uncovered = operations
    .filter((operation) => !exchanges.some((exchange) => isOf(operation, exchange)))
    .map((operation) => `${name(operation)} (${operation.where})`);
  const unknown = exchanges.filter((exchange) => !operations.some((operation) => isOf(operation, exchange))).map(name);
  return { operations: operations.length, uncovered, unknown: [...new Set(unknown)].sort() };
}

/** The coverage in lines: what is missing, then the sum. */
export function coverageLines({ operations, uncovered, unknown }: Coverage): string[] {
  return [
    ...uncovered.map((operation) => `not covered: ${operation}`),
    ...unknown.map((request) => `sent, but not found in the client's sources: ${request}`),
    `${operations - uncovered.length} of ${operations} operations of the client covered`,
  ];
}
