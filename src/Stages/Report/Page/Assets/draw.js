// What all drawings need: colours of the theme, sharp canvases, pictures, ticks, arrows.
let colours = {};

function readColours() {
  // A custom property alone is not resolved for the theme; a colour made of it is.
  const probe = document.body.appendChild(document.createElement('span'));
  colours = Object.fromEntries(['surface', 'raised', 'ink', 'soft', 'line', 'source', 'output', 'error', 'floor', 'shut', 'flagged', 'repaired'].map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  }));
  probe.remove();
}

/** Makes a canvas as sharp as the screen and gives its pen; sizes are CSS pixels. */
function prepare(canvas) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const density = Math.min(window.devicePixelRatio || 1, 3);
  if (canvas.width !== Math.round(width * density) || canvas.height !== Math.round(height * density)) {
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
  }
  const pen = canvas.getContext('2d');
  pen.setTransform(density, 0, 0, density, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.font = '11px system-ui, "DejaVu Sans", sans-serif';
  pen.textBaseline = 'middle';
  return { pen, width, height };
}

/** Round numbers inside a range, about so many. */
function ticks(from, to, about, areSeconds = false) {
  const rough = (to - from) / Math.max(about, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  // Minutes have sixty seconds, and hours sixty minutes.
  const steps = areSeconds && rough > 5 ? [10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000] : [1, 2, 5, 10].map((factor) => factor * power);
  const step = steps.find((candidate) => candidate >= rough - 1e-12) ?? rough;
  const found = [];
  for (let value = Math.ceil(from / step - 1e-9) * step; value <= to + 1e-9 * step; value += step) found.push(Math.abs(value) < 1e-9 ? 0 : value);
  return { step, values: found };
}

const pictures = new Map();

/** A picture of the page's data, decoded; the latest few hundred stay. */
function picture(base64) {
  let found = pictures.get(base64);
  if (!found) {
    found = new Image();
    found.src = 'data:image/jpeg;base64,' + base64;
    pictures.set(base64, found);
    if (pictures.size > 300) pictures.delete(pictures.keys().next().value);
  }
  return found;
}

/** Calls back when a picture can be drawn: at once where it can be now. */
function whenReady(image, draw) {
  if (image.complete && image.naturalWidth > 0) draw(); else image.addEventListener('load', draw, { once: true });
}

// A degree's length in a face's picture of 112 pixels: 30 degrees reach its edge.
const arrowPerDegree = 1.8;

/** An arrow from between the eyes to where they look, with a rim that shows on any skin. */
function arrow(pen, x, y, yaw, pitch, colour, isThin) {
  if (!known(yaw) || !known(pitch)) return;
  const toX = x + yaw * arrowPerDegree;
  const toY = y - pitch * arrowPerDegree;
  const angle = Math.atan2(toY - y, toX - x);
  const head = Math.min(isThin ? 5 : 7, 2 + 0.5 * Math.hypot(toX - x, toY - y));
  const path = () => {
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(toX, toY);
    for (const side of [2.6, -2.6]) {
      pen.moveTo(toX, toY);
      pen.lineTo(toX + head * Math.cos(angle + side), toY + head * Math.sin(angle + side));
    }
    pen.stroke();
  };
  pen.lineCap = 'round';
  pen.strokeStyle = 'rgba(255,255,255,.85)';
  pen.lineWidth = isThin ? 3 : 5;
  path();
  pen.strokeStyle = colour;
  pen.lineWidth = isThin ? 1.3 : 2.5;
  path();
}

// Arrows lie on pictures, not on the theme's ground: one pair of colours in both themes.
const onPicture = { source: '#1f5fbf', output: '#d2480a' };
