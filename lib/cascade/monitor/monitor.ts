import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Calibration } from '../../artifact/calibration.js';
import { MONITOR_FILE } from '../../artifact/check-out.js';
import { type CalibrationChoice, chosenCalibration } from '../../artifact/chosen-calibration.js';
import { loadManifest } from '../../artifact/manifest.js';
import { usageError } from '../../errors.js';
import { sha256Of } from '../../files/sha256.js';
import { cascadeFingerprint } from '../../records/shards.js';
import { percent } from '../../stats/percent.js';
import { createRandom } from '../../stats/random.js';
import { betOnRise, logRiseWealth } from '../../stats/rise-wealth.js';
import { checkGiven } from '../check-given.js';
import type { Check, Checks } from './check.js';
import { checkMonitorOptions, type MonitorOptions } from './monitor-options.js';
import { type MonitorReport, monitorReport, neededEvidence, toleratedRate } from './monitor-report.js';
import { loadMonitorState, type MonitorState, saveMonitorState } from './monitor-state.js';
import { recordedReference } from './reference.js';

/** Share of false alarms where nothing else is said. */
const DEFAULT_FALSE_ALARMS = 0.05;

/** Share of the images that is checked where nothing else is said. */
export const DEFAULT_SHARE = 0.01;

type KeptState = Omit<MonitorState, 'schema'>;

/**
 * Watches a deployed cascade without labels: the full network is run too on a random share of the images that left early, and an
 * anytime-valid test says when the two disagree more often than where the cascade was calibrated. A stream that has not changed raises the
 * alarm with at most the probability that was asked for, however long it goes on and whenever one looks.
 *
 * One process a state: of two that write the same file what one has seen is lost.
 *
 * @example
 * import { Cascade, Monitor } from 'cascade-early-exits';
 *
 * const monitor = await Monitor.open('demo.cascade', { share: 0.01, state: 'monitor.json' });
 * const cascade = await Cascade.load('demo.cascade', { monitor });
 * await cascade.classify(pixels);
 * if (monitor.report.alarm !== null) console.error('These are no longer the images that it was calibrated for.');
 */
export class Monitor implements Checks {
  /** File of the state. */
  readonly file: string;
  #state: KeptState;
  /** What was seen when the state was last written. */
  #savedChecks: number;
  /** Place in the stream of the image that comes in next; those before may not have come out yet. */
  #incoming: number;
  readonly #next: ReturnType<typeof betOnRise>;
  readonly #onAlarm: MonitorOptions['onAlarm'];

  private constructor(file: string, state: KeptState, onAlarm: MonitorOptions['onAlarm']) {
    this.file = file;
    this.#state = state;
    this.#savedChecks = -1;
    this.#incoming = state.images;
    this.#next = betOnRise(toleratedRate(state));
    this.#onAlarm = onAlarm;
  }

  /**
   * Opens the monitor of a calibrated cascade: goes on with its state, or begins one that is held against the cascade's recorded test
   * images.
   *
   * @throws CascadeError if an option makes no sense, there is no such calibrated cascade, or the state is damaged, of another cascade, of
   * other thresholds, or was begun with other false alarms, another seed or another reference.
   */
  static async open(folder: string, options: MonitorOptions): Promise<Monitor> {
    checkGiven(z.string().min(1), folder, 'The folder of Monitor.open does');
    const given = checkMonitorOptions(options);
    const file = stateFile(folder, given.state);
    const found = await loadMonitorState(file);
    if (found === undefined) return new Monitor(file, await newState(folder, given), given.onAlarm);
    const fault = await faultFor(folder, given, found);
    if (fault !== undefined)
      throw usageError(`${file} ${fault}; delete it to begin anew, or name another file for the state.`);
    const { schema: _, ...state } = found;
    return new Monitor(file, { ...state, share_percent: percent(given.share) }, given.onAlarm);
  }

