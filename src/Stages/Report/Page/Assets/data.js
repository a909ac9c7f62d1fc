// What the page shows, out of its data block, and words for it. "Place" counts frames from the report's first.
const data = JSON.parse(document.getElementById('data').textContent);
// While a run goes on, more come.
let times = Float64Array.from(data.times, (ms) => ms / 1000);
let lastPlace = times.length - 1;

// Values lie in whole tenths or hundredths; null is not known.
const column = (values, unit) => Float32Array.from(values, (value) => (value === null ? NaN : value / unit));
const eyesOf = (eyes) => ({ ...eyes, yaw: column(eyes.yaw, 10), pitch: column(eyes.pitch, 10), openness: column(eyes.openness, 100), confidence: column(eyes.confidence, 100) });

// What a gate did to a frame, by its number in the columns; NaN where nothing.
const gateNames = [null, 'flagged', 'repaired'];

/** Columns of what a gate did and of the errors before its repairs. */
function gateColumns(runs, count, first) {
  const gate = new Float32Array(count).fill(NaN);
  const before = new Float32Array(count).fill(NaN);
  for (const run of runs) {
    gate.fill(gateNames.indexOf(run.state), run.first - first, run.first - first + run.before.length);
    before.set(column(run.before, 100), run.first - first);
  }
  return { gate, before };
}

const persons = data.persons.map((person) => ({
  ...person,
  count: person.error.length,
  ...gateColumns(person.gate, person.error.length, person.first),
  error: column(person.error, 100),
  headYaw: column(person.headYaw, 10),
  headPitch: column(person.headPitch, 10),
  source: eyesOf(person.source),
  output: eyesOf(person.output),
  picturePlaces: person.pictures.map((shot) => shot.place),
  summary: data.summary.tracks.find((track) => track.track === person.track),
}));

/** A person's value at a place; NaN outside of its columns. */
const valueAt = (person, values, place) => {
  const index = place - person.first;
  return index >= 0 && index < person.count ? values[index] : NaN;
};

/** Place whose time is nearest. */
function placeAt(seconds) {
  let low = 0;
  let high = lastPlace;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < seconds) low = middle + 1; else high = middle;
  }
  return low > 0 && seconds - times[low - 1] < times[low] - seconds ? low - 1 : low;
}

/** Index in a rising list of the entry nearest to a place; -1 in an empty one. */
function nearest(places, place) {
  let best = -1;
  for (let i = 0; i < places.length; i++) {
    if (best < 0 || Math.abs(places[i] - place) <= Math.abs(places[best] - place)) best = i; else break;
  }
  return best;
}

const known = (value) => value !== null && value !== undefined && Number.isFinite(value);
const number = (value, digits = 1) => (known(value) ? value.toFixed(digits).replace('-', '−') : '–');
const signed = (value, digits = 1) => (known(value) && value > 0 ? '+' : '') + number(value, digits);
const degrees = (value, digits = 1) => (known(value) ? number(value, digits) + '°' : '–');
const plural = (count, one, many = one + 's') => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
const lastName = (path) => (path ?? '').split(/[\\/]/).pop();

function clock(seconds, digits = 2) {
  // Rounded before it is split, or 59.96 seconds would become 60.0 of a minute that has not begun.
  const rounded = Number(seconds.toFixed(digits));
  if (Math.abs(rounded) < 60) return number(rounded, digits) + ' s';
  const minutes = Math.floor(rounded / 60);
  return `${minutes}:${(rounded - minutes * 60).toFixed(digits).padStart(digits > 0 ? digits + 3 : 2, '0')}`;
}

const skipWords = {
  eyesClosed: 'eyes shut',
  profile: 'turned too far',
  lowConfidence: 'too uncertain',
  noEyes: 'no eyes found',
  noMatch: 'no counterpart in the other video',
};

/** Why a place does not count; empty where it does, null where the person was not seen. */
function skipAt(person, place) {
  const index = place - person.first;
  const code = index >= 0 && index < person.count ? person.skip[index] : null;
  return code === null ? null : code === 0 ? '' : skipWords[data.skips[code - 1]] ?? data.skips[code - 1];
}

/** What the gate did to a person at a place: its name; null where nothing. */
const gateAt = (person, place) => gateNames[valueAt(person, person.gate, place)] ?? null;

/** The same in words. */
function gateWords(person, place) {
  const state = gateAt(person, place);
  if (state !== 'repaired') return state && `${state}: above ${degrees(data.header.gate.limit)}`;
  const before = valueAt(person, person.before, place);
  return known(before) ? `repaired, was ${degrees(before, 2)}` : 'repaired, error before not known';
}

/** Stretches of places to which the gate did one thing: [first, last]. */
function gateRuns(person, state) {
  const found = [];
  person.gate.forEach((number, index) => {
    if (gateNames[number] !== state) return;
    const place = person.first + index;
    if (found.at(-1)?.[1] === place - 1) found.at(-1)[1] = place; else found.push([place, place]);
  });
  return found;
}

/** Makes an element. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const byId = (id) => document.getElementById(id);
