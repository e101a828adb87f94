import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onlyCosts } from '../../../lib/artifact/exit-costs.js';
import { loadManifest } from '../../../lib/artifact/manifest.js';
import { loadAskRecord, saveAskRecord, writtenQuestion } from '../../../lib/cascade/ask/ask-record.js';
import { loadAskedOutputs } from '../../../lib/cascade/ask/asked-outputs.js';
import { calibrateAnswers } from '../../../lib/cascade/ask/calibrate-answers.js';
import { askedPath, type Question } from '../../../lib/cascade/ask/question.js';
import { readAnswers } from '../../../lib/cascade/ask/read-answers.js';
import { Monitor } from '../../../lib/cascade/monitor/monitor.js';
import { repeatedWords } from '../../../lib/commands/common/repeat/repeated-words.js';
import { createProgram } from '../../../lib/commands/program.js';
import { DEFAULT_SCORING } from '../../../lib/exits/scoring.js';
import { cascadeFingerprint } from '../../../lib/records/shards.js';
import { describeAnswers } from '../../../lib/report/ask/describe-answers.js';
import { describeMonitor } from '../../../lib/report/monitor/describe-monitor.js';
import { damageText } from '../mutations/text.js';
import type { Files, Reader } from '../reader.js';
import {
  CLASSES,
  cascadeFiles,
  damageDocument,
  filesIn,
  IMAGES,
  SCHEMA,
  writeRecords,
} from './cascade-folder.js';

/** Makes files beside those of a cascade, and gives them all. @param make fills a folder, always of the same name. */
async function withCascade(make: (folder: string) => Promise<void>): Promise<Files> {
  const around = await mkdtemp(path.join(tmpdir(), 'cascade-fuzz-sample-'));
  const folder = path.join(around, 'noise.cascade');
  try {
    for (const [name, content] of Object.entries(await cascadeFiles())) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), content);
    }
    await make(folder);
    return await filesIn(folder);
  } finally {
    await rm(around, { recursive: true });
  }
}

const QUESTION: Question = {
  search: { method: 'paper-path', scoring: DEFAULT_SCORING, labelFree: false },
  ...{ maxDrop: 0.2, confidence: 0.9, seed: 0, mostLabels: null },
};

/** What people say of the images that `cascade ask` chose: the answers, what was asked, and what the networks said. */
const answers: Reader = {
  name: 'ask-answers',
  samples: async () => [
    await withCascade(async (folder) => {
      const manifest = await loadManifest(folder);
      const content = { schema: SCHEMA, source: 'pictures', images: IMAGES, classes: CLASSES };
      await writeRecords(path.join(folder, 'outputs'), { ...content, ...onlyCosts(manifest) });
      const { outputs, sha256 } = await loadAskedOutputs(folder);
      const { disputes } = askedPath(outputs, QUESTION).path;
      const asked = disputes.map(({ image }, row) => ({
        image,
        picture: `${row}.png`,
        file: `p/${image}.png`,
      }));
      await saveAskRecord(folder, {
        ...{ cascade_version: '0.0.0', cascade: manifest.name },
        cascade_sha256: await cascadeFingerprint(folder),
        ...writtenQuestion(QUESTION),
        ...{ source: 'pictures', images: IMAGES, outputs_sha256: sha256, asked },
      });
      const words = [...manifest.class_names, 'none of these', ''];
      const rows = asked.map(({ picture, file }, row) => `${picture},${file},${words[row % words.length]}\n`);
      await writeFile(path.join(folder, 'ask.csv'), `image,file,class\n${rows.join('')}`);
    }),
  ],
  mutationOf(file) {
    if (file === 'ask.csv') return damageText;
    return file === 'ask.json' || file === 'outputs/meta.json' ? damageDocument : undefined;
  },
  writes: 'accepted',
  async read(folder) {
    const manifest = await loadManifest(folder);
    const record = await loadAskRecord(folder);
    const given = await readAnswers(path.join(folder, 'ask.csv'), record, manifest);
    describeAnswers(await calibrateAnswers(folder, manifest, { asked: folder, record, answers: given }));
  },
};

/** What a monitor keeps between runs. */
const monitor: Reader = {
  name: 'monitor-json',
  samples: async () => [
    await withCascade(async (folder) => {
      const state = await Monitor.open(folder, { share: 0.5 });
      watchSome(state);
      await state.close();
    }),
  ],
  mutationOf: (file) => (file === 'monitor.json' ? damageDocument : undefined),
  async read(folder) {
    const state = await Monitor.open(folder, { share: 0.5 });
    watchSome(state);
    describeMonitor(state.report);
  },
};

function watchSome(state: Monitor): void {
  for (let image = 0; image < 20; image++)
    state.observe(state.chooses() ? { ranFull: true, disagrees: image % 2 === 0 } : undefined);
}

/** How a run was called, which `--config` calls again. */
const runRecord: Reader = {
  name: 'run-json',
  samples: () => [
    {
      'eval.run.json': Buffer.from(
        JSON.stringify({
          ...{ schema: 1, command: 'eval', command_line: 'cascade eval a.cascade --max-drop 1%' },
          ...{ arguments: ['a.cascade'], options: { 'max-drop': '1%', results: 'results', all: true } },
          versions: { cascade: '1.0.0', commit: null, node: '20.0.0', onnxruntime: null },
          machine: { cpu: 'any', cores: 2, platform: 'linux' },
          weights: [{ file: 'a.pt', sha256: '0'.repeat(64) }],
          data: [{ source: 'noise/test', images: 10, sha256: '1'.repeat(64) }],
          files: { 'eval.csv': '2'.repeat(64) },
        }),
      ),
    },
  ],
  mutationOf: () => damageDocument,
  async read(folder) {
    const caller = { version: '0.0.0', signal: new AbortController().signal };
    const file = path.join(folder, 'eval.run.json');
    return repeatedWords(['eval', '--config', file], createProgram(caller));
  },
};

export const KEPT_READERS = [answers, monitor, runRecord] as const;
