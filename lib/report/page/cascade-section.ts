import { type Calibration, confidencePercent } from '../../artifact/calibration.js';
import { exitHeading } from '../../artifact/exit-names.js';
import type { Evaluation } from '../../cascade/evaluation.js';
import { counted, grouped } from '../../counted.js';
import type { CriterionName } from '../../exits/criteria.js';
import { scoringName } from '../../exits/scoring.js';
import { percent } from '../../stats/percent.js';
import { describeThreshold } from '../describe/describe-evaluation.js';
import { fixed } from '../numbers.js';
import { verdictOf } from '../verdict/verdict.js';
import type { FrontPlot } from './front-chart.js';
import { Html, html, scriptJson } from './html.js';
import { picturesSection } from './pictures-section.js';
import type { Reported } from './reported.js';

/** Charts of a cascade, as SVG. */
export interface CascadeCharts {
  readonly front: string;
  readonly plot: FrontPlot;
  /** Empty where no exit is enabled. */
  readonly reliability: string;
}

/** What a report says of one cascade. @param id that no other has. */
export function cascadeSection(reported: Reported, charts: CascadeCharts, id: string): Html {
  const { manifest, calibration, evaluation, groups, description } = reported;
  const { sentence, outcome } = verdictOf(calibration, evaluation, groups);
  return html`
<article id="${id}">
<h2>${manifest.name}</h2>
<p class="verdict ${outcome}">${sentence}</p>
<p>Measured on the ${description}: ${counted(evaluation.images, 'image')} that no choice has seen.</p>
${operatingPoint(reported, charts)}
<section>
<h3>What each exit does</h3>
${exitTable(evaluation, calibration.rule.scoring.criterion)}
</section>
${charts.reliability !== '' && reliabilitySection(reported, charts.reliability)}
${latencySection(reported)}
${picturesSection(reported)}
${madeFrom(reported)}
</article>`;
}

function operatingPoint({ steps, evaluation, calibration }: Reported, { front, plot }: CascadeCharts): Html {
  const { target } = calibration;
  const chosen = target.kind === 'max-drop' ? steps.findIndex(({ drop }) => drop === target.drop) : -1;
  const data = steps.map(({ drop, test }) => ({
    drop: `${percent(drop).toFixed(2)} points`,
    x: test.macs_per_image / 1e6,
    y: test.accuracy_percent,
    ...pointWords(test),
    shares: test.exits.map((exit) => exit.share_percent),
  }));
  const confidence = confidencePercent(calibration);
  const words = pointWords(evaluation);
  return html`
<section class="point">
<h3>Accuracy against compute</h3>
<figure>${new Html(front)}
<figcaption>Diamond: the chosen point. ${steps.length > 1 && 'Line: what is certified for other drops. '}Circles: all images at one exit, and the full network.</figcaption></figure>
<div>
${
  chosen >= 0 && steps.length > 1
    ? html`<label class="slider">Largest drop asked for, with ${confidence} % confidence: <output data-show="drop">${data[chosen]!.drop}</output>
<input type="range" min="0" max="${steps.length - 1}" value="${chosen}" step="1"></label>
<script type="application/json" class="steps">${new Html(scriptJson({ plot, steps: data }))}</script>
<p class="quiet screen">Ask for one drop, for reasons of your own: the promise holds for a drop that was not picked by looking at what comes of it. <code>cascade eval --max-drop</code> takes it.</p>`
    : html`<p class="quiet">These thresholds were not chosen with the promise of a largest drop, so that there is no slider for other drops; <code>cascade calibrate --max-drop</code> makes one.</p>`
}
<dl class="figures" aria-live="polite">
<div><dt>right</dt><dd data-show="accuracy">${words.accuracy}</dd></div>
<div><dt>measured drop</dt><dd data-show="measured">${words.measured}</dd></div>
<div><dt>MACs an image</dt><dd data-show="macs">${words.macs}</dd></div>
<div><dt>predicted time an image</dt><dd data-show="time">${words.time}</dd></div>
</dl>
<table class="shares"><caption>Where images leave</caption>
${evaluation.exits.map(
  ({ name, share_percent: share }) => html`
<tr><th scope="row">${name}</th><td><meter min="0" max="100" value="${share}"></meter></td><td class="number">${share.toFixed(1)} %</td></tr>`,
)}
</table>
</div>
</section>`;
}

/** What a point does, as the page's script shows it, too. */
function pointWords(point: Evaluation) {
  const { predicted_milliseconds_per_image: time, predicted_time_saved_percent: saved } = point;
  const { drop_points: drop, drop_low_points: low, drop_high_points: high } = point;
  return {
    accuracy: `${point.accuracy_percent.toFixed(2)} % (full network ${point.full_accuracy_percent.toFixed(2)} %)`,
    measured: `${fixed(drop, 2)} points (95 % interval ${fixed(low, 2)} to ${fixed(high, 2)})`,
    macs: `${grouped(point.macs_per_image)} (${point.macs_saved_percent.toFixed(1)} % saved)`,
    time:
      time === null || saved === null
        ? 'not measured on this machine'
        : `${time.toFixed(3)} ms (${saved.toFixed(1)} % saved)`,
  };
}

