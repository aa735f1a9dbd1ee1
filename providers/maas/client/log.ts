/** Where progress and warnings go. */
export interface Log {
  info(message: string): void;
  warning(message: string): void;
  /** The same log with the resource in front of every line: `maas:HostNetwork worker-1 (abc123)`. */
  of(kind: string, name: string, id?: string): Log;
}

/** A log that writes lines. The engine attaches what a provider prints to the stack, so every line says what it is about. */
export function lineLog(write: (line: string) => void, prefix = ""): Log {
  return {
    info: (message) => write(`${prefix}${message}`),
    warning: (message) => write(`${prefix}warning: ${message}`),
    of: (kind, name, id) => lineLog(write, `${kind} ${name}${id === undefined ? "" : ` (${id})`}: `),
  };
}

/** A log that says nothing. */
export const silentLog: Log = { info: () => undefined, warning: () => undefined, of: () => silentLog };
