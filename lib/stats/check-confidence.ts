/** @throws RangeError unless the confidence is a fraction strictly between 0 and 1 (0.95, not 95). */
export function checkConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`the confidence must be a fraction between 0 and 1, got ${confidence}`);
  }
}
