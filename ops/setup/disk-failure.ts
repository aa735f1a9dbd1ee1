import { goFailure } from "./go-failure";
import { SetupError } from "./setup-error";

/**
 * Gives a full or read-only disk that our own file operations meet a message like that of one that Go meets.
 * @param what what cannot be done then, e.g. `etcd 3.5.16 could not be built`
 */
export async function explainDiskFailures<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof Error)) throw failure;
    switch ((failure as NodeJS.ErrnoException).code) {
      case "ENOSPC":
      case "EDQUOT":
        throw goFailure(what, `no space left on device: ${failure.message}`);
      // Node.js answers ENOENT when it cannot make a folder on a read-only file system.
      case "ENOENT":
      case "ENOTDIR":
      case "EACCES":
      case "EPERM":
      case "EROFS":
        throw new SetupError(
          what,
          failure.message,
          "make the folder writable for this user, or set XDG_CACHE_HOME to one that is, and run the command again",
        );
      default:
        throw failure;
    }
  }
}
