import type { OtherObject } from "../../dynamic/kind";
import type { PlainObject } from "../../dynamic/plain";
import { type Hold, isPlaceholder } from "./hold";

/** What of a machine's resource decides whether a placeholder is replaced. */
interface OfMachine {
  readonly machine: string;
  readonly hold: Hold | null;
}

/**
 * A resource that was registered while its machine was held is replaced by a real one as soon as the machine can be handled. Nothing exists behind
 * the placeholder, so that this deletes nothing.
 */
export function placeholderReplaced(
  id: string,
  _olds: PlainObject,
  { machine }: OfMachine,
): OtherObject<OfMachine> | undefined {
  return isPlaceholder(id) && !isPlaceholder(machine) ? { replaces: ["machine"] } : undefined;
}
