import { z } from 'zod';
import { grouped } from '../counted.js';
import { classCount, count } from './counts.js';

/** Which of the classes that a file's network tells apart a cascade has; absent where it has all of them as they are. */
export const chosenClassesSchema = z
  .strictObject({
    /** How many classes the network tells apart. */
    of: classCount,
    /** The number of each among them, from 0, in the order of the cascade's. */
    indices: z.array(count).readonly(),
  })
  .refine(({ of, indices }) => indices.every((index) => index < of), {
    path: ['indices'],
    message: 'each must be less than the number of the classes',
  })
  .refine(({ indices }) => new Set(indices).size === indices.length, {
    path: ['indices'],
    message: 'each must be there once',
  });

export type ChosenClasses = Readonly<z.infer<typeof chosenClassesSchema>>;

/** The field of a manifest; none where there is nothing to say. */
export function chosenClassesField(chosen: ChosenClasses | undefined): { chosen_classes?: ChosenClasses } {
  return chosen === undefined ? {} : { chosen_classes: chosen };
}

/** E.g. `200 of the network's 1,000 classes`. @param whose the network is, e.g. `the network's`. */
function describeChosenClasses({ of, indices }: ChosenClasses, whose = "the network's"): string {
  const all = `${whose} ${grouped(of)} classes`;
  return indices.length === of ? `${all} in another order` : `${grouped(indices.length)} of ${all}`;
}

/** The networks of a manifest, as far as their classes go. */
interface Networks {
  readonly backbone?: { readonly chosen_classes?: ChosenClasses };
  readonly members?: readonly { readonly name: string; readonly chosen_classes?: ChosenClasses }[];
}

/** The same of all networks of a cascade that have only some of their classes in it; undefined where none has. */
export function chosenClassesWords({ backbone, members }: Networks): string | undefined {
  if (members === undefined)
    return backbone?.chosen_classes && describeChosenClasses(backbone.chosen_classes);
  const words = members.flatMap(({ name, chosen_classes: chosen }) =>
    chosen === undefined ? [] : [describeChosenClasses(chosen, `${name}'s`)],
  );
  return words.length === 0 ? undefined : words.join(', ');
}
