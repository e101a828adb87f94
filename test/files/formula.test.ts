import test from 'ava';
import fc from 'fast-check';
import { withFormula, withoutFormula } from '../../lib/files/formula.js';

test('no cell begins a formula, and each is read back as it was', (t) => {
  const beginning = fc.constantFrom('', '=', '+', '-', '@', '\uff1d', '\uff20', "'", "'=", "''+", '\t=');
  fc.assert(
    fc.property(beginning, fc.string(), (begin, end) => {
      const cell = withoutFormula(begin + end);
      const isNumber = cell !== '' && Number.isFinite(Number(cell));
      return withFormula(cell) === begin + end && (isNumber || !/^[=+\-@\uff1d\uff20]/.test(cell));
    }),
  );
  t.deepEqual(['=1+1', '-1.5', '+cmd', "'=1"].map(withoutFormula), ["'=1+1", '-1.5', "'+cmd", "''=1"]);
});
