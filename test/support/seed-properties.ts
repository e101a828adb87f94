import fc from 'fast-check';

/**
 * Every machine tries properties on the same random inputs, so that a failure is the fault of what was changed. `CASCADE_TEST_SEED` tries
 * others: `random`, or the number that a failure has printed.
 */
const { CASCADE_TEST_SEED: asked = '20261126' } = process.env;
if (asked !== 'random') fc.configureGlobal({ seed: Number(asked) });
