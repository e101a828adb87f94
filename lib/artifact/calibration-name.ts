import { z } from 'zod';

/** What a name may be: it becomes part of the names of files, and a word of a shell. */
const NAME = /^(?!\d+$)[\p{L}\p{N}][\p{L}\p{N}_-]{0,59}$/u;

/** Whether a text can name a calibration. A number cannot: calibrations have those anyway. */
export function isCalibrationName(text: string): boolean {
  return NAME.test(text);
}

export const calibrationName = z.string().regex(NAME, 'is no name of a calibration');
