/** An interval of proportions or of their differences, as fractions (0.01 is one percentage point). */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
