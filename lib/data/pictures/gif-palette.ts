/** A GIF whose first picture has no transparent colour. */
export interface OpaqueGif {
  readonly bytes: Uint8Array;
  /** The part of the canvas that the picture covers, in pixels. */
  readonly covered: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
  /** Red, green and blue of the rest. */
  readonly background: readonly number[];
}

const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const IMAGE = 0x2c;
const BLACK = [0, 0, 0];

/**
 * Takes the transparency from the first picture of a GIF: its pixels then have the colour of the palette, as Pillow's `convert('RGB')`
 * gives them, where libvips makes them black. Source: CompuServe, "Graphics Interchange Format, version 89a".
 *
 * @throws Error if it holds no picture.
 */
export function opaqueGif(bytes: Uint8Array): OpaqueGif {
  const opaque = Uint8Array.from(bytes);
  const global = paletteAt(bytes, 13, bytes[10]!);
  let at = global.end;
  let transparent = 0;
  while (at < bytes.length) {
    if (bytes[at] === EXTENSION) {
      const isControl = bytes[at + 1] === GRAPHIC_CONTROL && bytes[at + 2] === 4;
      transparent = isControl && (bytes[at + 3]! & 1) === 1 ? bytes[at + 6]! : transparent;
      if (isControl) opaque[at + 3] = bytes[at + 3]! & 0xfe;
      at += 2;
      while (at < bytes.length && bytes[at] !== 0) at += bytes[at]! + 1;
      at += 1;
      continue;
    }
    if (bytes[at] !== IMAGE) break;
    const local = paletteAt(bytes, at + 10, bytes[at + 9] ?? 0);
    const { colours } = local.colours.length > 0 ? local : global;
    const background = [...colours.subarray(3 * transparent, 3 * transparent + 3)];
    return {
      bytes: opaque,
      covered: coveredAt(bytes, at),
      background: background.length === 3 ? background : BLACK,
    };
  }
  throw new Error('it holds no picture');
}

function coveredAt(bytes: Uint8Array, descriptor: number): OpaqueGif['covered'] {
  const [left, top, width, height] = [1, 3, 5, 7].map(
    (field) => (bytes[descriptor + field] ?? 0) + 256 * (bytes[descriptor + field + 1] ?? 0),
  ) as [number, number, number, number];
  return { left, top, right: left + width, bottom: top + height };
}

/** The palette at a place, if the flags say that there is one, and where it ends. */
function paletteAt(
  bytes: Uint8Array,
  start: number,
  flags: number,
): { readonly colours: Uint8Array; readonly end: number } {
  const length = (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
  return { colours: bytes.subarray(start, start + length), end: start + length };
}
