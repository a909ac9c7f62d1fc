// Takes what a run sends and lets the page grow with it. Only the page of a run that goes on has this part.

/** A column that grows, doubling its room. */
function growing(unit) {
  let room = new Float32Array(1024);
  let count = 0;
  return {
    put(index, value) {
      if (index >= room.length) {
        const larger = new Float32Array(Math.max(2 * room.length, index + 1));
        larger.set(room);
        room = larger;
      }
      while (count < index) room[count++] = NaN;
      room[index] = value === null ? NaN : value / unit;
      count = index + 1;
    },
    values: () => room.subarray(0, count),
  };
}

const eyeUnits = { yaw: 10, pitch: 10, openness: 100, confidence: 100 };
const eyesThatGrow = () => Object.fromEntries(Object.entries(eyeUnits).map(([name, unit]) => [name, growing(unit)]));
const arriving = new Map();
let timeRoom = new Float64Array(1024);
let isFirstSight = true;

function makePerson(track, first) {
  return {
    track, first, count: 0, error: [], skip: [], headYaw: [], headPitch: [], worst: [], pictures: [], picturePlaces: [], summary: null,
    source: { blinks: [], saccades: [] },
    output: { blinks: [], saccades: [] },
    gate: [], before: [],
    columns: { error: growing(100), gate: growing(1), before: growing(100), headYaw: growing(10), headPitch: growing(10), source: eyesThatGrow(), output: eyesThatGrow() },
  };
}

function takeTime(place, milliseconds) {
  while (place >= timeRoom.length) {
    const larger = new Float64Array(2 * timeRoom.length);
    larger.set(timeRoom);
    timeRoom = larger;
  }
  // Frames that the run leaves out lie evenly between their neighbours.
  const seconds = milliseconds / 1000;
  for (let i = lastPlace + 1; i < place; i++) timeRoom[i] = timeRoom[lastPlace] + ((seconds - timeRoom[lastPlace]) * (i - lastPlace)) / (place - lastPlace);
  timeRoom[place] = seconds;
  lastPlace = place;
}

function takeLine([place, milliseconds, ...faces]) {
  takeTime(place, milliseconds);
  for (const [track, error, skip, headYaw, headPitch, ...eyes] of faces) {
    if (!arriving.has(track)) arriving.set(track, makePerson(track, place));
    const person = arriving.get(track);
    const index = place - person.first;
    person.columns.error.put(index, error);
    person.columns.headYaw.put(index, headYaw);
    person.columns.headPitch.put(index, headPitch);
    ['source', 'output'].forEach((side, i) => Object.keys(eyeUnits).forEach((name, j) => person.columns[side][name].put(index, eyes[4 * i + j])));
    // Two numbers more where the gate did something.
    person.columns.gate.put(index, eyes[8] ?? null);
    person.columns.before.put(index, eyes[9] ?? null);
    while (person.skip.length < index) person.skip.push(null);
    person.skip[index] = skip;
  }
}

function refreshColumns() {
  times = timeRoom.subarray(0, lastPlace + 1);
  for (const person of arriving.values()) {
    const { columns } = person;
    Object.assign(person, { error: columns.error.values(), gate: columns.gate.values(), before: columns.before.values(), headYaw: columns.headYaw.values(), headPitch: columns.headPitch.values() });
    for (const side of ['source', 'output']) Object.keys(eyeUnits).forEach((name) => { person[side][name] = columns[side][name].values(); });
    person.count = person.error.length;
  }
}

function takePicture({ track, shot }) {
  const person = arriving.get(track);
  if (!person || person.picturePlaces.at(-1) >= shot.place) return;
  person.pictures.push(shot);
  person.picturePlaces.push(shot.place);
}

function takeFigures({ firstFrame, summary, moments }) {
  data.firstFrame = firstFrame;
  data.summary = summary;
  for (const marks of moments) {
    const person = arriving.get(marks.track);
    if (!person) continue;
    person.summary = summary.tracks.find((track) => track.track === marks.track);
    person.worst = marks.worst;
    Object.assign(person.source, marks.source);
    Object.assign(person.output, marks.output);
    if (!persons.includes(person)) persons.push(person);
  }
}

