// How errors and gaze directions are spread over the whole video.
let figuresShown = '';

function drawHistogram(person) {
  const canvas = byId('histogram').querySelector('canvas');
  const { pen, width, height } = prepare(canvas);
  const errors = person.error.filter((value) => !Number.isNaN(value));
  const statistics = person.summary.error;
  if (errors.length === 0) {
    pen.fillStyle = colours.soft;
    pen.fillText('No error was measured.', 10, height / 2);
    canvas.setAttribute('aria-label', 'No error was measured.');
    return;
  }
  const most = Math.max(extent(errors)[1], 5);
  const step = ticks(0, most, 40).step;
  const bins = new Array(Math.ceil(most / step)).fill(0);
  errors.forEach((value) => bins[Math.min(Math.floor(value / step), bins.length - 1)]++);
  const left = 40;
  const top = 46;
  const bottom = height - 24;
  const highest = Math.max(...bins);
  const toX = (value) => left + (value / (bins.length * step)) * (width - left - 8);
  const toY = (count) => bottom - (count / highest) * (bottom - top);
  pen.textAlign = 'right';
  for (const value of ticks(0, highest, 4).values) {
    if (!Number.isInteger(value)) continue;
    pen.fillStyle = colours.line;
    pen.fillRect(left, Math.round(toY(value)), width - left - 8, 1);
    pen.fillStyle = colours.soft;
    pen.fillText(value, left - 6, toY(value));
  }
  pen.fillStyle = colours.error;
  bins.forEach((count, i) => pen.fillRect(toX(i * step) + 0.5, toY(count), Math.max(toX(step) - left - 1, 1), bottom - toY(count)));
  pen.fillStyle = colours.soft;
  pen.textAlign = 'center';
  for (const value of ticks(0, bins.length * step, 6).values) pen.fillText(number(value, 0) + '°', Math.min(toX(value), width - 14), bottom + 13);
  const floor = data.header.floors?.[0]?.mean;
  const labels = [];
  [['median', statistics.median, colours.ink, []], ['p95', statistics.p95, colours.ink, []], ['estimator', floor, colours.floor, [5, 3]]].forEach(([label, value, colour, dash], row) => {
    if (!known(value)) return;
    const x = Math.min(toX(value), width - 9);
    pen.strokeStyle = colour;
    pen.lineWidth = 1.5;
    pen.setLineDash(dash);
    pen.beginPath();
    pen.moveTo(x, 14 * row + 4);
    pen.lineTo(x, bottom);
    pen.stroke();
    pen.setLineDash([]);
    const isRight = x > width * 0.65;
    labels.push(() => {
      const words = `${label} ${number(value)}°`;
      const length = pen.measureText(words).width;
      pen.textAlign = 'left';
      // Another mark's line must not cross the words.
      pen.fillStyle = colours.surface;
      pen.fillRect(isRight ? x - 7 - length : x + 3, 14 * row + 1, length + 4, 13);
      pen.fillStyle = colour;
      pen.fillText(words, isRight ? x - 5 - length : x + 5, 14 * row + 8);
    });
  });
  labels.forEach((write) => write());
  canvas.setAttribute('aria-label', `Histogram of ${errors.length} errors: median ${number(statistics.median)}, 95th percentile ${number(statistics.p95)}, largest ${number(statistics.max)} degrees.`);
}

function drawDensity(id, person, eyes, colour, name) {
  const canvas = byId(id).querySelector('canvas');
  const { pen, width, height } = prepare(canvas);
  const left = 40;
  const bottom = height - 24;
  const [yawLow, yawHigh] = extent(person.source.yaw, person.output.yaw);
  const [pitchLow, pitchHigh] = extent(person.source.pitch, person.output.pitch);
  // A degree is as long across as down, and the same in both figures.
  const perDegree = Math.min((width - left - 8) / (yawHigh - yawLow), (bottom - 8) / (pitchHigh - pitchLow));
  const yawMiddle = (yawLow + yawHigh) / 2;
  const pitchMiddle = (pitchLow + pitchHigh) / 2;
  const toX = (yaw) => (left + width - 8) / 2 + (yaw - yawMiddle) * perDegree;
  const toY = (pitch) => (bottom + 8) / 2 - (pitch - pitchMiddle) * perDegree;
  const cell = Math.max(yawHigh - yawLow, pitchHigh - pitchLow) > 60 ? 2 : 1;
  const counts = new Map();
  let highest = 0;
  let seen = 0;
  eyes.yaw.forEach((yaw, i) => {
    if (Number.isNaN(yaw)) return;
    const key = Math.floor(yaw / cell) * 1000 + Math.floor(eyes.pitch[i] / cell);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    highest = Math.max(highest, counts.get(key));
    seen++;
  });
  pen.fillStyle = colours.raised;
  pen.fillRect(left, 8, width - left - 8, bottom - 8);
  pen.fillStyle = colour;
  pen.save();
  pen.beginPath();
  pen.rect(left, 8, width - left - 8, bottom - 8);
  pen.clip();
  for (const [key, count] of counts) {
    // Keys put yaw in thousands; pitch may be negative.
    const yaw = Math.round(key / 1000);
    const pitch = key - yaw * 1000;
    pen.globalAlpha = 0.15 + 0.85 * Math.sqrt(count / highest);
    pen.fillRect(toX(yaw * cell), toY((pitch + 1) * cell), perDegree * cell + 0.3, perDegree * cell + 0.3);
  }
  pen.globalAlpha = 1;
  pen.restore();
  pen.lineWidth = 1;
  const mark = (value, x, y, isYaw) => {
    pen.strokeStyle = value === 0 ? colours.soft : colours.line;
    pen.globalAlpha = value === 0 ? 1 : 0.7;
    pen.beginPath();
    if (isYaw) {
      pen.moveTo(x, 8);
      pen.lineTo(x, bottom);
    } else {
      pen.moveTo(left, y);
      pen.lineTo(width - 8, y);
    }
    pen.stroke();
    pen.globalAlpha = 1;
    pen.fillStyle = colours.soft;
    pen.textAlign = isYaw ? 'center' : 'right';
    pen.fillText(number(value, 0) + '°', isYaw ? Math.min(x, width - 14) : left - 6, isYaw ? bottom + 13 : y);
  };
  const across = (width - left - 8) / perDegree / 2;
  const down = (bottom - 8) / perDegree / 2;
  ticks(yawMiddle - across, yawMiddle + across, 5).values.forEach((value) => mark(value, Math.round(toX(value)) + 0.5, 0, true));
  ticks(pitchMiddle - down, pitchMiddle + down, 4).values.forEach((value) => mark(value, 0, Math.round(toY(value)) + 0.5, false));
  canvas.setAttribute('aria-label', `Gaze directions of the ${name}: ${seen} frames, yaw ${number(yawLow, 0)} to ${number(yawHigh, 0)}, pitch ${number(pitchLow, 0)} to ${number(pitchHigh, 0)} degrees.`);
}

follow(() => {
  // They do not depend on the cursor.
  const key = [view.person, data.summary.frames, document.documentElement.dataset.theme, innerWidth, byId('histogram').clientWidth, devicePixelRatio].join();
  if (key === figuresShown) return;
  figuresShown = key;
  const person = current();
  drawHistogram(person);
  drawDensity('source-density', person, person.source, colours.source, isTruth ? 'truth' : 'source');
  drawDensity('output-density', person, person.output, colours.output, 'output');
});
