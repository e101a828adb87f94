import test from 'ava';
import { describeMachine, vectorUnits } from '../../../lib/engine/probe/machine.js';

test('vector units are named as their makers do, from the flags of Linux and of macOS', (t) => {
  t.deepEqual(vectorUnits('sse4_1 sse4_2 fma avx f16c avx2 avx512f avx512vl avx512_vnni amx_tile'), [
    ...['SSE4.2', 'AVX', 'F16C', 'FMA', 'AVX2', 'AVX-512F', 'AVX-512 VNNI', 'AMX'],
  ]);
  t.deepEqual(vectorUnits('fp asimd evtstrm sve'), ['NEON', 'SVE']);
  t.deepEqual(vectorUnits('FPU SSE4.2 AVX1.0 FMA AVX2'), ['SSE4.2', 'AVX', 'FMA', 'AVX2']);
  t.deepEqual(vectorUnits(''), []);
});

test('a machine has cores and no more memory at hand than it has', async (t) => {
  const { node, cores, memory_bytes, available_memory_bytes } = await describeMachine();
  t.is(node, process.versions.node);
  t.true(cores >= 1);
  t.true(available_memory_bytes > 0 && available_memory_bytes <= memory_bytes);
});
