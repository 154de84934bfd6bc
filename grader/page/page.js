'use strict';
/* Draws the page from the data that stands in it. Text from the run gets in as textContent only, never as
 * markup. A stretch is an array: [from, to, activity, proc or wait], times in nanoseconds. */
(function () {
  const data = JSON.parse(document.getElementById('data').textContent);
  const $ = (id) => document.getElementById(id);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

  function make(tag, text, parent) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (parent) parent.appendChild(element);
    return element;
  }

  function svg(tag, attributes, parent) {
    const element = document.createElementNS(parent.namespaceURI, tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    parent.appendChild(element);
    return element;
  }

  /* Three digits, in the unit that suits. */
  function time(ns) {
    for (const [unit, size] of [['s', 1e9], ['ms', 1e6], ['us', 1e3]])
      if (ns >= size) return Number((ns / size).toPrecision(3)) + ' ' + unit;
    return Math.round(ns) + ' ns';
  }

  function waitText(wait) {
    return wait.what + (wait.object ? ' ' + wait.object : '');
  }

  /* ---- Rows: tasks as they are, procs put together from them ---- */

  const RUNS = 0, WAITS = 2;
  const tasks = data.tasks.map((task) => ({
    label: task.id === 1 ? task.name : task.name + ' ' + task.id, stretches: task.stretches, of: null,
  }));
  const procs = [];
  for (let proc = 0; proc < data.procs; proc++) procs.push({ label: 'proc ' + proc, stretches: [], of: [] });
  tasks.forEach((task) => task.stretches.forEach((stretch) => {
    if (stretch[2] === RUNS) procs[stretch[3]].stretches.push([...stretch, task.label]);
  }));
  procs.forEach((row) => row.stretches.sort((a, b) => a[0] - b[0]));

  /* ---- The timeline ---- */

  const NAMES = 130, ROW = 22, END = Math.max(1, data.end_ns);
  const axis = $('axis'), lanes = $('lanes'), frame = $('frame'), tip = $('tip');
  let rows = tasks, from = 0, to = END;

  const plotWidth = () => lanes.clientWidth - NAMES - 10;
  const xOf = (ns) => NAMES + ((ns - from) / (to - from)) * plotWidth();
  const nsAt = (x) => from + ((x - NAMES) / plotWidth()) * (to - from);

  function prepare(canvas, height) {
    const scale = window.devicePixelRatio || 1;
    canvas.style.height = height + 'px';
    canvas.width = Math.round(canvas.clientWidth * scale);
    canvas.height = Math.round(height * scale);
    const pen = canvas.getContext('2d');
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.font = '12px system-ui, sans-serif';
    pen.textBaseline = 'middle';
    return pen;
  }

  function drawAxis() {
    const pen = prepare(axis, 26);
    let step = 1;
    for (const factors = [2, 2.5, 2]; ((step / (to - from)) * plotWidth()) < 80;) {
      step *= factors[0];
      factors.push(factors.shift());
    }
    pen.fillStyle = colour('faint');
    pen.strokeStyle = colour('line');
    for (let ns = Math.ceil(from / step) * step; ns <= to; ns += step) {
      pen.fillRect(xOf(ns), 18, 1, 8);
      const label = ns === 0 ? '0' : time(ns);
      if (xOf(ns) + 3 + pen.measureText(label).width < axis.clientWidth) pen.fillText(label, xOf(ns) + 3, 11);
    }
  }

  /* The first stretch that ends after `ns`. */
  function firstAfter(stretches, ns) {
    let low = 0, high = stretches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (stretches[middle][1] < ns) low = middle + 1; else high = middle;
    }
    return low;
  }

  function labelOf(row, stretch) {
    if (stretch[2] === RUNS) return row.of ? stretch[4] : '';
    return stretch[2] >= WAITS ? waitText(data.waits[stretch[3]]) : '';
  }

  function drawRow(pen, row, top, colours) {
    let drawnTo = [-1, -1, -1, -1];
    for (let i = firstAfter(row.stretches, from); i < row.stretches.length; i++) {
      const stretch = row.stretches[i], kind = stretch[2];
      if (stretch[0] > to) break;
      const left = Math.max(NAMES, xOf(stretch[0])), right = Math.min(NAMES + plotWidth(), xOf(stretch[1]));
      const width = Math.max(kind === RUNS ? 1 : 0.3, right - left);
      if (left + width <= drawnTo[kind] + 0.2) continue; /* nothing of it would be seen */
      drawnTo[kind] = left + width;
      const inset = kind === RUNS ? 3 : 7;
      pen.fillStyle = colours[kind];
      pen.fillRect(left, top + inset, width, ROW - 2 * inset);
      const label = width > 40 ? labelOf(row, stretch) : '';
      if (label && pen.measureText(label).width + 10 < width) {
        const wide = pen.measureText(label).width + 8;
        if (kind !== RUNS) {
          pen.fillStyle = colour('paper');
          pen.fillRect(left + 5, top + 4, wide, ROW - 8);
        }
        pen.fillStyle = kind === RUNS ? colour('paper') : colours[kind];
        pen.fillText(label, left + 9, top + ROW / 2 + 1);
      }
    }
  }

  /* A long name is cut, but not the number by which tasks of one name are told apart. */
  function fitted(pen, label) {
    const fits = (text) => pen.measureText(text).width <= NAMES - 20;
    if (fits(label)) return label;
    const [, name, number] = /^(.*?)( \d+)?$/.exec(label);
    let length = name.length;
    while (length > 0 && !fits(name.slice(0, length) + '\u2026' + (number || ''))) length--;
    return name.slice(0, length) + '\u2026' + (number || '');
  }

  function draw() {
    document.documentElement.dataset.shown = Math.round(from) + ' ' + Math.round(to);
    drawAxis();
    const pen = prepare(lanes, rows.length * ROW + 6);
    const colours = data.activities.map((activity) => colour(activity.code));
    rows.forEach((row, i) => {
      const top = 3 + i * ROW;
      if (i % 2 === 1) {
        pen.fillStyle = colour('panel');
        pen.fillRect(0, top, lanes.clientWidth, ROW);
      }
      drawRow(pen, row, top, colours);
      pen.fillStyle = colour('ink');
      pen.fillText(fitted(pen, row.label), 10, top + ROW / 2 + 1);
    });
  }

  let asked = false;
  function redraw() {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; draw(); });
  }

  function show(newFrom, newTo) {
    const span = Math.min(END, Math.max(Math.min(100, END), newTo - newFrom));
    from = Math.max(0, Math.min(END - span, newFrom));
    to = from + span;
    redraw();
  }

  function zoom(factor, around) {
    show(around - (around - from) * factor, around + (to - around) * factor);
  }

  function choose(newRows) {
    rows = newRows;
    $('by-task').setAttribute('aria-pressed', String(rows === tasks));
    $('by-proc').setAttribute('aria-pressed', String(rows === procs));
    document.documentElement.dataset.rows = rows.length;
    redraw();
  }

  /* ---- Hands ---- */

  lanes.addEventListener('wheel', (event) => {
    if (event.shiftKey) return; /* that scrolls */
    event.preventDefault();
    zoom(Math.exp(event.deltaY * 0.0015), nsAt(event.offsetX));
  }, { passive: false });
  let held = null;
  lanes.addEventListener('pointerdown', (event) => {
    held = { x: event.offsetX, from: from, to: to };
    lanes.setPointerCapture(event.pointerId);
    lanes.classList.add('dragging');
  });
  lanes.addEventListener('pointerup', () => { held = null; lanes.classList.remove('dragging'); });
  lanes.addEventListener('pointermove', (event) => {
    if (held) {
      const by = ((held.x - event.offsetX) / plotWidth()) * (held.to - held.from);
      show(held.from + by, held.to + by);
    }
    point(event);
  });
  lanes.addEventListener('pointerleave', () => { tip.style.display = 'none'; });

  function describe(row, stretch) {
    const lines = [row.label + (row.of ? ' runs ' + stretch[4] : ' ' + data.activities[stretch[2]].words)];
    if (stretch[2] === RUNS && !row.of) lines[0] = row.label + ' runs on proc ' + stretch[3];
    if (stretch[2] >= WAITS) lines.push(waitText(data.waits[stretch[3]]) + ', ' + data.waits[stretch[3]].at);
    lines.push(time(stretch[1] - stretch[0]) + ', from ' + time(stretch[0]) + ' on');
    return lines.join('\n');
  }

  function point(event) {
    const row = rows[Math.floor((event.offsetY - 3) / ROW)];
    const ns = nsAt(event.offsetX), near = ((to - from) / plotWidth()) * 2;
    const stretch = row && event.offsetX >= NAMES ? row.stretches[firstAfter(row.stretches, ns - near)] : undefined;
    tip.style.display = stretch && stretch[0] <= ns + near ? 'block' : 'none';
    if (tip.style.display === 'none') return;
    tip.textContent = describe(row, stretch);
    const box = frame.getBoundingClientRect();
    const x = event.clientX - box.left, y = event.clientY - box.top;
    tip.style.left = Math.max(0, Math.min(x + 14, box.width - tip.offsetWidth - 8)) + 'px';
    tip.style.top = Math.max(0, Math.min(y + 14, box.height - tip.offsetHeight - 8)) + 'px';
  }

  const middle = () => (from + to) / 2;
  const keys = {
    '+': () => zoom(0.6, middle()), '=': () => zoom(0.6, middle()), '-': () => zoom(1 / 0.6, middle()),
    '0': () => show(0, END),
    ArrowLeft: () => show(from - (to - from) / 5, to - (to - from) / 5),
    ArrowRight: () => show(from + (to - from) / 5, to + (to - from) / 5),
  };
  frame.addEventListener('keydown', (event) => {
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  $('closer').addEventListener('click', keys['+']);
  $('wider').addEventListener('click', keys['-']);
  $('all').addEventListener('click', keys['0']);
  $('by-task').addEventListener('click', () => choose(tasks));
  $('by-proc').addEventListener('click', () => choose(procs));
  window.addEventListener('resize', redraw);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

  /* ---- Around it ---- */

  function addKey(parent, name, words) {
    const key = make('span', undefined, parent);
    key.className = 'key';
    make('i', undefined, key).style.background = name;
    make('span', words, key);
    parent.append(' ');
  }

  function table(parent, heads) {
    const it = make('table', undefined, parent), row = make('tr', undefined, make('thead', undefined, it));
    heads.forEach((head) => make('th', head, row));
    const body = make('tbody', undefined, it);
    return (cells) => {
      const line = make('tr', undefined, body);
      return cells.map((cell) => make('td', cell, line));
    };
  }

  function addWaits() {
    const longest = data.waits.filter((wait) => wait.ns > 0).sort((a, b) => b.ns - a.ns).slice(0, 10);
    if (longest.length === 0) make('p', 'Nobody waited for anything.', $('waits'));
    else {
      const add = table($('waits'), ['place', 'times', 'all together', 'for what']);
      longest.forEach((wait) => add([wait.at, String(wait.count), time(wait.ns), waitText(wait)]));
    }
  }

  /* On both axes each step doubles, so that a perfect speedup is a straight line. */
  function addCurve() {
    const W = 460, H = 300, L = 44, B = 34, T = 14, R = 14;
    const most = Math.log2(Math.max(2, ...data.curve.map((run) => run.procs)));
    const lowest = Math.min(0, ...data.curve.map((run) => Math.log2(run.speedup)));
    const x = (procs) => L + (Math.log2(procs) / most) * (W - L - R);
    const y = (speedup) => H - B - ((Math.log2(speedup) - lowest) / (most - lowest)) * (H - B - T);
    const holder = make('div', undefined, $('curve'));
    holder.innerHTML = '<svg role="img" aria-label="speedup by number of procs"></svg>';
    const picture = holder.firstChild;
    picture.setAttribute('width', W);
    picture.setAttribute('height', H);
    picture.setAttribute('viewBox', '0 0 ' + W + ' ' + H);
    for (let procs = 1; procs <= 2 ** most; procs *= 2) {
      svg('line', { x1: L, x2: W - R, y1: y(procs), y2: y(procs), stroke: colour('line') }, picture);
      svg('text', { x: L - 8, y: y(procs) + 4, 'text-anchor': 'end' }, picture).textContent = procs;
      svg('text', { x: x(procs), y: H - B + 18, 'text-anchor': 'middle' }, picture).textContent = procs;
    }
    svg('text', { x: W - R, y: H - 2, 'text-anchor': 'end' }, picture).textContent = 'procs';
    svg('line', { x1: x(1), y1: y(1), x2: x(2 ** most), y2: y(2 ** most), stroke: colour('ideal'), 'stroke-dasharray': '4 4' }, picture);
    const points = data.curve.map((run) => x(run.procs) + ',' + y(run.speedup)).join(' ');
    svg('polyline', { points: points, fill: 'none', stroke: colour('runs'), 'stroke-width': 2.5 }, picture);
    data.curve.forEach((run) => {
      const dot = svg('circle', { cx: x(run.procs), cy: y(run.speedup), r: 4, fill: colour('runs') }, picture);
      svg('title', {}, dot).textContent = run.speedup.toFixed(2) + ' times as fast on ' + run.procs;
    });
    make('p', 'Dashed: twice as fast on twice as many.', holder).className = 'faint';
    $('curve').hidden = false;
  }

  function stateColour(i) { /* the first computes; the idle ones pale */
    const set = ['--runs', '--ready', '--blocked', '--waits'];
    return i < 4 ? 'var(' + set[i] + ')' : 'color-mix(in srgb, var(' + ['--ready', '--blocked', '--waits', '--ideal'][i - 4] + ') 55%, var(--paper))';
  }

  function addLedger() {
    const add = table($('ledger'), ['procs', 'time', 'speedup', 'all of its procs']);
    data.spent.forEach((run) => {
      const speedup = run.speedup ? run.speedup.toFixed(2) : '';
      const cells = add([String(run.procs), time(run.time_ps / 1000), speedup, '']);
      const stack = make('div', undefined, cells[3]);
      stack.className = 'stack';
      run.spent_ps.forEach((ps, i) => {
        const part = make('div', undefined, stack);
        part.style.width = (100 * ps) / (run.procs * run.time_ps) + '%';
        part.style.background = stateColour(i);
        part.title = data.states[i] + ': ' + time(ps / 1000);
      });
    });
    const keys = make('p', undefined, $('ledger'));
    data.states.forEach((state, i) => {
      if (data.spent.some((run) => run.spent_ps[i] > 0)) addKey(keys, stateColour(i), state);
    });
    $('ledger').hidden = false;
  }

  $('subject').textContent = data.subject;
  data.activities.forEach((activity) => addKey($('legend'), 'var(--' + activity.code + ')', activity.words));
  if (data.why) {
    make('p', data.why, $('findings'));
    $('findings').hidden = false;
  }
  if (data.dropped > 0) make('p', data.dropped + ' events are missing: there were too many.', $('waits'));
  addWaits();
  if (data.curve.length > 0) addCurve();
  if (data.spent.length > 0) addLedger();
  choose(tasks.length <= 64 ? tasks : procs);
  draw();
  document.documentElement.dataset.drawn = 'yes';
}());
