import test from 'ava';
import { Html, html, htmlLines, scriptJson } from '../../../lib/report/page/html.js';

test('texts are escaped, pieces are not, and nothing is nothing', (t) => {
  const name = `<b>"a" & 'b'</b>`;
  const piece = html`<i>${name}</i>`;
  t.is(
    html`<p title="${name}">${piece}${[1, piece]}${null}${false}</p>`.text,
    '<p title="&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;"><i>&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;</i>1<i>&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;</i></p>',
  );
  t.is(html`${new Html('<br>')}`.text, '<br>');
});

test('signs that turn the direction of writing show themselves', (t) => {
  t.is(html`${'a\u202eb'}`.text, 'a\\u202eb');
});

test('lines stay lines, whole ones', (t) => {
  const long = 'x'.repeat(5000);
  t.is(htmlLines(`<\n${long}`).text, `&lt;\n${long}`);
});

test('no text in JSON ends a script', (t) => {
  const value = { name: '</script><!--' };
  t.notRegex(scriptJson(value), /</);
  t.deepEqual(JSON.parse(scriptJson(value)), value);
});
