// Which person, which frame, which stretch of time: what all parts of the page follow.
const view = { person: 0, place: 0, from: times[0] ?? 0, to: times[lastPlace] ?? 1 };
const followers = [];
let isDrawing = false;

/** Calls back after every change, once a screen frame. */
const follow = (redraw) => followers.push(redraw);

function redrawAll() {
  isDrawing = false;
  if (persons.length > 0) followers.forEach((redraw) => redraw());
}

function change(part) {
  Object.assign(view, part);
  if (!isDrawing) {
    isDrawing = true;
    requestAnimationFrame(redrawAll);
  }
}

const current = () => persons[view.person];
const wholeFrom = () => times[0] ?? 0;
const wholeTo = () => Math.max(times[lastPlace] ?? 1, wholeFrom() + 0.1);

/** Moves the cursor, and the plot with it where the cursor would leave it. */
function goTo(place) {
  const to = Math.min(Math.max(place, 0), lastPlace);
  const part = { place: to };
  const length = view.to - view.from;
  if (times[to] < view.from || times[to] > view.to) {
    part.from = Math.min(Math.max(times[to] - length / 2, wholeFrom()), wholeTo() - length);
    part.to = part.from + length;
  }
  change(part);
}

/** Shows a stretch of time, kept inside the video and not shorter than some frames. */
function show(from, to) {
  const whole = wholeTo() - wholeFrom();
  const length = Math.min(Math.max(to - from, Math.min(whole, 0.3)), whole);
  const start = Math.min(Math.max(from + (to - from - length) / 2, wholeFrom()), wholeTo() - length);
  change({ from: start, to: start + length });
}

/** Zooms about a moment; a factor below 1 shows less time. */
function zoom(factor, about = times[view.place]) {
  const middle = Math.min(Math.max(about, view.from), view.to);
  show(middle - (middle - view.from) * factor, middle + (view.to - middle) * factor);
}

const rising = (places) => [...new Set(places)].sort((a, b) => a - b);
const moments = {
  // The worst come by rank, the others by time.
  worst: (person) => person.worst,
  blink: (person) => rising([...person.source.blinks, ...person.output.blinks].map(([first, last]) => (first + last) >> 1)),
  // Of each stretch the frame that was worst as it was made.
  gate: (person) => rising(gateRuns(person, 'flagged').concat(gateRuns(person, 'repaired')).map(([first, last]) => {
    let worst = first;
    for (let place = first + 1; place <= last; place++) if (errorAsMade(person, place) > errorAsMade(person, worst)) worst = place;
    return worst;
  })),
  saccade: (person) => rising([...person.source.saccades, ...person.output.saccades].map(([, last]) => last)),
};

/** Error as the generator made it; -1 where it is not known. */
function errorAsMade(person, place) {
  const error = valueAt(person, gateAt(person, place) === 'repaired' ? person.before : person.error, place);
  return known(error) ? error : -1;
}

/** Goes to the next moment of a kind, or the one before; round at the ends. */
function jump(kind, isBack) {
  const places = moments[kind](current());
  if (places.length === 0) return;
  if (kind === 'worst') {
    const at = places.indexOf(view.place);
    goTo(places[at < 0 ? 0 : (at + (isBack ? places.length - 1 : 1)) % places.length]);
  } else {
    goTo(isBack ? places.findLast((place) => place < view.place) ?? places[places.length - 1] : places.find((place) => place > view.place) ?? places[0]);
  }
}

/** What a screen reader says of the cursor. */
function cursorWords() {
  const person = current();
  const skip = skipAt(person, view.place);
  const error = valueAt(person, person.error, view.place);
  const words = skip === null ? 'not seen' : skip !== '' ? skip : `error ${number(error)} degrees`;
  return [`frame ${data.firstFrame + view.place}`, clock(times[view.place]), words, gateWords(person, view.place)].filter(Boolean).join(', ');
}

function describeCursor(slider) {
  slider.setAttribute('aria-valuemin', data.firstFrame);
  slider.setAttribute('aria-valuemax', data.firstFrame + lastPlace);
  slider.setAttribute('aria-valuenow', data.firstFrame + view.place);
  slider.setAttribute('aria-valuetext', cursorWords());
}
