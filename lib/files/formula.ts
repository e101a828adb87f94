/** What spreadsheets take for the beginning of a formula, in the letters of any width. */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** A cell of a CSV file: text that a spreadsheet would run is put behind an apostrophe, which it takes for "this is text"; numbers stay what they are. */
export function withoutFormula(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** The text behind the apostrophe that `withoutFormula` puts before what looks like a formula. */
export function withFormula(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