  /** What was seen so far, and whether the alarm is raised. */
  get report(): MonitorReport {
    return monitorReport(this.#state);
  }

  /**
   * Whether it watches a cascade as it is calibrated now.
   *
   * @param maxDrop that the cascade is loaded with, a fraction; what was calibrated for when left out.
   * @param use name or number of the calibration that it is loaded with; the active one when left out.
   * @throws CascadeError if there is no such calibrated cascade.
   */
  async isOf(folder: string, maxDrop?: number, use?: string): Promise<boolean> {
    return (await otherThan(this.#state, folder, { use, maxDrop })) === undefined;
  }

  /**
   * Whether the next image that comes in is to be checked; asked once for each. It depends on the seed and the image's place in the stream
   * alone, so that it is the same however the stream is cut into runs.
   */
  chooses(): boolean {
    const offset = Math.floor(createRandom(this.#state.seed)() * 2 ** 32);
    return createRandom(offset + this.#incoming++)() < this.#state.share_percent / 100;
  }

  /** Takes in the next image of the stream. @param check what came of it; undefined for one that was not chosen. */
  observe(check: Check | undefined): void {
    const { images, checked, full_runs: runs, disagreements, log_stakes: logStakes, alarm } = this.#state;
    if (check === undefined) {
      this.#state = { ...this.#state, images: images + 1 };
      return;
    }
    const after = this.#next({ observations: checked, logStakes }, check.disagrees);
    const counts = {
      images: images + 1,
      checked: checked + 1,
      disagreements: disagreements + Number(check.disagrees),
    };
    const isRaised = alarm === null && logRiseWealth(after) >= Math.log(neededEvidence(this.#state));
    this.#state = {
      ...this.#state,
      ...counts,
      full_runs: runs + Number(check.ranFull),
      log_stakes: after.logStakes,
      alarm: isRaised ? counts : alarm,
    };
    if (isRaised) this.#onAlarm?.(this.report);
  }

  /** Keeps the state, if an image was checked since it was last kept. @throws CascadeError if it cannot be written. */
  async save(): Promise<void> {
    if (this.#state.checked === this.#savedChecks) return;
    this.#savedChecks = this.#state.checked;
    await saveMonitorState(this.file, this.#state);
  }

  /** Keeps the state with the number of images that went through since. @throws CascadeError if it cannot be written. */
  async close(): Promise<void> {
    await saveMonitorState(this.file, this.#state);
  }
}

/** Where a cascade's monitor keeps its state. */
export function stateFile(folder: string, state: string | undefined): string {
  return state ?? path.join(folder, MONITOR_FILE);
}

async function newState(folder: string, options: MonitorOptions): Promise<KeptState> {
  const { share, falseAlarms = DEFAULT_FALSE_ALARMS, seed = 0 } = options;
  const manifest = await loadManifest(folder);
  const calibration = await chosenCalibration(folder, manifest, options);
  if (calibration.rule.thresholds.every((threshold) => threshold === null))
    throw usageError(
      `No image leaves ${folder} early under its thresholds, so that there is nothing to watch; calibrate for a larger drop.`,
    );
  const { reference = await recordedReference(folder, manifest, calibration) } = options;
  if (reference.disagreements === reference.images)
    throw usageError(
      `Cascade and full network disagree on all of ${reference.source}, so that no rise can be seen; calibrate for a smaller drop.`,
    );
  return {
    cascade: manifest.name,
    ...(await bindingOf(folder, calibration)),
    false_alarms_percent: percent(falseAlarms),
    share_percent: percent(share),
    seed,
    reference,
    ...{ images: 0, checked: 0, full_runs: 0, disagreements: 0, log_stakes: [], alarm: null },
  };
}

/** What a state is bound to: the network, where images leave it, and the images that this was chosen on. */
async function bindingOf(folder: string, { rule, split, split_seed }: Calibration) {
  return {
    cascade_sha256: await cascadeFingerprint(folder),
    calibration_sha256: sha256Of(JSON.stringify([rule.scoring, rule.thresholds, split, split_seed])),
  };
}

/** What a state is of, if not of this cascade as it is calibrated now; undefined if it is. */
export async function otherThan(
  state: Pick<MonitorState, 'cascade_sha256' | 'calibration_sha256'>,
  folder: string,
  choice: CalibrationChoice,
): Promise<string | undefined> {
  const calibration = await chosenCalibration(folder, await loadManifest(folder), choice);
  const { cascade_sha256, calibration_sha256 } = await bindingOf(folder, calibration);
  if (state.cascade_sha256 !== cascade_sha256) return 'is of another cascade';
  return state.calibration_sha256 === calibration_sha256 ? undefined : 'is of other thresholds';
}

/** Why a state cannot be gone on with as is asked. */
async function faultFor(
  folder: string,
  options: MonitorOptions,
  state: KeptState,
): Promise<string | undefined> {
  const { falseAlarms, seed, reference } = options;
  const other = await otherThan(state, folder, options);
  if (other !== undefined) return other;
  if (falseAlarms !== undefined && percent(falseAlarms) !== state.false_alarms_percent)
    return `was begun with ${state.false_alarms_percent} % of false alarms`;
  if (seed !== undefined && seed !== state.seed) return `was begun with the seed ${state.seed}`;
  return reference === undefined || isDeepStrictEqual(reference, state.reference)
    ? undefined
    : 'was begun with another reference';
}
