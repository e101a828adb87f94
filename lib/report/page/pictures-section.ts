import { FULL_NETWORK } from '../../artifact/exit-names.js';
import type { AnsweredImage, SomeImages } from '../../cascade/explain/answered-images.js';
import { counted, grouped } from '../../counted.js';
import { Html, html } from './html.js';
import type { Reported } from './reported.js';

/** Images by where they leave, from easy to hard, then those that the cascade breaks and repairs, with both answers. */
export function picturesSection(reported: Reported): Html {
  const { shown, pictures } = reported;
  const { byExit, broken, repaired } = shown;
  return html`
<section>
<h3>Images by exit, easy to hard</h3>
<p class="quiet">With each its class, the cascade's answer where that is another one, its confidence, and its number among the test images. Those of an exit run from the surest to the least sure of all that leave there.</p>
${typeof pictures === 'string' && html`<p class="note">${pictures}</p>`}
${
  typeof pictures !== 'string' &&
  byExit.map(
    ({ exit, images, examples }) => html`
<h4>${exitName(reported, exit)}: ${counted(images, 'image leaves', 'images leave')} here</h4>
<ul class="pictures">${examples.map((image) => answered(reported, image, false))}</ul>`,
  )
}
<h3>What the cascade changes</h3>
${changes(reported, broken, 'broken', 'The full network has them right and the cascade has them wrong.')}
${changes(reported, repaired, 'repaired', 'The full network has them wrong and the cascade has them right.')}
</section>`;
}

function changes(reported: Reported, { all, shown }: SomeImages, word: string, meaning: string): Html {
  const left = all - shown.length;
  return html`
<details>
<summary>${grouped(all)} of ${counted(reported.evaluation.images, 'image')} are ${word}</summary>
<p>${meaning}${left > 0 && shown.length > 0 && ` The first ${shown.length} are shown.`}</p>
<ul class="pictures">${shown.map((image) => answered(reported, image, true))}</ul>
</details>`;
}

/** @param isBoth whether the full network's answer is told, too. */
function answered(reported: Reported, image: AnsweredImage, isBoth: boolean): Html {
  const { pictures } = reported;
  const picture = typeof pictures === 'string' ? undefined : pictures.get(image.image);
  const truth = nameOf(reported, [image.label]);
  const cascade = nameOf(reported, image.cascade);
  const isRight = image.cascade.includes(image.label);
  return html`
<li>${picture !== undefined && html`<img src="${new Html(picture)}" alt="${truth}">`}
<span><b>${truth}</b>${isRight ? ' ✓' : html` ✗ <i>${cascade}</i>`}</span>
${isBoth && html`<span>full network: ${nameOf(reported, image.full)}</span>`}
<span class="quiet">${isBoth && `${exitName(reported, image.exit)}, `}${image.confidence.toFixed(3)} · no. ${image.image}</span></li>`;
}

function nameOf({ manifest }: Reported, labels: readonly number[]): string {
  return labels.map((label) => manifest.class_names[label] ?? String(label)).join(', ');
}

function exitName({ manifest }: Reported, exit: number): string {
  return manifest.exits[exit]?.name ?? FULL_NETWORK;
}
