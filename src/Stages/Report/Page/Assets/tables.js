// Figures in words: result, findings, worst frames, statistics, provenance.
const isTruth = /\.ndjson$/i.test(data.header.source ?? '');

const faultNames = {
  shifted: 'Gaze shifted',
  mirrored: 'Left and right exchanged',
  delayed: 'Delayed',
  blinksRemoved: 'Blinks removed',
  blinksInvented: 'Blinks invented',
  stare: 'Staring eyes',
  damped: 'Eyes move too little',
  exaggerated: 'Eyes move too much',
  jitter: 'Trembling gaze',
};

const tile = (label, value, unit, ...notes) => element('div', { class: 'tile' },
  element('p', { class: 'label' }, label),
  element('p', { class: 'value' }, value, unit ? element('small', {}, ' ' + unit) : null),
  ...notes.map((note) => element('p', { class: 'note' }, note)));

function skippedWords(skipped) {
  const parts = Object.entries(skipped).filter(([, count]) => count > 0).map(([reason, count]) => `${count} ${skipWords[reason] ?? reason}`);
  return parts.length > 0 ? 'left out: ' + parts.join(', ') : 'none left out';
}

/** What this footage shows where nothing is swapped, measured as the report measures; undefined where it was not tried. */
function footageFloor() {
  return data.header.footageFloor?.reblended ?? data.header.footageFloor?.encoded;
}

/** How many frames the gate marked. */
function gateTile(gate, measured) {
  const limit = degrees(gate.limit, Number.isInteger(gate.limit) ? 0 : 1);
  const above = `${gate.above} of ${plural(measured, 'face')} above ${limit} as ${gate.above === 1 ? 'it was' : 'they were'} made`;
  return gate.action === 'fallback'
    ? tile('Repaired by the gate', gate.repaired.toLocaleString('en'), gate.repaired === 1 ? 'frame' : 'frames', above,
      gate.before && gate.after ? `their error: ${number(gate.before.mean)}° before, ${number(gate.after.mean)}° after; ${gate.stillAbove} still above` : '')
    : tile('Flagged by the gate', gate.above.toLocaleString('en'), gate.above === 1 ? 'frame' : 'frames', above, 'the picture was not changed');
}

function writeResult(person) {
  const { summary } = person;
  const { error, bias, blinks, analysis } = summary;
  const floor = data.header.floors?.[0];
  const footage = footageFloor();
  const lag = analysis?.pair?.lag;
  byId('tiles').replaceChildren(
    tile('Angular error, mean', degrees(error?.mean), '', error ? `median ${number(error.median)}°, 95th percentile ${number(error.p95)}°` : 'not measured',
      footage ? `This footage with nothing swapped measures ${number(footage.mean)}° (p95 ${number(footage.p95)}°, ${footage.count} faces).` : '',
      floor ? `The estimator alone is wrong by ${number(floor.mean)}° (p95 ${number(floor.p95)}°): an error at that floor is no evidence of a loss.` : 'How wrong the estimator is by itself is not known: it was never calibrated.'),
    tile('Bias of yaw, pitch', bias ? `${signed(bias.yaw)}°, ${signed(bias.pitch)}°` : '–', '', 'output less source; + is to the image’s right and up'),
    tile('Blinks kept', `${blinks.kept} of ${blinks.source}`, '', `${blinks.missed} missed, ${blinks.invented} invented`),
    analysis?.pair ? tile('Saccades kept', `${analysis.pair.saccades.kept} of ${analysis.pair.saccades.source}`, '', `${analysis.pair.saccades.missed} missed, ${analysis.pair.saccades.invented} invented`) : '',
    lag ? tile('Delay', signed(lag.frames), 'frames', `${signed(lag.seconds * 1000, 0)} ms at correlation ${number(lag.correlation, 2)}; below ±0.75 it is noise`) : '',
    summary.gate ? gateTile(summary.gate, summary.measured) : '',
    tile('Frames that count', summary.measured.toLocaleString('en'), `of ${summary.faces.toLocaleString('en')}`, skippedWords(summary.skipped)));
  const findings = analysis?.findings ?? [];
  byId('findings').replaceChildren(...(findings.length > 0
    ? findings.map((finding) => element('li', {}, element('b', {}, faultNames[finding.fault] ?? finding.fault), element('br'), finding.words))
    : analysis
      ? [element('li', { class: 'none' }, element('b', {}, 'No fault found'), element('br'), 'Looked for: shift, exchanged sides, delay, lost or invented blinks, staring, too small or too large movements, trembling.')]
      : [element('li', { class: 'unknown' }, element('b', {}, 'Not analysed'), element('br'), 'There are too few frames of this person to judge movement.')]));
}

