import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { CascadeError, systemReason } from '../errors.js';

/** System calls that change what is on a disk, or open a file, as Node names them in its errors. */
const CHANGES = ['open', 'mkdir', 'write', 'rename', 'copyfile', 'symlink', 'link', 'unlink', 'rmdir', 'rm'];

/** That something cannot be written at a place, and why. */
export function writeFailure(place: string, error: unknown): CascadeError {
  return new CascadeError(`${place} cannot be written: ${writeReason(place, error)}.`, undefined, {
    cause: error,
  });
}

/** Why nothing can be written at a place, to go on behind its name; where that is a matter of permission, of which folder. */
export function writeReason(place: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM')
    return `there is no permission to write in ${nearestFolder(place)}; allow it or name another place`;
  if (code === 'EROFS') return `${nearestFolder(place)} can only be read; name another place`;
  const nearest = nearestFolder(place);
  if ((code === 'ENOTDIR' || code === 'EEXIST') && !statSync(nearest).isDirectory())
    return `${nearest} is no folder; name another place`;
  return systemReason(error);
}

/** Whether the system refused to write on a disk: not a failure of a network, nor one of what was read. */
export function isWriteFailure(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error)) return false;
  const { syscall, code }: NodeJS.ErrnoException = error;
  return code !== 'ENOENT' && syscall !== undefined && CHANGES.includes(syscall);
}

/** What is there and would hold a place: a folder, unless there is a file by that name. */
function nearestFolder(place: string): string {
  let folder = path.dirname(path.resolve(place));
  while (!existsSync(folder)) folder = path.dirname(folder);
  return folder;
}
