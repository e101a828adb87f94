import { CascadeError } from '../errors.js';
import { CRITERIA } from '../exits/criteria.js';
import type { ExportDescription, ExportedSegment } from './export-description.js';

// Copied into every export for TensorFlow.js: whatever this file imports must run in a browser, which zod is too large for.

/** Where the segments of an export lie in its folder. */
const SEGMENT_FILE = /^segment-\d+(\.onnx|\/model\.json)$/;

/**
 * Holds an `export.json` that was read from anywhere against what is used of it, so that it can be understood and leads to no file
 * outside its folder.
 *
 * @throws CascadeError naming the field that does not fit.
 */
export function checkDescription(description: unknown): asserts description is ExportDescription {
  const {
    classes,
    class_names: names,
    criterion,
    top,
    averaging,
    last_averaging: lastAveraging = 0,
    segments,
  } = fieldsOf<ExportDescription>(description);
  const require = (holds: boolean, field: string): void => {
    if (!holds) throw new CascadeError(`export.json is damaged (${field}); export the cascade again.`);
  };
  require(isCount(classes) && classes >= 2, 'classes');
  require(Array.isArray(names) && names.length === classes && names.every(isText), 'class_names');
  require(isText(criterion) && Object.hasOwn(CRITERIA, criterion), 'criterion');
  require(isCount(top) && top >= 1 && top < Number(classes), 'top');
  require(isWeight(averaging), 'averaging');
  require(isWeight(lastAveraging), 'last_averaging');
  require(Array.isArray(segments) && segments.length > 0, 'segments');
  const parts = (segments as readonly unknown[]).map(fieldsOf<ExportedSegment>);
  for (const [position, segment] of parts.entries()) {
    const next = parts[position + 1];
    const fault = segmentFault(segment, next, next?.input === parts[0]!.input);
    require(fault === undefined, `segments.${position}.${fault}`);
  }
}

type Fields<Of> = Readonly<Partial<Record<keyof Of, unknown>>>;

function fieldsOf<Of>(value: unknown): Fields<Of> {
  return (typeof value === 'object' && value !== null ? value : {}) as Fields<Of>;
}

/** The first field that does not fit. @param takesImage whether the next segment takes the image, and not what this one makes. */
function segmentFault(
  segment: Fields<ExportedSegment>,
  next: Fields<ExportedSegment> | undefined,
  takesImage: boolean,
): keyof ExportedSegment | undefined {
  const { file, input, logits, features, threshold, block, left_at: leftAt, macs, temperature } = segment;
  const isLast = next === undefined;
  if (!isText(file) || !SEGMENT_FILE.test(file)) return 'file';
  if (!isText(input)) return 'input';
  if (!isText(logits)) return 'logits';
  if (isLast || takesImage ? features !== null : !isText(features)) return 'features';
  if (isLast ? threshold !== null : !isNumber(threshold)) return 'threshold';
  if (block !== null && (isLast || !isCount(block))) return 'block';
  if (!isText(leftAt)) return 'left_at';
  if (!isCount(macs)) return 'macs';
  if (!isNumber(temperature) || temperature <= 0) return 'temperature';
  return undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Whether it is a weight of earlier outputs in a later one. */
function isWeight(value: unknown): boolean {
  return isNumber(value) && value >= 0 && value < 1;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
