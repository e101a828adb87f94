import type { FileHandle } from 'node:fs/promises';

/**
 * Writes all bytes: one call may write less, e.g. just before a disk is full, and the next one then says so.
 *
 * @param position in the file; behind what was written last when left out.
 */
export async function writeFully(handle: FileHandle, bytes: Uint8Array, position?: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const at = position === undefined ? null : position + done;
    done += (await handle.write(bytes, done, bytes.length - done, at)).bytesWritten;
  }
}