function exitTable({ exits }: Evaluation, criterion: CriterionName): Html {
  const hasTime = exits.some(({ predicted_milliseconds: time }) => time !== null);
  return html`
<div class="wide" tabindex="0"><table>
<thead><tr><th scope="col">${exitHeading(exits)}</th><th scope="col">threshold</th><th scope="col">leave here</th><th scope="col">of them right</th><th scope="col">MACs each</th>${hasTime && html`<th scope="col">predicted time each</th>`}</tr></thead>
<tbody>${exits.map(
    (exit) => html`
<tr><th scope="row">${exit.name}</th><td>${describeThreshold(exit, criterion) ?? '–'}</td><td>${exit.share_percent.toFixed(1)} %</td><td>${exit.accuracy_percent === null ? '–' : `${exit.accuracy_percent.toFixed(2)} %`}</td><td>${exit.enabled ? grouped(exit.macs) : '–'}</td>${hasTime && html`<td>${exit.enabled && exit.predicted_milliseconds !== null ? `${exit.predicted_milliseconds.toFixed(3)} ms` : '–'}</td>`}</tr>`,
  )}
</tbody></table></div>`;
}

function reliabilitySection({ reliability, manifest, evaluation }: Reported, chart: string): Html {
  return html`
<section>
<h3>How right each exit is when it is sure</h3>
<figure>${new Html(chart)}
<figcaption>All ${counted(evaluation.images, 'test image')} at each exit, in groups of as many images each by confidence; bars are exact 95 % intervals.</figcaption></figure>
<details><summary>The same as a table, with counts</summary>
<div class="wide" tabindex="0"><table>
<thead><tr><th scope="col">${exitHeading(manifest.exits)}</th><th scope="col">mean confidence</th><th scope="col">images</th><th scope="col">right</th><th scope="col">95 % interval</th></tr></thead>
<tbody>${reliability.map((bins, exit) =>
    (bins ?? []).map(
      ({ confidence, images, accuracy, low, high }) => html`
<tr><th scope="row">${manifest.exits[exit]!.name}</th><td>${confidence.toFixed(4)}</td><td>${images}</td><td>${(100 * accuracy).toFixed(1)} %</td><td>${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)} %</td></tr>`,
    ),
  )}
</tbody></table></div></details>
</section>`;
}

function latencySection({ latency, folder }: Reported): Html {
  if (latency === null)
    return html`
<section><h3>Latency</h3>
<p class="quiet">Not measured with these thresholds; <code>cascade eval ${folder} --measure</code> does it, and the next report shows it.</p></section>`;
  return html`
<section><h3>Latency of single images</h3>
<div class="wide" tabindex="0"><table>
<thead><tr><th scope="col">left at</th><th scope="col">timings</th><th scope="col">p50</th><th scope="col">p95</th><th scope="col">p99</th></tr></thead>
<tbody>${latency.rows.map(
    ({ leftAt, timings, p50, p95, p99 }) => html`
<tr><th scope="row">${leftAt}</th><td>${timings}</td><td>${p50} ms</td><td>${p95} ms</td><td>${p99} ms</td></tr>`,
  )}
</tbody></table></div>
<p class="quiet">${latency.engine}, ${latency.threads} threads.</p></section>`;
}

function madeFrom({ manifest, calibration, description, fingerprint, prices }: Reported): Html {
  const { backbone, engine } = manifest;
  const facts: readonly (readonly [string, string | null])[] = [
    ['data set', manifest.dataset],
    ['test images', description],
    ['calibration images', `${calibration.split} (${grouped(calibration.images)})`],
    ['seed of the halves', String(calibration.split_seed)],
    ['seed of the cascade', String(manifest.seed)],
    ['thresholds chosen by', methodWords(calibration)],
    ['network', backbone === undefined ? null : `${backbone.architecture}, ${backbone.file}`],
    ['SHA-256 of the network', backbone?.sha256 ?? null],
    ['SHA-256 of the cascade', fingerprint],
    ['made by cascade', manifest.cascade_version],
    ['recorded with', engine === undefined ? null : `${engine.name} ${engine.version}`],
    ['times measured on', prices.time && `${prices.time.timing.cpu}, ${prices.time.timing.date}`],
  ];
  return html`
<section><h3>What it was made from</h3>
<dl class="facts">${facts.map(([name, value]) => value !== null && html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
</section>`;
}

function methodWords({ method, rule, labels }: Calibration): string {
  const words = `${method}, confidence by ${scoringName(rule.scoring)}`;
  return labels === 'none' ? `${words}, without labels` : words;
}
