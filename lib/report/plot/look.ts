/** How large a picture and what stands in it is, in CSS pixels, of which an inch has 96. */
export interface Look {
  /** Width of the whole picture in pixels. */
  readonly width: number;
  /** The same on paper; null on a screen, where a picture is as wide as it comes. */
  readonly centimetres: number | null;
  /** Whether title and subtitle stand above it: those of a figure in a paper stand in its caption. */
  readonly titled: boolean;
  readonly text: {
    readonly title: number;
    readonly subtitle: number;
    readonly axis: number;
    readonly label: number;
  };
  /** Size of markers and lines, as a multiple of that on a screen. */
  readonly scale: number;
}

/** Wide enough for a slide or a page of a browser. */
export const SCREEN: Look = {
  width: 900,
  centimetres: null,
  titled: true,
  text: { title: 16, subtitle: 12, axis: 12.5, label: 11 },
  scale: 1,
};

const PIXELS_OF_CENTIMETRE = 96 / 2.54;
const PIXELS_OF_POINT = 96 / 72;

/** A figure of a paper: texts of 7 and 7.5 points, the least that journals take and near a caption's, whatever its width. */
export function onPaper(centimetres: number): Look {
  const [label, axis] = [7 * PIXELS_OF_POINT, 7.5 * PIXELS_OF_POINT];
  return {
    width: centimetres * PIXELS_OF_CENTIMETRE,
    centimetres,
    titled: false,
    text: { title: axis, subtitle: label, axis, label },
    scale: 0.75,
  };
}
