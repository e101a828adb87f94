import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import { averagePool, maxPool } from '../operators/pooling.js';
import type { Value } from '../values.js';
import { gelu, mish, swish } from './activations.js';
import { concat } from './concat.js';
import { gather } from './gathering.js';
import { clip, pad, reduce, softmax, spread, sumOf, unchanged } from './older-and-newer.js';
import { ordered } from './ordered-pools.js';
import { flatten, reshape, squeeze, unsqueeze } from './reshaping.js';
import { slice, split } from './slicing.js';

/** Operators that are written otherwise in version 17 than in some other, or that cascade gives a plainer form. */
export const ADAPTED: ReadonlyMap<string, (operation: Operation, builder: NetworkBuilder) => Value> = new Map(
  [
    ['AveragePool', ordered(averagePool)],
    ['Cast', unchanged],
    ['Clip', clip],
    ['Concat', concat],
    ['Dropout', unchanged],
    ['Expand', spread],
    ['Flatten', flatten],
    ['Gather', gather],
    ['Gelu', gelu],
    ['Identity', unchanged],
    ['LogSoftmax', softmax],
    ['MaxPool', ordered(maxPool)],
    ['Mish', mish],
    ['Pad', pad],
    ['ReduceL1', reduce],
    ['ReduceL2', reduce],
    ['ReduceLogSumExp', reduce],
    ['ReduceMax', reduce],
    ['ReduceMean', reduce],
    ['ReduceMin', reduce],
    ['ReduceSum', reduce],
    ['ReduceSumSquare', reduce],
    ['Reshape', reshape],
    ['Slice', slice],
    ['Softmax', softmax],
    ['Split', split],
    ['Squeeze', squeeze],
    ['Sum', sumOf],
    ['Swish', swish],
    ['Unsqueeze', unsqueeze],
  ],
);
