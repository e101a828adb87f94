// The script of the page on which people label: it is put into the page, behind the function that it imports.
import { labelsLeft } from '../lib/calibrate/disputes/labels-left.js';

const question = JSON.parse(document.getElementById('question').textContent);
const { id, csv, images, points, most_breaks: mostBreaks, keys, none } = question;
const element = (name) => document.getElementById(name);

/** Labels by the number of the image: a class, or null for none of those that are offered. */
const answers = new Map(JSON.parse(localStorage.getItem(id) ?? '[]'));
/** The image that is shown, and those before it. */
let current;
const before = [];
/** Images that were put off. */
const skipped = new Set();

/** Undefined beyond the end of the table. */
function passes(breaks, repairs) {
  const most = mostBreaks[repairs];
  return most === undefined ? undefined : breaks <= most;
}

function left() {
  return labelsLeft(images, points, answers, passes);
}

function next() {
  const open = left();
  return open.find(({ image }) => !skipped.has(image)) ?? open[0];
}

function describe() {
  const { length } = left();
  const given = `${answers.size} of ${images.length} images labelled.`;
  return length === 0
    ? `${given} No further label changes the answer: save the labels.`
    : `${given} At most ${length} more can matter.`;
}

function choose(label) {
  answers.set(current.image, label);
  skipped.delete(current.image);
  localStorage.setItem(id, JSON.stringify([...answers]));
  go(next());
}

function go(image) {
  if (current !== undefined) before.push(current);
  show(image);
}

function show(image) {
  current = image;
  element('state').textContent = describe();
  element('choices').replaceChildren();
  const picture = element('picture');
  picture.hidden = image === undefined;
  element('unseen').hidden = true;
  if (image === undefined) return;
  picture.src = `images/${image.picture}`;
  element('name').textContent = `images/${image.picture}`;
  const choices = [...image.choices, { label: null, name: none }];
  choices.forEach(({ label, name }, index) => {
    const button = document.createElement('button');
    const key = document.createElement('kbd');
    key.textContent = label === null ? '0' : (keys[index] ?? '');
    button.append(key, name);
    button.type = 'button';
    button.dataset.key = key.textContent;
    button.classList.toggle('chosen', answers.has(image.image) && answers.get(image.image) === label);
    button.addEventListener('click', () => choose(label));
    element('choices').append(button);
  });
}

function back() {
  const image = before.pop();
  if (image !== undefined) show(image);
}

function skip() {
  if (current === undefined) return;
  skipped.add(current.image);
  const open = left().filter((image) => image !== current);
  if (open.length === 0) return;
  // Once all are put off they come again.
  if (open.every(({ image }) => skipped.has(image))) skipped.clear();
  go(open.find(({ image }) => !skipped.has(image)));
}

/** The rows come as CSV; behind each goes the cell of its label. */
function save() {
  const rows = images.map(({ image, row, choices }) => {
    const label = answers.get(image);
    const cell =
      label === undefined ? '' : label === null ? none : choices.find((each) => each.label === label).cell;
    return `${row},${cell}`;
  });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`${[csv, ...rows].join('\n')}\n`], { type: 'text/csv' }));
  link.download = 'ask.csv';
  link.click();
  URL.revokeObjectURL(link.href);
}

element('picture').addEventListener('error', () => {
  element('picture').hidden = true;
  element('unseen').hidden = false;
});
element('back').addEventListener('click', back);
element('skip').addEventListener('click', skip);
element('save').addEventListener('click', save);
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'ArrowLeft') back();
  else if (event.key === 'ArrowRight') skip();
  else if (event.key === 's') save();
  else
    [...element('choices').children]
      .find(({ dataset }) => dataset.key !== '' && dataset.key === event.key)
      ?.click();
});
show(next());