function writeWorst(person) {
  const shown = person.worst;
  byId('worst-note').textContent = 'The worst of each stretch, at least 0.3 s apart' + (sides === 2 ? '; source above output.' : '.');
  byId('worst').replaceChildren(...shown.map((place) => {
    const shot = sides > 0 ? person.pictures.find((one) => one.place === place) : undefined;
    const canvas = shot ? element('canvas', { 'aria-hidden': 'true', width: stripWidth, height: stripHeight * sides }) : null;
    if (shot) {
      if (sides === 1) canvas.style.aspectRatio = '3';
      whenReady(picture(shot.strip), () => canvas.getContext('2d').drawImage(picture(shot.strip), 0, 0));
    }
    const made = element('button', { type: 'button' }, canvas,
      element('span', { class: 'line' }, element('b', {}, degrees(valueAt(person, person.error, place), 2)), element('span', { class: 'soft' }, `${clock(times[place])} · #${data.firstFrame + place}`)),
      data.header.gate ? element('span', { class: 'line' }, gateMark(person, place, gateWords(person, place)) ?? '\u00a0') : null);
    made.addEventListener('click', () => {
      goTo(place);
      byId('frame').scrollIntoView({ block: 'center' });
    });
    return element('li', {}, made);
  }));
  if (shown.length === 0) byId('worst').replaceChildren(element('li', { class: 'soft' }, 'No error was measured.'));
}

function table(title, heads, rows, kind = '') {
  return element('table', { class: kind }, element('caption', {}, title),
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, ...rows.map(([name, means, ...cells]) => element('tr', {},
      element('th', { scope: 'row' }, name, means ? element('span', { class: 'means' }, means) : null),
      ...cells.map((cell) => element('td', {}, cell))))));
}

function writeStatistics(person) {
  const { error, bias, analysis } = person.summary;
  const floors = data.header.floors ?? [];
  const made = [];
  const footage = footageFloor();
  const beside = (pick) => [...(footage ? [degrees(pick(footage), 2)] : []), ...floors.map((floor) => degrees(pick(floor), 2))];
  made.push(table('Error against the estimator’s own', ['', 'this video', ...(footage ? ['this footage, not swapped'] : []), ...floors.map((floor) => 'floor: ' + floor.set)], [
    ['Mean', 'Angle between where source and output look, over all frames that count.', degrees(error?.mean, 2), ...beside((floor) => floor.mean)],
    ['Median', 'Half of the frames are better.', degrees(error?.median, 2), ...beside((floor) => floor.median)],
    ['95th percentile', 'One frame in twenty is worse.', degrees(error?.p95, 2), ...beside((floor) => floor.p95)],
    ['Largest', 'The single worst frame.', degrees(error?.max, 2), ...(footage ? [degrees(footage.max, 2)] : []), ...floors.map(() => '–')],
    ['Bias, yaw', 'Mean of output less source; + to the image’s right. Of the floor: answer less truth.', signed(bias?.yaw, 2) + (bias ? '°' : ''), ...beside((floor) => floor.yaw?.bias)],
    ['Bias, pitch', 'The same; + up.', signed(bias?.pitch, 2) + (bias ? '°' : ''), ...beside((floor) => floor.pitch?.bias)],
  ]));
  const { gate } = person.summary;
  if (gate?.before && gate.after) {
    made.push(table('Frames that the gate repaired', ['', 'before', 'after'], [
      ['Mean', 'Error as the generator made them, and with the source’s own eyes laid back in.', degrees(gate.before.mean, 2), degrees(gate.after.mean, 2)],
      ['95th percentile', null, degrees(gate.before.p95, 2), degrees(gate.after.p95, 2)],
      ['Largest', null, degrees(gate.before.max, 2), degrees(gate.after.max, 2)],
    ]));
  }
  if (analysis?.pair) {
    const { pair } = analysis;
    made.push(table('How the output follows the source', ['', 'yaw', 'pitch'], [
      ['Correlation', '1: it follows exactly; –: the source hardly moves.', number(pair.yaw.correlation, 2), number(pair.pitch.correlation, 2)],
      ['Correlation of the eyes in the head', 'The same once the head’s own angle is taken out of both.', number(pair.yaw.inHeadCorrelation, 2), number(pair.pitch.inHeadCorrelation, 2)],
      ['Slope', 'Degrees of output for a degree of source: below 1 the eyes move less than they should.', number(pair.yaw.slope, 2), number(pair.pitch.slope, 2)],
      ['Shift', 'Median of output less source once a delay is taken out.', degrees(pair.yaw.bias, 2), degrees(pair.pitch.bias, 2)],
    ]));
    made.push(table('Blinks and saccades of the source in the output', ['', 'kept', 'missed', 'invented', 'later by'], [
      ['Blinks', 'Eyes shut in both at about the same time.', ...agreement(pair.blinks)],
      ['Saccades', 'Quick movements of the eye that begin within a tenth of a second in both.', ...agreement(pair.saccades)],
    ]));
  }
  if (analysis?.source && analysis?.output) {
    const both = (pick, digits = 2) => [number(pick(analysis.source), digits), number(pick(analysis.output), digits)];
    made.push(table('How the eyes move', ['', isTruth ? 'truth' : 'source', 'output'], [
      ['Frames with a gaze', null, ...both((side) => side.frames, 0)],
      ['Spread of yaw, degrees', 'Standard deviation: how far the eyes wander sideways.', ...both((side) => side.yawSpread)],
      ['Spread of pitch, degrees', 'The same up and down.', ...both((side) => side.pitchSpread)],
      'yawInHeadSpread' in analysis.source && ['Spread of yaw in the head, degrees', 'The same once the head’s own yaw is taken out: what the eyes alone do.', ...both((side) => side.yawInHeadSpread)],
      'pitchInHeadSpread' in analysis.source && ['Spread of pitch in the head, degrees', 'The same up and down.', ...both((side) => side.pitchInHeadSpread)],
      ['Jitter, degrees', 'Noise from one frame to the next; smooth movement and saccades do not count.', ...both((side) => side.jitter)],
      ['Dispersion within a second, degrees', 'Median over windows of a second of the distance from their mean.', ...both((side) => side.dispersion)],
      ['Fixations', 'Times at which the eye rests for a tenth of a second or more.', ...both((side) => side.fixations, 0)],
      ['Length of a fixation, seconds', 'Mean.', ...both((side) => side.fixationSeconds)],
      ['Dispersion in a fixation, degrees', 'Mean distance from where the eye rests.', ...both((side) => side.fixationDispersion)],
      ['Saccades', 'Quick movements.', ...both((side) => side.saccades, 0)],
      ['Saccades a minute', null, ...both((side) => side.saccadesPerMinute, 1)],
      ['Size of a saccade, degrees', 'Mean.', ...both((side) => side.saccadeAmplitude)],
      ['Threshold, degrees a second', 'What is faster is a saccade: 30, or six times the noise where that is more.', ...both((side) => side.velocityThreshold, 1)],
      ['Blinks', null, ...both((side) => side.blinks, 0)],
      ['Blinks a minute', null, ...both((side) => side.blinksPerMinute, 1)],
      ['Length of a blink, seconds', 'Mean.', ...both((side) => side.blinkSeconds)],
    ].filter(Boolean)));
  }
  byId('statistics').replaceChildren(...made);
}

