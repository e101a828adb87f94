import type { Backbone } from '../../cascade/backbone/load-backbone.js';
import { type Choices, OPEN_CHOICES } from '../../weights/families/open-choices.js';

/**
 * What is assumed about weights that are not known, where there are no images to tell: a sentence a choice.
 *
 * @param given what their user has said; nothing is assumed there.
 */
export function describeAssumptions(
  { isKnown, openChoices }: Pick<Backbone, 'isKnown' | 'openChoices'>,
  given: Partial<Choices>,
): readonly string[] {
  if (isKnown) return [];
  return [...openChoices].flatMap(([name, value]) => {
    if (given[name] !== undefined) return [];
    const { option, values, question } = OPEN_CHOICES[name];
    const others = values.filter((other) => other !== value).join(' or ');
    return [`The weights cannot tell ${question}: ${option} ${value} is assumed (else ${others}).`];
  });
}
