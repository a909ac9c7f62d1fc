// The filmstrip: faces of source and output one above the other. Only what is in sight exists, however many pictures there are.
const strip = byId('strip');
const rail = element('div', { class: 'rail' });
const shotWidth = 120;
const shots = new Map();
const sides = (data.pictures.hasSource ? 1 : 0) + (data.pictures.hasOutput ? 1 : 0);
const [faceWidth, faceHeight] = data.pictures.faceSize;
const shotHeight = (faceHeight * sides * 108) / faceWidth + (data.header.gate ? 71 : 54);
let stripPerson = null;
let stripCount = 0;
let stripIndex = -1;

/** Why a moment was chosen for a picture. */
function whyShown(person, place) {
  if (person.worst.includes(place)) return 'worst ' + (person.worst.indexOf(place) + 1);
  const within = (runs) => runs.some(([first, last]) => place >= first && place <= last);
  if (within(person.source.blinks) || within(person.output.blinks)) return 'blink';
  return within(person.source.saccades) || within(person.output.saccades) ? 'saccade' : '';
}

function drawShot(canvas, person, shot) {
  canvas.width = faceWidth * 2;
  canvas.height = faceHeight * sides * 2;
  const pen = canvas.getContext('2d');
  pen.scale(2, 2);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture(shot.face), 0, 0, faceWidth, faceHeight * sides);
  const gaze = (eyes) => [valueAt(person, eyes.yaw, shot.place), valueAt(person, eyes.pitch, shot.place)];
  const [x, y] = shot.eyes;
  if (data.pictures.hasSource) arrow(pen, x, y, ...gaze(person.source), onPicture.source, false);
  if (data.pictures.hasOutput) {
    const down = y + (data.pictures.hasSource ? faceHeight : 0);
    arrow(pen, x, down, ...gaze(person.source), onPicture.source, true);
    arrow(pen, x, down, ...gaze(person.output), onPicture.output, false);
  }
}

/** A badge that says what the gate did; null where nothing. */
function gateMark(person, place, words = gateAt(person, place)) {
  const state = gateAt(person, place);
  return state && element('span', { class: 'mark ' + state }, words);
}

function makeShot(person, index) {
  const shot = person.pictures[index];
  const canvas = element('canvas', { 'aria-hidden': 'true' });
  const skip = skipAt(person, shot.place);
  const error = skip === '' ? degrees(valueAt(person, person.error, shot.place)) : skip ?? '';
  const made = element('button', { type: 'button', class: 'shot', tabindex: '-1', 'aria-label': [`Frame ${data.firstFrame + shot.place}`, error, gateWords(person, shot.place)].filter(Boolean).join(', ') }, canvas,
    element('span', { class: 'line' }, element('b', {}, error), element('span', { class: 'why' }, whyShown(person, shot.place))),
    data.header.gate ? element('span', { class: 'line' }, gateMark(person, shot.place) ?? '\u00a0') : null,
    element('span', { class: 'line soft' }, element('span', {}, clock(times[shot.place])), element('span', {}, '#' + (data.firstFrame + shot.place))));
  canvas.width = faceWidth;
  canvas.height = faceHeight * sides;
  made.style.left = index * shotWidth + 'px';
  made.addEventListener('click', () => goTo(shot.place));
  whenReady(picture(shot.face), () => drawShot(canvas, person, shot));
  rail.append(made);
  return made;
}

function fillStrip() {
  const person = stripPerson;
  if (!person || sides === 0) return;
  const first = Math.max(Math.floor(strip.scrollLeft / shotWidth) - 3, 0);
  const last = Math.min(Math.ceil((strip.scrollLeft + strip.clientWidth) / shotWidth) + 3, person.pictures.length - 1);
  for (const [index, made] of shots) {
    if (index < first || index > last) {
      made.remove();
      shots.delete(index);
    }
  }
  for (let index = first; index <= last; index++) {
    if (!shots.has(index)) shots.set(index, makeShot(person, index));
    shots.get(index).setAttribute('aria-current', index === stripIndex ? 'true' : 'false');
    // While a run goes on, the worst of an hour ago may be so no more.
    if (data.live) shots.get(index).querySelector('.why').textContent = whyShown(person, person.pictures[index].place);
  }
}

follow(() => {
  const person = current();
  if (person !== stripPerson || (stripCount === 0) !== (person.pictures.length === 0)) {
    stripPerson = person;
    stripCount = 0;
    stripIndex = -1;
    shots.forEach((made) => made.remove());
    shots.clear();
    const hasPictures = sides > 0 && person.pictures.length > 0;
    strip.classList.toggle('empty', !hasPictures);
    strip.replaceChildren(hasPictures ? rail : data.live ? 'No pictures yet.' : 'No pictures in this page. ' + data.pictures.notes.join(' '));
    byId('strip-note').textContent = '';
    rail.style.height = shotHeight + 'px';
  }
  if (sides > 0 && person.pictures.length > stripCount) {
    stripCount = person.pictures.length;
    rail.style.width = stripCount * shotWidth + 'px';
    const chosen = data.live ? 'the eyes, two a second at most and each new worst; whole faces and the worst of all come with the finished page' : 'the worst, blinks, saccades and some between';
    byId('strip-note').textContent = `${plural(stripCount, 'frame')} of ${person.count.toLocaleString('en')}: ${chosen}. ${sides === 2 ? 'Source above, output below; the' : 'The'} thick arrow is where the eyes look${data.pictures.hasOutput ? ', the thin blue one where the ' + (isTruth ? 'truth' : 'source') + ' looks' : ''}.`;
  }
  const index = nearest(person.picturePlaces, view.place);
  if (index !== stripIndex) {
    stripIndex = index;
    const left = index * shotWidth;
    if (left < strip.scrollLeft + shotWidth / 2 || left > strip.scrollLeft + strip.clientWidth - 1.5 * shotWidth) strip.scrollLeft = left - (strip.clientWidth - shotWidth) / 2;
  }
  fillStrip();
});

strip.addEventListener('scroll', fillStrip, { passive: true });
