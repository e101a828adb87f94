import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import sharp from 'sharp';
import { createProgram } from '../../lib/commands/program.js';
import { CSV_FILES } from '../../lib/report/csv-files.js';
import { QUESTION, withPictures } from '../cascade/ask/asked-cascade.js';
import { writeColourNetwork, writeColours } from '../support/colours.js';
import { IMPORT_THREE_EXITS, THREE_EXITS, writeLogitFiles } from '../support/logit-files.js';
import { outline } from '../support/outline.js';
import { runCascade, temporaryFolder } from '../support/run-cascade.js';
import { smallCascade } from '../support/small-cascade.js';
import { ATTACH, workshop } from '../support/workshop.js';

/** Commands whose keys a test has looked at, doctor's in its own since it takes long, and CSV files whose header. */
const looked = { commands: new Set(['doctor']), files: new Set<string>() };

test.after('every command with --json is among these, and every file of results', (t) => {
  const { commands } = createProgram({ version: '0', signal: new AbortController().signal });
  const withJson = commands.filter(({ options }) => options.some(({ long }) => long === '--json'));
  t.deepEqual([...looked.commands].sort(), withJson.map((command) => command.name()).sort());
  const ofResults = Object.keys(CSV_FILES).filter((name) => /^[a-z]+\.csv$/.test(name) && name !== 'ask.csv');
  t.deepEqual([...looked.files].sort(), ofResults.sort());
});

/** Every CSV file that commands wrote into `results` has the columns that the table of files says. */
async function wroteColumns(t: ExecutionContext, folder: string): Promise<void> {
  const results = path.join(folder, 'results');
  for (const name of await readdir(results, { recursive: true })) {
    const file = path.basename(name);
    if (!file.endsWith('.csv')) continue;
    looked.files.add(file);
    const [header] = (await readFile(path.join(results, name), 'utf8')).split('\n');
    t.is(header, CSV_FILES[file as keyof typeof CSV_FILES].columns.join(), file);
  }
}

async function printed(t: ExecutionContext, folder: string, ...words: readonly string[]): Promise<string> {
  looked.commands.add(words[0]!);
  const { code, stdout, stderr } = await runCascade(folder, ...words, '--json', '--quiet');
  t.is(code, 0, stderr);
  t.is(stderr, '');
  const keys = outline(JSON.parse(stdout));
  t.notRegex(keys, /[A-Z]/, 'a key in another case');
  return keys;
}

const EXITS =
  'exits[{name block threshold enabled share_percent accuracy_percent macs predicted_milliseconds}]';
const CHOICE =
  'cascade dataset split split_seed method criterion max_drop_points max_macs_percent epsilon_points confidence_percent labels';
const TOTALS = 'images full_accuracy_percent accuracy_percent drop_points';
const COSTS = 'macs_per_image full_macs macs_saved_percent';
const PREDICTED =
  'batch_size predicted_milliseconds_per_image predicted_full_milliseconds_per_image predicted_time_saved_percent';
const EVALUATION = `${TOTALS} drop_low_points drop_high_points ${COSTS}`;
const GROUPS =
  'promise_kind groups[{grouping group images breaks repairs drop_points drop_low_points drop_high_points contradicted}]';
const COLOURS = { mean: [0.3, 0.25, 0.35], std: [0.12, 0.1, 0.14] };
const CLOSING = `mac_convention seed cost max_time_percent ${PREDICTED}`;

