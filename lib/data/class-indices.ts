import { z } from 'zod';
import { grouped } from '../counted.js';
import { imagenetIds } from './imagenet-ids.js';

/** Labels are kept in 16 bits. */
export const MOST_CLASSES = 2 ** 16;

/** Which of a network's classes a data set has. */
export interface ClassIndices {
  /** Numbers from 0 of the network's classes, in the order of the data set's. */
  readonly indices: readonly number[];
  /** How many classes the network tells apart, where WordNet ids say that it is one of ImageNet's. */
  readonly of?: number;
}

const error =
  'it must be the number of one of the network\'s classes, from 0, or a WordNet id such as "n01440764"';

const number = z
  .int({ error })
  .nonnegative({ error })
  .max(MOST_CLASSES - 1, { error });

/** Numbers or WordNet ids, as a description has them. */
export const classIndicesSchema = z
  .array(z.union([number, z.string()], { error }))
  .min(2)
  .max(MOST_CLASSES)
  .transform(async (classes, context): Promise<ClassIndices> => {
    const areNumbers = classes.every((each) => typeof each === 'number');
    const ids = areNumbers ? [] : await imagenetIds();
    const places = new Map(ids.map((id, index) => [id, index]));
    const seen = new Map<number, number | string>();
    const refuse = (at: number, message: string): never => {
      context.addIssue({ code: 'custom', path: [at], message });
      return z.NEVER;
    };
    for (const [at, each] of classes.entries()) {
      const index = typeof each === 'number' ? each : places.get(each);
      if (index === undefined) {
        const remedy = /^\d+$/.test(`${each}`) ? '; numbers stand without quotation marks' : '';
        return refuse(at, `${each} is none of the WordNet ids of ImageNet's classes${remedy}`);
      }
      if (!areNumbers && index >= ids.length)
        return refuse(
          at,
          `${each} is none of ImageNet's ${grouped(ids.length)} classes, numbered from 0, whose WordNet ids stand beside it`,
        );
      const first = seen.get(index);
      if (first !== undefined)
        return refuse(
          at,
          first === each
            ? `${each} stands there twice, and each class may be there once`
            : `${first} and ${each} are the same class, and each may be there once`,
        );
      seen.set(index, each);
    }
    return { indices: [...seen.keys()], ...(areNumbers ? {} : { of: ids.length }) };
  });
