import { NEIGHBOUR_TITLES } from '../../calibrate/neighbours/neighbour-names.js';

/** Ways of choosing thresholds, as a figure's reader knows them, who has never seen the options of a command. */
const METHOD_WORDS: Readonly<Record<string, string>> = {
  ...NEIGHBOUR_TITLES,
  shared: 'one threshold for all exits',
  'paper-path': 'one slack ε for all exits',
  'paper-epsilon': 'a given slack ε for all exits',
  joint: 'thresholds searched together',
  'one-exit': 'one exit for all images',
  'random-exit': 'a random exit',
};

/** A method in words; a name that is not known as it stands. */
export function methodWords(method: string): string {
  return METHOD_WORDS[method] ?? method;
}

const CRITERION_WORDS: Readonly<Record<string, string>> = {
  'top-k': 'sum of the top k',
  temperature: 'softmax with temperature',
};

/** A measure of confidence in words, of what rows call it: `softmax, averaged 0.4`. */
export function criterionWords(criterion: string): string {
  const [name = '', ...more] = criterion.split(', ');
  const others = more.map((part) => part.replace(/^averaged (.*)$/, 'averaged ($1)'));
  return [CRITERION_WORDS[name] ?? name, ...others].filter(Boolean).join(', ');
}