test('import-records, calibrate, eval, sweep and compare print these keys in this order', async (t) => {
  const folder = await temporaryFolder(t);
  await writeLogitFiles(folder, THREE_EXITS);
  t.is(
    await printed(t, folder, ...IMPORT_THREE_EXITS),
    '{schema cascade_version name dataset classes class_names[] full_macs mac_convention exits[{block backbone_macs head_macs name head held_out_accuracy_percent}] splits{calibration{records half} test{records half}} seed}',
  );
  t.is(
    await printed(t, folder, 'calibrate', 'mine.cascade', '--max-drop', '2%'),
    `{${CHOICE} ${EVALUATION} ${CLOSING} ${EXITS} promise{path_images test_images candidates empirical{${EVALUATION} ${PREDICTED} ${EXITS}} kept images_needed}}`,
  );
  t.is(
    await printed(t, folder, 'calibrate', 'mine.cascade', '--max-drop', '20%', '--promise', 'per-class'),
    `{${CHOICE} ${EVALUATION} ${CLOSING} ${EXITS} ${GROUPS} promise{path_images test_images candidates empirical{${EVALUATION} ${PREDICTED} ${EXITS}} mean_only{${EVALUATION} ${PREDICTED} ${EXITS}} kept images_needed}}`,
  );
  t.is(
    await printed(t, folder, 'eval', 'mine.cascade'),
    `{${CHOICE} ${EVALUATION} ${CLOSING} ${EXITS} ${GROUPS}}`,
  );
  t.is(
    await printed(t, folder, 'calibrate', 'mine.cascade', '--confidence', 'none'),
    `{${CHOICE} ${EVALUATION} ${CLOSING} ${EXITS} promise}`,
  );
  const tested = `{${CHOICE} ${EVALUATION} ${CLOSING} ${EXITS}}`;
  t.is(await printed(t, folder, 'eval', 'mine.cascade'), tested);
  t.is(await printed(t, folder, 'eval', 'mine.cascade', '--all'), `[${tested}]`);
  t.is(
    await printed(t, folder, 'sweep', 'mine.cascade'),
    `[{cascade dataset split split_seed method criterion parameter ${TOTALS} ${COSTS} mac_convention seed cost ${PREDICTED}}]`,
  );
  t.is(
    await printed(t, folder, 'compare', 'mine.cascade', '--splits', '1', '--criteria', 'softmax'),
    '[{cascade dataset exits method criterion splits images mac_convention max_drop_points max_macs_percent macs_saved_percent macs_saved_low_percent macs_saved_high_percent drop_points drop_low_points drop_high_points cost max_time_percent batch_size predicted_time_saved_percent predicted_time_saved_low_percent predicted_time_saved_high_percent macs_ahead_percent macs_ahead_low_percent macs_ahead_high_percent confidence_percent promised_saved_percent promised_saved_low_percent promised_saved_high_percent promised_drop_points promised_drop_low_points promised_drop_high_points promised_ahead_percent promised_ahead_low_percent promised_ahead_high_percent promised_time_saved_percent}]',
  );
  await wroteColumns(t, folder);
});

test('show prints these keys in this order', async (t) => {
  const { folder: cascade } = await smallCascade(t);
  t.is(
    await printed(t, path.dirname(cascade), 'show', 'small.cascade'),
    '{cascade folder dataset classes networks[{name file architecture input_shape[] macs sha256}] full_macs mac_convention exits[{name block head macs macs_percent head_macs held_out_accuracy_percent}] splits[{split records half source images}] timings[] calibrations[{number name active method criterion max_drop_points max_macs_percent epsilon_points max_time_percent confidence_percent promise_kind labels split split_seed images cost batch_size thresholds[]}] files[{name size_bytes}] made_by{cascade_version engine seed}}',
  );
});

