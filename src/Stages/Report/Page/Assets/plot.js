// The time plot: marks of blinks, saccades and of a gate, yaw, pitch and error over time.
const plot = byId('plot');
const plotCanvas = plot.querySelector('canvas');
const gutter = 58;
const edge = 10;
let hover = null;

const plotX = (seconds, width) => gutter + ((seconds - view.from) / (view.to - view.from)) * (width - gutter - edge);
const plotTime = (x) => view.from + ((x - gutter) / (plotCanvas.clientWidth - gutter - edge)) * (view.to - view.from);

/** Least and largest of some columns, widened to whole steps of five degrees. */
function extent(...columns) {
  let least = Infinity;
  let most = -Infinity;
  for (const values of columns) {
    for (const value of values) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return least > most ? [-5, 5] : [Math.floor(least / 5) * 5, Math.max(Math.ceil(most / 5) * 5, Math.floor(least / 5) * 5 + 5)];
}

/** Values over time as a line with gaps where nothing is known. Where there are more values than pixels, each pixel gets the span of its own. */
function line(pen, person, values, colour, toY, width) {
  const start = Math.max(placeAt(view.from) - 1, person.first);
  const end = Math.min(placeAt(view.to) + 1, person.first + person.count - 1);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.4;
  pen.lineJoin = 'round';
  pen.beginPath();
  const isDense = end - start > 2 * width;
  let isDown = false;
  let pixel = null;
  let low = 0;
  let high = 0;
  const flush = () => {
    if (pixel === null) return;
    if (isDown) pen.lineTo(pixel, toY(low)); else pen.moveTo(pixel, toY(low));
    pen.lineTo(pixel, toY(high) - 0.01);
    isDown = true;
  };
  for (let place = start; place <= end; place++) {
    const value = values[place - person.first];
    if (Number.isNaN(value)) {
      if (isDense) flush();
      pixel = null;
      isDown = false;
      continue;
    }
    const x = plotX(times[place], width);
    if (!isDense) {
      if (isDown) pen.lineTo(x, toY(value)); else pen.moveTo(x, toY(value));
      // A value alone between two gaps would be no line.
      if (!isDown) pen.lineTo(x + 0.6, toY(value));
      isDown = true;
    } else if (pixel === Math.round(x)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    } else {
      flush();
      pixel = Math.round(x);
      low = high = value;
    }
  }
  if (isDense) flush();
  pen.stroke();
}

function bands(pen, runs, top, height, width, colour, least) {
  pen.fillStyle = colour;
  for (const [first, last] of runs) {
    const from = plotX(times[first], width);
    const to = plotX(times[Math.min(last + 1, lastPlace)], width);
    if (to >= gutter && from <= width - edge) pen.fillRect(from, top, Math.max(to - from, least), height);
  }
}

function lane(pen, person, kind, label, top, width) {
  pen.fillStyle = colours.soft;
  pen.textAlign = 'right';
  pen.fillText(label, gutter - 8, top + 11);
  pen.save();
  pen.beginPath();
  pen.rect(gutter, top, width - gutter - edge, 24);
  pen.clip();
  bands(pen, person.source[kind], top + 1, 9, width, colours.source, 2);
  bands(pen, person.output[kind], top + 12, 9, width, colours.output, 2);
  pen.restore();
}

/** What a gate flagged, and what it repaired: the one full, the other striped, so that both are told apart without colours, too. */
function gateLane(pen, person, top, width) {
  pen.fillStyle = colours.soft;
  pen.textAlign = 'right';
  pen.fillText('gate', gutter - 8, top + 11);
  pen.save();
  pen.beginPath();
  pen.rect(gutter, top, width - gutter - edge, 24);
  pen.clip();
  bands(pen, gateRuns(person, 'flagged'), top + 1, 9, width, colours.flagged, 2);
  const stripes = prepareStripes(pen, colours.repaired);
  bands(pen, gateRuns(person, 'repaired'), top + 12, 9, width, stripes, 2);
  bands(pen, gateRuns(person, 'repaired'), top + 12, 1, width, colours.repaired, 2);
  bands(pen, gateRuns(person, 'repaired'), top + 20, 1, width, colours.repaired, 2);
  pen.restore();
}

/** Upright stripes, three pixels on and two off. */
function prepareStripes(pen, colour) {
  const tileOfStripes = document.createElement('canvas');
  tileOfStripes.width = 5;
  tileOfStripes.height = 1;
  const stripe = tileOfStripes.getContext('2d');
  stripe.fillStyle = colour;
  stripe.fillRect(0, 0, 3, 1);
  return pen.createPattern(tileOfStripes, 'repeat');
}

function panel(pen, person, { top, height, label, range, columns, levels }, width) {
  const [low, high] = range;
  const toY = (value) => top + height - ((value - low) / (high - low)) * height;
  pen.fillStyle = colours.raised;
  pen.fillRect(gutter, top, width - gutter - edge, height);
  pen.save();
  pen.beginPath();
  pen.rect(gutter, top, width - gutter - edge, height);
  pen.clip();
  bands(pen, person.source.blinks, top, height, width, colours.shut, 1);
  pen.restore();
  pen.textAlign = 'right';
  pen.lineWidth = 1;
  for (const value of ticks(low, high, height / 32).values) {
    const y = Math.round(toY(value)) + 0.5;
    pen.strokeStyle = value === 0 ? colours.soft : colours.line;
    pen.beginPath();
    pen.moveTo(gutter, y);
    pen.lineTo(width - edge, y);
    pen.stroke();
    pen.fillStyle = colours.soft;
    pen.fillText(number(value, 0) + '°', gutter - 8, Math.min(Math.max(y, top + 6), top + height - 5));
  }
  pen.fillStyle = colours.ink;
  // Along the axis: beside the topmost number there is no room.
  pen.save();
  pen.translate(7, top + height / 2);
  pen.rotate(-Math.PI / 2);
  pen.textAlign = 'center';
  pen.fillText(label, 0, 0);
  pen.restore();
  pen.save();
  pen.beginPath();
  pen.rect(gutter, top, width - gutter - edge, height);
  pen.clip();
  for (const [level, colour, dash] of levels) {
    if (!known(level)) continue;
    pen.strokeStyle = colour;
    pen.setLineDash(dash);
    pen.beginPath();
    pen.moveTo(gutter, toY(level));
    pen.lineTo(width - edge, toY(level));
    pen.stroke();
  }
  for (const [values, colour, dash = []] of columns) {
    pen.setLineDash(dash);
    line(pen, person, values, colour, toY, width);
  }
  pen.setLineDash([]);
  for (const [values, colour] of columns) {
    const value = valueAt(person, values, view.place);
    if (known(value)) {
      pen.fillStyle = colour;
      pen.strokeStyle = colours.surface;
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.arc(plotX(times[view.place], width), toY(value), 4, 0, 2 * Math.PI);
      pen.fill();
      pen.stroke();
    }
  }
  pen.restore();
}

function drawPlot() {
  const person = current();
  const { pen, width, height } = prepare(plotCanvas);
  if (width < gutter + 50) return;
  lane(pen, person, 'blinks', 'blinks', 0, width);
  lane(pen, person, 'saccades', 'saccades', 26, width);
  const { gate } = data.header;
  if (gate) gateLane(pen, person, 52, width);
  let top = gate ? 84 : 58;
  const room = height - top - 24 - 16;
  const errors = extent(person.error, person.before, [gate?.limit ?? NaN]);
  const levels = [[data.header.floors?.[0]?.mean, colours.floor, [6, 4]], [gate?.limit, colours.flagged, []]];
  for (const [part, label, range, columns, lines = []] of [
    [0.36, 'yaw', extent(person.source.yaw, person.output.yaw), [[person.source.yaw, colours.source], [person.output.yaw, colours.output]]],
    [0.36, 'pitch', extent(person.source.pitch, person.output.pitch), [[person.source.pitch, colours.source], [person.output.pitch, colours.output]]],
    [0.28, 'error', [0, Math.max(errors[1], 5)], [[person.error, colours.error], [person.before, colours.error, [2, 2]]], levels],
  ]) {
    panel(pen, person, { top, height: room * part, label, range, columns, levels: lines }, width);
    top += room * part + 8;
  }
  const bottom = height - 24;
  pen.fillStyle = colours.soft;
  pen.textAlign = 'center';
  const { step, values } = ticks(view.from, view.to, (width - gutter) / 90, true);
  for (const value of values) {
    const x = plotX(value, width);
    pen.fillRect(Math.round(x), bottom, 1, 4);
    pen.fillText(clock(value, step < 0.1 ? 2 : step < 1 ? 1 : 0), Math.min(Math.max(x, gutter + 8), width - 20), bottom + 14);
  }
  const cursor = (seconds, colour, dash) => {
    if (seconds < view.from || seconds > view.to) return;
    pen.strokeStyle = colour;
    pen.lineWidth = 1;
    pen.setLineDash(dash);
    pen.beginPath();
    pen.moveTo(Math.round(plotX(seconds, width)) + 0.5, 0);
    pen.lineTo(Math.round(plotX(seconds, width)) + 0.5, bottom);
    pen.stroke();
    pen.setLineDash([]);
  };
  if (hover !== null) cursor(times[hover], colours.soft, [3, 3]);
  cursor(times[view.place], colours.ink, []);
  describeCursor(plot);
}

// Pointers: one drags or, where it hardly moves, picks a frame; two zoom.
const fingers = new Map();
let grip = null;

plot.addEventListener('pointerdown', (event) => {
  if (event.button !== 0) return;
  plot.setPointerCapture(event.pointerId);
  fingers.set(event.pointerId, event.offsetX);
  grip = { x: event.offsetX, from: view.from, to: view.to, hasMoved: fingers.size > 1 };
  if (fingers.size === 2) grip.span = Math.abs([...fingers.values()][0] - [...fingers.values()][1]);
});

plot.addEventListener('pointermove', (event) => {
  if (!fingers.has(event.pointerId)) {
    const place = placeAt(plotTime(event.offsetX));
    if (place !== hover) {
      hover = place;
      change({});
    }
    return;
  }
  fingers.set(event.pointerId, event.offsetX);
  const perPixel = (grip.to - grip.from) / (plotCanvas.clientWidth - gutter - edge);
  if (fingers.size === 2) {
    const [a, b] = [...fingers.values()];
    const factor = grip.span / Math.max(Math.abs(a - b), 10);
    const middle = grip.from + ((a + b) / 2 - gutter) * perPixel;
    show(middle - (middle - grip.from) * factor, middle + (grip.to - middle) * factor);
  } else if (grip.hasMoved || Math.abs(event.offsetX - grip.x) > 4) {
    grip.hasMoved = true;
    plot.classList.add('dragging');
    const length = grip.to - grip.from;
    const from = Math.min(Math.max(grip.from - (event.offsetX - grip.x) * perPixel, wholeFrom()), wholeTo() - length);
    change({ from, to: from + length });
  }
});

function release(event) {
  const wasDown = fingers.delete(event.pointerId);
  plot.classList.remove('dragging');
  if (wasDown && event.type === 'pointerup' && !grip.hasMoved) goTo(placeAt(plotTime(event.offsetX)));
  if (fingers.size === 1) grip = { x: [...fingers.values()][0], from: view.from, to: view.to, hasMoved: true };
}

plot.addEventListener('pointerup', release);
plot.addEventListener('pointercancel', release);
plot.addEventListener('pointerleave', () => {
  hover = null;
  change({});
});
plot.addEventListener('wheel', (event) => {
  // Without a key the wheel scrolls the page, as everywhere.
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  zoom(Math.exp(event.deltaY / 300), plotTime(event.offsetX));
}, { passive: false });

follow(drawPlot);
