import test from 'ava';
import { classificationPrinter } from '../../lib/report/classification-printer.js';

const RESULTS = [
  {
    image: 'a.png',
    class: 3,
    class_name: 'cat',
    probability_percent: 98.7654,
    block: 8,
    left_at: 'block 8',
    macs: 42_977_792,
  },
  {
    image: 'b, c.png',
    class: 5,
    class_name: 'dog',
    probability_percent: 50,
    block: null,
    left_at: 'full network',
    macs: 125_553_792,
  },
];

function printed(format: Parameters<typeof classificationPrinter>[0], results = RESULTS): string {
  const parts: string[] = [];
  const printer = classificationPrinter(format, (text) => parts.push(text));
  for (const result of results) printer.add(result);
  printer.end();
  return parts.join('\n');
}

test('CSV has its header once and quotes names with commas', (t) => {
  t.is(
    printed('csv'),
    'image,class,class_name,probability_percent,block,left_at,macs\na.png,3,cat,98.7654,8,block 8,42977792\n"b, c.png",5,dog,50,,full network,125553792',
  );
});

test('JSON is one array, JSON lines an object a line, and nothing is an empty array', (t) => {
  t.is(printed('json'), JSON.stringify(RESULTS, null, 2));
  t.is(printed('json', []), '[]');
  t.is(printed('jsonl'), RESULTS.map((result) => JSON.stringify(result)).join('\n'));
  t.is(printed('jsonl', []), '');
});

test('a table is written for people, and another begins behind a thousand rows', (t) => {
  t.deepEqual(printed('table').split('\n'), [
    'image     class  probability       left at         MACs',
    'a.png       cat       98.8 %       block 8   42,977,792',
    'b, c.png    dog       50.0 %  full network  125,553,792',
  ]);
  const many = printed(
    'table',
    Array.from({ length: 1001 }, () => RESULTS[0]!),
  ).split('\n');
  t.is(many.filter((line) => line.startsWith('image')).length, 2);
  t.is(many.length, 1003);
});

test('of a watched stream every format marks the images that the full network checked', (t) => {
  const watched = RESULTS.map((result, place) => ({ ...result, checked: place === 0 }));
  t.deepEqual(
    printed('csv', watched)
      .split('\n')
      .map((line) => line.split(',').at(-1)),
    ['checked', 'true', 'false'],
  );
  t.regex(printed('table', watched), / checked\n.*42,977,792 +yes\n.*125,553,792$/s);
  t.true(printed('jsonl', watched).includes('"macs":42977792,"checked":true}'));
});