test('inspect, attach, record, chain and eval --measure print these keys in this order', async (t) => {
  const folder = await workshop(t);
  const inspecting = ['inspect', 'backbone.safetensors', '--data', 'noise', '--probe'];
  t.is(
    await printed(t, folder, ...inspecting),
    '{architecture classes input_shape[] macs parameters exits[{block name shape[] macs macs_percent}] normalizations[{normalization mean[] std[] channels open_choices{option_a} images log_likelihood accuracy_percent chosen}] probes[{backbone dataset block name head images accuracy_percent macs macs_percent mac_convention seed}]}',
  );
  t.is(
    await printed(t, folder, ...ATTACH, '--out', 'n.cascade'),
    '{schema cascade_version name dataset classes class_names[] full_macs mac_convention exits[{block name head backbone_macs head_macs held_out_accuracy_percent}] splits{calibration{records} test{records}} seed backbone{file sha256 architecture input_shape[] normalization{mean[] std[]} preprocessing{resize interpolation antialias}} fit{split images augmented_passes epochs[] backend} engine{name version} sha256{backbone.safetensors heads.safetensors network.json}}',
  );
  const again = ['record', 'n.cascade'];
  t.is(await printed(t, folder, ...again, '--data', 'noise', '--shard', '1/1'), '[{records shard}]');
  t.is(await printed(t, folder, ...again, '--merge'), '[{records images}]');
  t.is((await runCascade(folder, 'calibrate', 'n.cascade', '--confidence', 'none')).code, 0);
  t.is(
    await printed(t, folder, 'eval', 'n.cascade', '--measure', '--data', 'noise'),
    `{${CHOICE} ${EVALUATION} ${CLOSING} ${EXITS} measured[{cascade dataset split split_seed method criterion max_drop_points confidence_percent engine threads batch_size images rounds full_milliseconds_per_image milliseconds_per_image time_saved_percent time_saved_low_percent time_saved_high_percent macs_saved_percent cost predicted_milliseconds_per_image predicted_full_milliseconds_per_image predicted_time_saved_percent}]}`,
  );
  await wroteColumns(t, folder);
  await writeColours(folder);
  await writeColourNetwork(path.join(folder, 'small.onnx'), COLOURS);
  await writeColourNetwork(path.join(folder, 'large.onnx'), COLOURS, [0, 1, 2, 3, 4], 4);
  const members = ['small.onnx', 'large.onnx', '--data', 'colours'];
  t.is(
    await printed(t, folder, 'chain', ...members, '--out', 'c.cascade'),
    '{schema cascade_version name dataset classes class_names[] full_macs full_member members[{file sha256 architecture input_shape[] normalization{mean[] std[]} name macs}] mac_convention exits[{member block backbone_macs head_macs name head held_out_accuracy_percent}] splits{calibration{records} test{records}} seed backbone{file sha256 architecture input_shape[] normalization{mean[] std[]} preprocessing{resize interpolation antialias}} engine{name version} sha256{backbone.safetensors heads.safetensors network.json}}',
  );
});

test('run, measure and export print these keys in this order', async (t) => {
  const { folder: cascade } = await smallCascade(t);
  const folder = path.dirname(cascade);
  const create = { width: 8, height: 8, channels: 3, background: 'grey' } as const;
  await sharp({ create }).png().toFile(path.join(folder, 'grey.png'));
  t.is(
    await printed(t, folder, 'run', 'small.cascade', 'grey.png'),
    '[{image class class_name probability_percent block left_at macs}]',
  );
  t.is(
    await printed(t, folder, 'measure', 'small.cascade', '--engine', 'onnxruntime'),
    '[{date cpu cores platform engine{name version} batch_size images rounds pixels full{nanoseconds low high} exits[{block trunk{nanoseconds low high} head{nanoseconds low high}}]}]',
  );
  t.is(
    await printed(t, folder, 'export', 'small.cascade'),
    '{schema cascade_version format name classes class_names[] full_macs input{type layout shape[]} calibration{method max_drop_points max_macs_percent epsilon_points confidence_percent split cost max_time_percent batch_size} criterion top averaging segments[{file input logits features block left_at threshold temperature macs}] single_file batch_file}',
  );
});

test('ask and calibrate --answers print these keys in this order', async (t) => {
  const { folder, cascade } = await withPictures(t);
  t.is(
    await printed(t, folder, 'ask', cascade, ...QUESTION),
    '{images path_images test_images candidates labels_at_most}',
  );
  t.is(
    await printed(t, folder, 'calibrate', cascade, '--answers', 'ask/ask.csv'),
    `{${CHOICE} images ${COSTS} mac_convention seed test_images given left_at_most breaks repairs missing more{images macs_saved_percent macs_saved_without_labels_percent} ${EXITS}}`,
  );
});

test('monitor prints these keys in this order', async (t) => {
  const { folder, cascade } = await withPictures(t);
  t.is(
    await printed(t, folder, 'monitor', cascade, '--reference', 'pictures'),
    '{cascade images checked full_runs disagreements disagreement_percent reference{source images disagreements} tolerated_percent share_percent false_alarms_percent evidence evidence_needed alarm}',
  );
});

test('fetch prints these keys in this order', async (t) => {
  const folder = await temporaryFolder(t);
  t.is(await printed(t, folder, 'fetch'), '[{name kind title size_bytes license path}]');
});