function takeState({ words, ended }) {
  byId('run-words').textContent = words;
  byId('run').classList.toggle('ended', ended);
  if (!ended) return;
  byId('run-rate').textContent = 'All figures stay here until this page is closed; loading it again finds nobody.';
  byId('run-progress').hidden = true;
  byId('kind').textContent = 'Gaze report';
}

// Frames and when they came, of the last seconds: the rate.
const arrivals = [];

function writeRate() {
  const now = performance.now();
  arrivals.push([now, lastPlace]);
  while (arrivals.length > 2 && now - arrivals[0][0] > 10000) arrivals.shift();
  const [[then, before]] = arrivals;
  const rate = now - then > 1000 ? ((lastPlace - before) * 1000) / (now - then) : NaN;
  const all = data.live.framesExpected;
  byId('run-rate').textContent = `Frame ${(lastPlace + 1).toLocaleString('en')}${all ? ' of ' + all.toLocaleString('en') : ''}${known(rate) ? `, ${number(rate)} frames/s` : ''}`;
  const progress = byId('run-progress');
  if (all) {
    progress.max = all;
    progress.value = Math.min(lastPlace + 1, all);
  } else progress.removeAttribute('value');
}

/** Puts what came into the page. Whoever looks at the newest frame goes on with the run; whoever looks elsewhere stays there. */
function showNews(hasFigures) {
  const isAtEnd = isFirstSight || view.place >= shownLast;
  const seesAll = isFirstSight || (view.from <= wholeFrom() && view.to >= shownTo - 1e-6);
  if (hasFigures && persons.length > 0) {
    writeAbout();
    if (isFirstSight) {
      isFirstSight = false;
      showPersons();
    } else {
      if (byId('tabs').children.length !== persons.length) {
        writeTabs();
        selectPerson(view.person, false);
      }
      [...byId('tabs').children].forEach((tab, i) => { tab.querySelector('small').textContent = tabWords(persons[i]); });
      // A button that has the focus must not be taken away.
      if (!byId('worst').contains(document.activeElement)) writeWorst(current());
      writeResult(current());
      writeStatistics(current());
    }
  }
  if (seesAll) change({ from: wholeFrom(), to: wholeTo() });
  if (isAtEnd && !isPlaying && lastPlace >= 0) goTo(lastPlace);
  byId('newest').setAttribute('aria-pressed', isAtEnd ? 'true' : 'false');
  // Nobody wants every frame read out.
  if (!isPlaying) byId('frame-title').setAttribute('aria-live', isAtEnd ? 'off' : 'polite');
  shownLast = lastPlace;
  shownTo = wholeTo();
  change({});
}

let shownLast = -1;
let shownTo = 0;

function watchRun() {
  byId('run').hidden = false;
  byId('kind').textContent = 'Gaze report of a run that goes on';
  byId('run-words').textContent = 'Waiting for the first frame.';
  byId('newest').hidden = false;
  byId('newest').addEventListener('click', () => goTo(lastPlace));
  let words = '';
  const run = new EventSource('events');
  run.addEventListener('message', (event) => {
    const news = JSON.parse(event.data);
    if (news.reset) {
      // Another run has taken over the address.
      run.close();
      location.reload();
      return;
    }
    (news.lines ?? []).forEach(takeLine);
    refreshColumns();
    (news.pictures ?? []).forEach(takePicture);
    if (news.figures) takeFigures(news.figures);
    if (news.lines) writeRate();
    if (news.state) {
      words = news.state.words;
      takeState(news.state);
    }
    if (news.state?.ended) run.close();
    showNews(Boolean(news.figures));
    if (news.state?.ended && persons.length === 0) showNobody();
  });
  run.addEventListener('open', () => { if (words) byId('run-words').textContent = words; });
  run.addEventListener('error', () => { byId('run-words').textContent = 'The connection to the run is lost; trying again.'; });
}
