/** An upright rectangle in pixels; y grows downwards. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A straight line between two points in pixels. */
export interface Segment {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** True when two boxes share more than an edge. */
export function boxesOverlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

export function boxContains(outer: Box, inner: Box): boolean {
  return (
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom
  );
}

/** True when some point of the segment lies in the box (Liang and Barsky's line clipping). */
export function segmentMeetsBox(segment: Segment, box: Box): boolean {
  const dx = segment.x2 - segment.x1;
  const dy = segment.y2 - segment.y1;
  let enter = 0;
  let leave = 1;
  const edges = [
    [-dx, segment.x1 - box.left],
    [dx, box.right - segment.x1],
    [-dy, segment.y1 - box.top],
    [dy, box.bottom - segment.y1],
  ] as const;
  for (const [step, room] of edges) {
    if (step === 0 && room < 0) return false;
    if (step < 0) enter = Math.max(enter, room / step);
    if (step > 0) leave = Math.min(leave, room / step);
  }
  return enter <= leave;
}

/** True when the two segments cross or touch; parallel ones never do here. */
export function segmentsCross(a: Segment, b: Segment): boolean {
  const [ax, ay, bx, by] = [a.x2 - a.x1, a.y2 - a.y1, b.x2 - b.x1, b.y2 - b.y1];
  const determinant = ax * by - ay * bx;
  if (determinant === 0) return false;
  const alongA = ((b.x1 - a.x1) * by - (b.y1 - a.y1) * bx) / determinant;
  const alongB = ((b.x1 - a.x1) * ay - (b.y1 - a.y1) * ax) / determinant;
  return alongA >= 0 && alongA <= 1 && alongB >= 0 && alongB <= 1;
}
