import os from 'node:os';

/** What a machine computes with. */
export interface Machine {
  readonly node: string;
  /** Such as `linux x64`. */
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  /** Instruction sets that matter to convolutions, narrowest first; empty where the system does not tell. */
  readonly vector_units: readonly string[];
  readonly gpus: readonly string[];
  readonly memory_bytes: number;
  readonly available_memory_bytes: number;
}

/** Flags as Linux and macOS spell them, and the names that people use. */
const VECTOR_UNITS: readonly (readonly [flag: RegExp, name: string])[] = [
  [/^sse4_2$|^sse4\.2$/, 'SSE4.2'],
  [/^avx$|^avx1\.0$/, 'AVX'],
  [/^f16c$/, 'F16C'],
  [/^fma$/, 'FMA'],
  [/^avx2$/, 'AVX2'],
  [/^avx512f$/, 'AVX-512F'],
  [/^avx512_?vnni$/, 'AVX-512 VNNI'],
  [/^avx_vnni$/, 'AVX-VNNI'],
  [/^amx_tile$|^amx-tile$/, 'AMX'],
  [/^asimd$|^neon$/, 'NEON'],
  [/^sve$/, 'SVE'],
  [/^sve2$/, 'SVE2'],
];

/** Asks the operating system, which takes about a second. */
export async function describeMachine(): Promise<Machine> {
  const { default: information } = await import('systeminformation');
  const [cpu, flags, graphics] = await Promise.all([
    information.cpu(),
    information.cpuFlags(),
    information.graphics(),
  ]);
  // A container may be given less than the machine has.
  const constrained = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return {
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    cpu: [cpu.manufacturer, cpu.brand].filter((word) => word !== '').join(' ') || 'unknown',
    cores: os.availableParallelism(),
    vector_units: vectorUnits(flags),
    gpus: graphics.controllers.map(({ vendor, model }) => `${vendor} ${model}`.trim()),
    memory_bytes: Math.min(os.totalmem(), constrained),
    available_memory_bytes: process.availableMemory(),
  };
}

/** @param flags as the operating system lists them, blanks between. */
export function vectorUnits(flags: string): readonly string[] {
  const words = flags.toLowerCase().split(/\s+/);
  return VECTOR_UNITS.filter(([flag]) => words.some((word) => flag.test(word))).map(([, name]) => name);
}
