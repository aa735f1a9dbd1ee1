/** What the operating system's refusals of a file mean, by their code. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of the path is a file, not a folder",
  EISDIR: "it is a folder, not a file",
  EEXIST: "there is a file where a folder is needed",
  EACCES: "you may not read or write it",
  EPERM: "you may not read or write it",
  EROFS: "it lies on a file system that cannot be written",
  ENOSPC: "the disk is full",
};

/** An error in words for the person at the command line: its message; a refused file by its path and the reason. */
export function failureText(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  const { code, path } = failure as NodeJS.ErrnoException;
  const refusal = code === undefined ? undefined : REFUSALS[code];
  return refusal === undefined || path === undefined ? failure.message : `${path}: ${refusal}.`;
}