const agreement = (events) => [`${events.kept} of ${events.source}`, `${events.missed}`, `${events.invented}`, known(events.shiftSeconds) ? `${signed(events.shiftSeconds * 1000, 0)} ms` : '–'];

const settingWords = {
  outputEyes: ['Eyes of the output found by', (value) => ({ gazeNetwork: 'the gaze network', irisNetwork: 'the iris network', mesh: 'a face mesh of its own', source: 'the source’s eyes' })[value] ?? value],
  averageMirror: ['Each picture also measured mirrored', (value) => (value ? 'yes' : 'no')],
  mirrorSpan: ['Frames that one mirrored look serves at most', (value) => `${value}`],
  profileLimit: ['Left out when the head is turned by more than', (value) => `${value}°`],
  minConfidence: ['Left out below a confidence of', (value) => `${value}`],
  focalRatio: ['Focal length over the larger side of the frame', (value) => `${value}${isTruth ? '' : ' (assumed)'}`],
};

const gateActions = { flag: 'flagged', fail: 'not allowed', fallback: 'repaired' };

function writeMade() {
  const { header } = data;
  const marks = { true: 'the output is marked as synthetic', false: 'marking was switched off', null: 'this run made no video' };
  const pairs = [
    ['Program', `${header.tool}, videogaze ${header.command}`],
    [isTruth ? 'Truth' : 'Source', header.source ?? '–'],
    ['Output', header.output ?? '–'],
    ['Report', `${header.schema} version ${header.version}`],
    ['Gaze estimator', header.estimator],
    ...(header.gate ? [['Gate', `faces above ${degrees(header.gate.limit)} are ${gateActions[header.gate.action]}`]] : []),
    ['Provenance', marks[String(header.provenance)]],
    ...Object.entries(header.settings).map(([name, value]) => [settingWords[name]?.[0] ?? name, settingWords[name]?.[1](value) ?? String(value)]),
  ];
  byId('made').replaceChildren(
    element('dl', { class: 'pairs' }, ...pairs.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)])),
    table('Networks that took part', ['role', 'file', 'SHA-256'], header.models.map((model) => [model.role, null, model.file, element('span', { class: 'hash' }, model.sha256)]), 'models'));
}
