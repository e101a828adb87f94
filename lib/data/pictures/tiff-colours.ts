const [SHORT, COMPRESSION, PHOTOMETRIC] = [3, 259, 262];
const [JPEG_COMPRESSION, YCBCR] = [7, 6];
const ENTRY_BYTES = 12;

/**
 * Whether a TIFF's first picture is stored as brightness and colour differences outside of JPEG, which libvips takes for red, green and
 * blue. Source: Adobe, "TIFF Revision 6.0", section 21.
 */
export function hasUnreadColours(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return false;
  const count = view.getUint16(directory, little);
  const values = new Map<number, number>();
  for (let entry = 0; entry < count; entry++) {
    const at = directory + 2 + ENTRY_BYTES * entry;
    if (at + ENTRY_BYTES > view.byteLength) break;
    if (view.getUint16(at + 2, little) === SHORT)
      values.set(view.getUint16(at, little), view.getUint16(at + 8, little));
  }
  return values.get(PHOTOMETRIC) === YCBCR && values.get(COMPRESSION) !== JPEG_COMPRESSION;
}
