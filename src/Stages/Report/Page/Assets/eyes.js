// The frame under the cursor: both eyes of both sides enlarged, what was measured, and where it points.
const [stripWidth, stripHeight] = data.pictures.stripSize;
let eyesShown = null;

function drawEyes(figure, shot, row) {
  const canvas = figure.querySelector('canvas');
  if (canvas.width !== stripWidth * 2) {
    canvas.width = stripWidth * 2;
    canvas.height = stripHeight * 2;
  }
  const pen = canvas.getContext('2d');
  if (!shot) {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    return;
  }
  const image = picture(shot.strip);
  whenReady(image, () => {
    // The cursor may have moved on while it was decoded.
    if (eyesShown !== shot) return;
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(image, 0, row * stripHeight, stripWidth, stripHeight, 0, 0, stripWidth * 2, stripHeight * 2);
  });
}

function valuesOf(name, person, eyes) {
  const at = (values) => valueAt(person, values, view.place);
  const isShut = eyes.blinks.some(([first, last]) => view.place >= first && view.place <= last);
  return element('dl', { class: 'values' }, element('dt', { class: 'who' }, name + (isShut ? ': eyes shut' : '')),
    ...[['yaw', degrees(at(eyes.yaw))], ['pitch', degrees(at(eyes.pitch))], ['openness', number(at(eyes.openness), 2)], ['confidence', number(at(eyes.confidence), 2)]]
      .flatMap(([label, value]) => [element('dt', {}, label), element('dd', {}, value)]));
}

function drawDial(person) {
  const { pen, width, height } = prepare(byId('dial').querySelector('canvas'));
  const all = extent(person.source.yaw, person.output.yaw, person.source.pitch, person.output.pitch);
  const reach = Math.max(Math.abs(all[0]), Math.abs(all[1]), 10);
  const toX = (yaw) => width / 2 + (yaw / reach) * (width / 2 - 8);
  const toY = (pitch) => height / 2 - (pitch / reach) * (height / 2 - 8);
  pen.fillStyle = colours.raised;
  pen.fillRect(0, 0, width, height);
  pen.lineWidth = 1;
  pen.fillStyle = colours.soft;
  for (const value of ticks(-reach, reach, 4).values) {
    pen.strokeStyle = value === 0 ? colours.soft : colours.line;
    pen.beginPath();
    pen.moveTo(toX(value), 0);
    pen.lineTo(toX(value), height);
    pen.moveTo(0, toY(value));
    pen.lineTo(width, toY(value));
    pen.stroke();
    if (value > 0 && value < reach) {
      pen.textAlign = 'center';
      pen.fillText(number(value, 0), toX(value), height - 8);
      pen.textAlign = 'left';
      pen.fillText(number(value, 0), 4, toY(value));
    }
  }
  const head = [valueAt(person, person.headYaw, view.place), valueAt(person, person.headPitch, view.place)];
  for (const [eyes, colour] of [[person.source, colours.source], [person.output, colours.output]]) {
    const begin = placeAt(times[view.place] - 0.5);
    pen.strokeStyle = colour;
    pen.globalAlpha = 0.45;
    pen.lineWidth = 1.5;
    pen.beginPath();
    let isDown = false;
    for (let place = begin; place <= view.place; place++) {
      const yaw = valueAt(person, eyes.yaw, place);
      const pitch = valueAt(person, eyes.pitch, place);
      if (!known(yaw)) isDown = false;
      else if (isDown) pen.lineTo(toX(yaw), toY(pitch));
      else {
        pen.moveTo(toX(yaw), toY(pitch));
        isDown = true;
      }
    }
    pen.stroke();
    pen.globalAlpha = 1;
    const yaw = valueAt(person, eyes.yaw, view.place);
    if (known(yaw)) {
      pen.fillStyle = colour;
      pen.beginPath();
      pen.arc(toX(yaw), toY(valueAt(person, eyes.pitch, view.place)), 5, 0, 2 * Math.PI);
      pen.fill();
    }
  }
  if (known(head[0])) {
    pen.strokeStyle = colours.soft;
    pen.lineWidth = 1.5;
    pen.strokeRect(toX(head[0]) - 5, toY(head[1]) - 5, 10, 10);
  }
}

follow(() => {
  const person = current();
  const place = view.place;
  const skip = skipAt(person, place);
  const error = skip === null ? 'the person is not in this frame' : skip !== '' ? `does not count: ${skip}` : `error ${degrees(valueAt(person, person.error, place), 2)}`;
  const shot = sides > 0 ? person.pictures[nearest(person.picturePlaces, place)] : undefined;
  const away = shot ? Math.abs(times[shot.place] - times[place]) : 0;
  const from = shot && shot.place !== place ? ` · no picture of this frame; shown is frame ${data.firstFrame + shot.place}, ${number(away, 2)} s ${shot.place < place ? 'before' : 'after'}` : '';
  const mark = gateMark(person, place, gateWords(person, place));
  byId('frame-title').replaceChildren(`Frame ${data.firstFrame + place}, ${clock(times[place], 3)} · ${error}`, ...(mark ? [' ', mark] : []), element('span', { class: 'soft' }, from));
  for (const [id, name, eyes, has, row] of [
    ['source-eyes', isTruth ? 'Truth' : 'Source', person.source, data.pictures.hasSource, 0],
    ['output-eyes', 'Output', person.output, data.pictures.hasOutput, data.pictures.hasSource ? 1 : 0],
  ]) {
    const figure = byId(id);
    figure.querySelector('canvas').hidden = !has;
    eyesShown = shot ?? null;
    if (has) drawEyes(figure, shot, row);
    figure.querySelector('figcaption').replaceChildren(valuesOf(name, person, eyes));
  }
  drawDial(person);
});
