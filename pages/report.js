// The script of the report: sliders along the certified path, buttons that copy, and what paper cannot unfold.
const SVG = 'http://www.w3.org/2000/svg';

/** A ring in a chart, at what the slider stands on. */
function ringIn(svg, plot) {
  const ring = document.createElementNS(SVG, 'circle');
  ring.setAttribute('class', 'mark');
  ring.setAttribute('r', '9');
  svg.append(ring);
  return ({ x, y }) => {
    const across = (x - plot.x[0]) / (plot.x[1] - plot.x[0]);
    const up = (y - plot.y[0]) / (plot.y[1] - plot.y[0]);
    ring.setAttribute('cx', String(plot.left + across * plot.width));
    ring.setAttribute('cy', String(plot.top + (1 - up) * plot.height));
  };
}

for (const section of document.querySelectorAll('.point')) {
  const data = section.querySelector('.steps');
  if (data === null) continue;
  const { plot, steps } = JSON.parse(data.textContent);
  const slider = section.querySelector('input');
  const place = ringIn(section.querySelector('svg'), plot);
  const show = () => {
    const step = steps[Number(slider.value)];
    for (const element of section.querySelectorAll('[data-show]'))
      element.textContent = step[element.dataset.show];
    section.querySelectorAll('.shares tr').forEach((row, exit) => {
      row.querySelector('meter').value = step.shares[exit];
      row.querySelector('.number').textContent = `${step.shares[exit].toFixed(1)} %`;
    });
    slider.setAttribute('aria-valuetext', step.drop);
    place(step);
  };
  slider.addEventListener('input', show);
  show();
}

for (const button of document.querySelectorAll('.copy')) {
  button.addEventListener('click', async () => {
    const text = button.parentElement.querySelector('pre');
    // A page that was opened from a file may not write to the clipboard: then the text is selected, to be copied by hand.
    const isCopied = await navigator.clipboard?.writeText(text.textContent).then(
      () => true,
      () => false,
    );
    if (!isCopied) getSelection().selectAllChildren(text);
    button.textContent = isCopied ? 'Copied' : 'Selected';
  });
}

addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
