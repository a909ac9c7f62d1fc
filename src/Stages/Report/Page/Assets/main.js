// Puts the page together and listens to keys and buttons.
const root = document.documentElement;
const darkScreen = matchMedia('(prefers-color-scheme: dark)');

function remembered() {
  // Pages from a disk may have no storage.
  try { return localStorage.getItem('videogaze-theme'); } catch { return null; }
}

function setTheme(theme) {
  root.dataset.theme = theme;
  byId('theme').textContent = theme === 'dark' ? 'Light theme' : 'Dark theme';
  readColours();
  change({});
}

byId('theme').addEventListener('click', () => {
  const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
  try { localStorage.setItem('videogaze-theme', theme); } catch { /* It lasts as long as the page then. */ }
  setTheme(theme);
});
darkScreen.addEventListener('change', () => { if (!remembered()) setTheme(darkScreen.matches ? 'dark' : 'light'); });

// Paper is white whatever the screen is.
let screenTheme = null;
addEventListener('beforeprint', () => {
  screenTheme = root.dataset.theme;
  setTheme('light');
  redrawAll();
});
addEventListener('afterprint', () => { if (screenTheme) setTheme(screenTheme); });

function writePerson(person) {
  writeResult(person);
  writeWorst(person);
  writeStatistics(person);
}

function selectPerson(index, takesFocus) {
  const person = persons[index];
  [...byId('tabs').children].forEach((tab, i) => {
    tab.setAttribute('aria-selected', i === index ? 'true' : 'false');
    tab.tabIndex = i === index ? 0 : -1;
    if (i === index && takesFocus) tab.focus();
  });
  byId('person').setAttribute('aria-labelledby', 'tab-' + index);
  writePerson(person);
  change({ person: index });
  // Whoever follows a run stays at its newest frame, whatever that shows.
  const follows = data.live && view.place === lastPlace;
  if (!follows && !known(valueAt(person, person.error, view.place))) goTo(Math.max(person.error.findIndex((value) => !Number.isNaN(value)), 0) + person.first);
}

const tabWords = (person) => `${plural(person.summary.faces, 'frame')} · ${degrees(person.summary.error?.mean)}`;

function writeTabs() {
  byId('tabs').hidden = persons.length < 2;
  byId('tabs').replaceChildren(...persons.map((person, index) => {
    const tab = element('button', { type: 'button', role: 'tab', id: 'tab-' + index, 'aria-controls': 'person' }, `Person ${person.track}`, element('small', {}, tabWords(person)));
    tab.addEventListener('click', () => selectPerson(index, false));
    return tab;
  }));
}

byId('tabs').addEventListener('keydown', (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  selectPerson((view.person + step + persons.length) % persons.length, true);
});

let isPlaying = false;

/** Moves the cursor as fast as the video runs, or stops it. */
function play() {
  isPlaying = !isPlaying;
  byId('play').textContent = isPlaying ? 'Pause' : 'Play';
  // Nobody wants thirty frames a second read out.
  byId('frame-title').setAttribute('aria-live', isPlaying ? 'off' : 'polite');
  if (!isPlaying) return;
  if (view.place === lastPlace) goTo(0);
  const begin = performance.now();
  const from = times[view.place];
  let shown = view.place;
  const step = (now) => {
    if (!isPlaying) return;
    // Whoever moves the cursor meanwhile wants to see that place, not what comes after.
    if (view.place !== shown) return play();
    shown = Math.max(placeAt(from + (now - begin) / 1000), shown);
    if (shown !== view.place) goTo(shown);
    if (shown === lastPlace) return play();
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isOnSlider = event.target === plot || event.target === strip || (event.key !== ' ' && strip.contains(event.target));
  const second = () => Math.max(placeAt(times[view.place] + 1) - view.place, 1);
  const actions = {
    ArrowLeft: () => goTo(view.place - (event.shiftKey ? 10 : 1)),
    ArrowRight: () => goTo(view.place + (event.shiftKey ? 10 : 1)),
    ...(isOnSlider ? {
      ArrowDown: () => goTo(view.place - 1),
      ArrowUp: () => goTo(view.place + 1),
      PageUp: () => goTo(view.place + second()),
      PageDown: () => goTo(view.place - second()),
      ' ': play,
      Home: () => goTo(0),
      End: () => goTo(lastPlace),
    } : {}),
    w: () => jump('worst', event.shiftKey),
    b: () => jump('blink', event.shiftKey),
    s: () => jump('saccade', event.shiftKey),
    g: () => jump('gate', event.shiftKey),
    '+': () => zoom(0.6),
    '=': () => zoom(0.6),
    '-': () => zoom(1 / 0.6),
    0: () => show(wholeFrom(), wholeTo()),
  };
  const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

function writeAbout() {
  const { header, summary } = data;
  byId('about').textContent = `${plural(summary.frames, 'frame')}, ${clock(wholeTo() - wholeFrom(), 1)}, ${plural(persons.length, 'person', 'persons')} · ${header.tool}${header.provenance ? ' · output marked as synthetic' : ''}`;
}

/** What does not depend on persons; true where there are any. */
function start() {
  const [source, output] = [lastName(data.header.source), lastName(data.header.output)];
  byId('heading').replaceChildren(source, source && output ? element('span', { class: 'arrow' }, ' → ') : '', output);
  writeAbout();
  // Where there is no picture at all, the filmstrip says why.
  const notices = sides > 0 ? [...data.pictures.notes] : [];
  if (!data.whole) notices.unshift('The report was cut off; this is what it holds.');
  byId('notices').replaceChildren(...notices.map((words) => element('p', { class: 'notice' }, words)));
  writeMade();
  root.dataset.theme = remembered() ?? (darkScreen.matches ? 'dark' : 'light');
  setTheme(root.dataset.theme);
  byId('person').hidden = persons.length === 0;
  return persons.length > 0;
}

/** What a gate's marks mean, where there was one. */
function showGateLegend() {
  const { gate } = data.header;
  if (!gate) return;
  document.querySelectorAll('.gated').forEach((one) => { one.hidden = false; });
  document.querySelectorAll('.mended').forEach((one) => { one.hidden = gate.action !== 'fallback'; });
  document.querySelector('.of-limit').textContent = `the gate’s limit, ${degrees(gate.limit, Number.isInteger(gate.limit) ? 0 : 1)}`;
}

function showPersons() {
  byId('person').hidden = false;
  writeTabs();
  if (isTruth) {
    document.querySelector('.legend .of-source').textContent = 'truth';
    document.querySelector('.legend .of-blink').textContent = 'eyes shut in truth';
    byId('source-density').querySelector('figcaption').textContent = 'Where the truth looks';
  }
  showGateLegend();
  document.addEventListener('keydown', onKey);
  document.querySelectorAll('[data-jump]').forEach((button) => button.addEventListener('click', () => jump(button.dataset.jump, false)));
  byId('play').addEventListener('click', play);
  byId('zoom-in').addEventListener('click', () => zoom(0.6));
  byId('zoom-out').addEventListener('click', () => zoom(1 / 0.6));
  byId('zoom-all').addEventListener('click', () => show(wholeFrom(), wholeTo()));
  addEventListener('resize', () => change({}));
  // Whoever is in most frames comes first.
  selectPerson(persons.reduce((best, person, index) => (person.summary.faces > persons[best].summary.faces ? index : best), 0), false);
}

function showNobody() {
  byId('person').hidden = true;
  byId('notices').append(element('p', { class: 'notice' }, 'No face was seen, so there is nothing to show.'));
}
