// The page of frames: tiles of counts coloured here, rings, masks, spots, the pixel at the cursor.

import {element, number, choice, tick, field, fit, later, complain} from './base.js';
import {Limits} from './colour.js';
import {Detector, norm} from './detector.js';

const TILE = 512;
const KEPT = 96;
const NUMBERS_FROM = 26; // pixels of the screen to a pixel of the detector
const LABELS = 160;
const TABLE = 1 << 14; // whole counts whose colours are made once for a picture
const PACE = 90; // ms between frames at least
const INK = {
  detector: 0xffe8a27a, user: 0xfffc84c0, bragg: 0xff5ec522, overload: 0xff9c3ff4,
};

/** The mean of two colours, a byte at a time. */
function mixed(a, b) {
  return (((a & 0xfefefefe) >>> 1) + ((b & 0xfefefefe) >>> 1) | 0xff000000) >>> 0;
}

export class FramesPage {
  constructor(server, session, colours) {
    this.server = server;
    this.sweeps = session.sweeps;
    this.frame = 0;
    this.count = 1;
    this.how = 'sum';
    this.show = {masks: true, bragg: false, rings: true, ice: false, beam: true,
      predicted: false, observed: false};
    this.tiles = new Map();
    this.picture = [];
    this.pixels = new ImageData(TILE, TILE);
    this.version = 0;
    this.turn = 0;
    this.limits = new Limits(colours, 'frame', () => this.recolour());
    this.limits.map = 'inverted';
    this.limits.high = 99.5;
    this.updateLater = later(60, () => this.update());
    this.countLater = later(120, at => this.fetchCount(at));
    this.take(this.sweeps[0]);
    this.build();
  }

  take(sweep) {
    this.sweep = sweep;
    this.detector = new Detector(sweep);
    this.frame = Math.min(this.frame, sweep.frames - 1);
    this.before = this.frame;
    this.view = null;
    this.fresh = true;
    this.ringList = null;
    this.tiles.clear();
    this.picture = [];
  }

  build() {
    this.canvas = element('canvas', {class: 'values', id: 'frame-values'});
    this.overlay = element('canvas', {class: 'overlay', id: 'frame', tabindex: 0,
      'aria-label': 'frame'});
    this.readout = element('table', {class: 'values-table', id: 'frame-readout'});
    this.slider = element('input', {type: 'range', min: 0, max: this.sweep.frames - 1, value: 0,
      id: 'frame-slider', 'aria-label': 'frame',
      oninput: () => this.go(Number(this.slider.value))});
    this.slider.style.width = '220px';
    this.goTo = field('image', 'frame-image', '', x => this.go(x - this.sweep.first_image));
    this.playButton = element('button', {id: 'frame-play', onclick: () => this.play()}, 'play');
    this.title = element('span', {id: 'frame-title'});
    const sweepChoice = choice('sweep', this.sweeps.map(s => [s.id, s.name]), this.sweep.id,
      id => this.setSweep(id));
    const howChoice = choice('how frames are combined',
      [['sum', 'sum'], ['max', 'maximum'], ['mean', 'mean']], this.how, v => {
        this.how = v;
        this.fresh = true;
        this.update();
      });
    howChoice.id = 'frame-how';
    const countField = field('frames', 'frame-count', 1, x => {
      this.count = Math.max(1, Math.min(500, Math.round(x)));
      this.fresh = true;
      this.update();
    }, '4em');
    const button = (id, text, title, call) => element('button', {id, title, onclick: call}, text);
    this.root = element('section', {},
      element('div', {class: 'tools'}, 'sweep ', sweepChoice,
        button('frame-previous', '◀', 'previous', () => this.go(this.frame - 1)), this.slider,
        button('frame-next', '▶', 'next', () => this.go(this.frame + 1)), this.playButton,
        ' image ', this.goTo, ' ', howChoice, ' of ', countField,
        button('frame-fit', 'all', 'show all of the detector', () => this.fitView()),
        button('frame-one', '1:1', 'one pixel is one pixel', () => this.setZoom(1))),
      element('div', {class: 'tools'}, this.limits.root, this.title),
      element('div', {class: 'frame-layout'},
        element('div', {class: 'frame-box'}, this.canvas, this.overlay),
        element('div', {class: 'side'}, this.options(), this.readout,
          element('p', {class: 'hint'}, 'Wheel: zoom, down to the numbers. Drag: move. '
            + '← →: previous, next.'))));
    this.listen();
  }

  options() {
    const box = (key, text, swatch, there = true) => there ? element('div', {},
      tick(text, 'show-' + key, this.show[key], v => {
        this.show[key] = v;
        this.update();
      }), swatch ? element('span', {class: 'swatch s-' + swatch}) : null) : null;
    this.ringField = element('input', {id: 'ring-list', size: 12, 'aria-label': 'rings at d / Å',
      placeholder: 'd / Å', onchange: () => {
        const list = this.ringField.value.split(/[ ,;]+/).filter(t => t).map(Number);
        this.ringList = list.length && list.every(d => d > 0) ? list : null;
        this.drawOverlay();
      }});
    return element('fieldset', {}, element('legend', {}, 'show'),
      box('masks', 'mask of the sweep ', 'user'),
      box('bragg', 'Bragg mask of the model ', 'bragg', this.sweep.bragg),
      element('div', {}, 'unusable ', element('span', {class: 'swatch s-detector'}),
        '  overloaded ', element('span', {class: 'swatch s-overload'})),
      box('rings', 'resolution rings ', null), this.ringField,
      box('ice', 'ice rings', null), box('beam', 'beam centre and axis', null),
      box('predicted', 'predicted reflections ', 'predicted', this.sweep.indexed),
      box('observed', 'observed reflections ', 'observed', this.sweep.observed));
  }

  listen() {
    const o = this.overlay;
    o.addEventListener('wheel', e => {
      e.preventDefault();
      this.zoomAt(e.offsetX, e.offsetY, Math.exp(-e.deltaY / 300));
    }, {passive: false});
    o.addEventListener('mousemove', e => {
      if (e.buttons & 1) {
        this.view.x -= e.movementX / this.view.zoom;
        this.view.y -= e.movementY / this.view.zoom;
        this.paint();
        this.updateLater();
      }
      this.hover(e.offsetX, e.offsetY);
    });
    o.addEventListener('keydown', e => {
      const step = {ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10}[e.key];
      if (step) {
        e.preventDefault();
        this.go(this.frame + step);
      } else if (e.key === '+' || e.key === '-') {
        this.zoomAt(o.clientWidth / 2, o.clientHeight / 2, e.key === '+' ? 1.5 : 1 / 1.5);
      }
    });
  }

  async start() {
    await this.update();
  }

  draw() {
    this.updateLater();
    this.paint();
  }

  setSweep(id) {
    this.take(this.sweeps.find(s => s.id === id));
    this.slider.max = this.sweep.frames - 1;
    this.root.querySelector('fieldset').replaceWith(this.options());
    return this.update();
  }

  go(frame) {
    this.frame = Math.max(0, Math.min(this.sweep.frames - 1, Math.round(frame)));
    return this.update();
  }

  async play() {
    this.playing = !this.playing;
    this.playButton.textContent = this.playing ? 'stop' : 'play';
    while (this.playing && this.root.isConnected && this.frame < this.sweep.frames - 1) {
      const pause = new Promise(done => setTimeout(done, PACE));
      await this.go(this.frame + 1);
      await pause;
    }
    this.playing = false;
    this.playButton.textContent = 'play';
  }

  fitView() {
    this.view = null;
    return this.update();
  }

  setZoom(zoom) {
    this.view.zoom = zoom / (globalThis.devicePixelRatio || 1);
    this.paint();
    return this.update();
  }

  zoomAt(x, y, factor) {
    const v = this.view;
    const [u, w] = this.fromScreen(x, y);
    v.zoom = Math.max(0.01, Math.min(80, v.zoom * factor));
    v.x = u - (x - this.overlay.clientWidth / 2) / v.zoom;
    v.y = w - (y - this.overlay.clientHeight / 2) / v.zoom;
    this.paint();
    this.updateLater();
  }

  ensureView() {
    if (!this.view) {
      const [x0, y0, x1, y1] = this.detector.box;
      const w = Math.max(10, this.overlay.clientWidth);
      const h = Math.max(10, this.overlay.clientHeight);
      this.view = {zoom: Math.min(w / (x1 - x0), h / (y1 - y0)), x: (x0 + x1) / 2,
        y: (y0 + y1) / 2};
    }
  }

  toScreen(u, v) {
    const {zoom, x, y} = this.view;
    return [(u - x) * zoom + this.overlay.clientWidth / 2,
      (v - y) * zoom + this.overlay.clientHeight / 2];
  }

  fromScreen(a, b) {
    const {zoom, x, y} = this.view;
    return [(a - this.overlay.clientWidth / 2) / zoom + x,
      (b - this.overlay.clientHeight / 2) / zoom + y];
  }

  level() {
    const ratio = globalThis.devicePixelRatio || 1;
    return Math.max(0, Math.min(6, Math.floor(-Math.log2(this.view.zoom * ratio) + 0.01)));
  }

  /** The tiles that the window shows. */
  visible() {
    const level = this.level();
    const step = TILE << level;
    const w = this.overlay.clientWidth;
    const h = this.overlay.clientHeight;
    const corners = [[0, 0], [w, 0], [0, h], [w, h]].map(c => this.fromScreen(...c));
    const list = [];
    this.detector.panels.forEach((p, n) => {
      const [a, b, c, d, e, f] = this.detector.places[n];
      const k = a * d - b * c;
      const xs = corners.map(([u, v]) => (d * (u - e) - c * (v - f)) / k);
      const ys = corners.map(([u, v]) => (a * (v - f) - b * (u - e)) / k);
      const from = (v, size) => Math.floor(Math.max(0, Math.min(size - 1, v)) / step);
      const inside = Math.max(...xs) > 0 && Math.min(...xs) < p.width && Math.max(...ys) > 0
        && Math.min(...ys) < p.height;
      for (let y = from(Math.min(...ys), p.height); inside && y <= from(Math.max(...ys), p.height);
        y++) {
        for (let x = from(Math.min(...xs), p.width); x <= from(Math.max(...xs), p.width); x++) {
          list.push({panel: n, level, x, y});
        }
      }
    });
    return list;
  }

  /** Of the frames that are combined there may be fewer than asked for at the end. */
  combined() {
    return Math.min(this.count, this.sweep.frames - this.frame);
  }

  remember(key, make) {
    let t = this.tiles.get(key);
    this.tiles.delete(key);
    t = t || make().catch(e => {
      this.tiles.delete(key);
      throw e;
    });
    this.tiles.set(key, t);
    while (this.tiles.size > KEPT) {
      this.tiles.delete(this.tiles.keys().next().value);
    }
    return t;
  }

  tile(t, frame = this.frame) {
    const place = `panel=${t.panel}&level=${t.level}&x=${t.x}&y=${t.y}`;
    const query = `frame=${frame}&count=${this.combined()}&how=${this.how}&${place}`;
    return this.remember('t' + query, () => this.server.tile(this.sweep.id, query));
  }

  about(frame) {
    return this.remember('f' + frame,
      () => this.server.json(`sweep/${this.sweep.id}/frame?frame=${frame}`));
  }

  /** After a step to the next frame or back, fetches what the same step will show. */
  ahead(list) {
    const step = this.frame - this.before;
    const next = this.frame + step;
    this.before = this.frame;
    if (Math.abs(step) === 1 && this.count === 1 && next >= 0 && next < this.sweep.frames
      && 3 * list.length <= KEPT) {
      // who comes to the frame hears of what goes wrong
      Promise.all([this.about(next), ...list.map(t => this.tile(t, next))]).catch(() => {});
    }
  }

  mask(t) {
    // without the Bragg mask all frames have the same
    const key = `m${this.show.bragg ? this.frame : ''}&${t.panel}&${t.level}&${t.x}&${t.y}`;
    const query = `frame=${this.frame}&panel=${t.panel}&level=${t.level}&x=${t.x}&y=${t.y}`;
    return this.remember(key, () => this.server.mask(this.sweep.id, query));
  }

  /** Fetches what the window shows, then shows it. */
  async update() {
    const turn = ++this.turn;
    fit(this.overlay);
    this.ensureView();
    try {
      const list = this.visible();
      const masked = this.show.masks && this.sweep.masked || this.show.bragg;
      const spots = this.show.predicted || this.show.observed;
      const [info, tiles, masks, reflections] = await Promise.all([
        this.about(this.frame),
        Promise.all(list.map(t => this.tile(t))),
        masked ? Promise.all(list.map(t => this.mask(t))) : [],
        spots ? this.remember(`s${this.frame},${this.combined()}`, () => this.server.json(
          `sweep/${this.sweep.id}/spots?frame=${this.frame}&count=${this.combined()}`)) : null,
      ]);
      if (turn !== this.turn) {
        return;
      }
      const before = this.picture.map(t => t.canvas);
      this.picture = list.map((t, i) => ({...t, data: tiles[i], mask: masks[i] || null,
        canvas: before[i]}));
      this.info = info;
      this.spots = reflections;
      if (this.fresh) {
        this.fresh = false;
        this.limits.setValues(this.sample(), false);
        if (this.limits.map === 'viridis') {
          this.limits.map = 'inverted';
          this.limits.show();
        }
      }
      this.version++;
      this.paint();
      this.ahead(list);
      this.slider.value = this.frame;
      this.goTo.value = info.image;
      const n = this.combined();
      this.title.textContent = `image ${info.image}${n > 1 ? ' to ' + (info.image + n - 1) : ''}`
        + `, φ ${number(info.phi, 6)}°, ${info.file}`;
    } catch (e) {
      this.playing = false;
      complain(e);
    }
  }

  sample() {
    const values = [];
    const pixels = this.picture.reduce((n, t) => n + t.data.values.length, 0);
    const stride = Math.max(1, Math.floor(pixels / 60000)) | 1;
    for (const t of this.picture) {
      for (let i = 0; i < t.data.values.length; i += stride) {
        if (t.data.values[i] !== t.data.unusable) {
          values.push(t.data.values[i] * t.data.step);
        }
      }
    }
    return Float64Array.from(values).sort();
  }

  recolour() {
    this.version++;
    this.paint();
  }

  /** A function from recorded number to colour, and a table of it for whole numbers from 0. */
  inks(t) {
    const {step} = t.data;
    const {min, max, scale, map} = this.limits;
    const top = this.detector.panels[t.panel].trusted_max;
    const overload = top === null || this.combined() > 1 ? Infinity : top;
    const key = [min, max, scale, map, step, overload].join();
    if (!this.table || this.table.key !== key) {
      const colour = this.limits.painter();
      const ink = n => n * step > overload ? INK.overload : colour(n * step);
      this.table = {key, ink, inks: Uint32Array.from({length: TABLE}, (_, n) => ink(n))};
    }
    return this.table;
  }

  coloured(t) {
    if (t.version === this.version) {
      return t.canvas;
    }
    t.canvas = t.canvas || element('canvas', {width: TILE, height: TILE});
    const out = new Uint32Array(this.pixels.data.buffer);
    const {ink, inks} = this.inks(t);
    const {values, width, height, unusable} = t.data;
    const shown = (this.show.masks ? 2 : 0) | (this.show.bragg ? 4 : 0);
    for (let y = 0; y < height; y++) {
      for (let x = 0, i = y * width, o = y * TILE; x < width; x++, i++, o++) {
        const n = values[i];
        out[o] = n === unusable ? INK.detector : n >= 0 && n < TABLE ? inks[n] : ink(n);
      }
      for (let o = y * TILE; t.mask !== null && o < y * TILE + width; o++) {
        const bits = t.mask[o] & shown;
        if (bits) {
          const c = bits & 2 ? mixed(out[o], INK.user) : out[o];
          out[o] = bits & 4 ? mixed(c, INK.bragg) : c;
        }
      }
    }
    t.canvas.getContext('2d').putImageData(this.pixels, 0, 0, 0, 0, width, height);
    t.version = this.version;
    return t.canvas;
  }

  paint() {
    if (!this.view) {
      return;
    }
    fit(this.canvas);
    fit(this.overlay);
    const g = this.canvas.getContext('2d');
    const ratio = this.canvas.width / Math.max(1, this.canvas.clientWidth);
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.fillStyle = '#3f3f46';
    g.fillRect(0, 0, this.canvas.width, this.canvas.height);
    g.imageSmoothingEnabled = false;
    const z = this.view.zoom * ratio;
    const [ox, oy] = this.toScreen(0, 0).map(v => v * ratio);
    for (const t of this.picture) {
      const p = this.detector.panels[t.panel];
      const [a, b, c, d, e, f] = this.detector.places[t.panel];
      const size = 1 << t.level;
      const x0 = t.x * TILE * size;
      const y0 = t.y * TILE * size;
      const w = Math.min(TILE, Math.ceil((p.width - x0) / size));
      const h = Math.min(TILE, Math.ceil((p.height - y0) / size));
      g.setTransform(a * z, b * z, c * z, d * z, e * z + ox, f * z + oy);
      g.drawImage(this.coloured(t), 0, 0, w, h, x0, y0, w * size, h * size);
    }
    this.drawOverlay();
  }

  drawOverlay() {
    const g = this.overlay.getContext('2d');
    const ratio = this.overlay.width / Math.max(1, this.overlay.clientWidth);
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, this.overlay.clientWidth, this.overlay.clientHeight);
    if (this.show.rings) {
      const list = this.ringList || this.detector.roundRings();
      list.forEach(d => this.drawRing(g, d, '#0369a1', [], number(d, 3) + ' Å'));
    }
    if (this.show.ice) {
      this.sweep.ice.forEach(d => this.drawRing(g, d, '#06b6d4', [5, 4], ''));
    }
    if (this.show.beam) {
      this.drawBeam(g);
    }
    if (this.view.zoom >= NUMBERS_FROM) {
      this.drawNumbers(g);
    }
    if (this.spots) {
      this.drawSpots(g);
    }
  }

  drawRing(g, d, ink, dash, label) {
    g.strokeStyle = ink;
    g.setLineDash(dash);
    g.lineWidth = 1;
    const lines = this.detector.ring(d).map(l => l.map(p => this.toScreen(...p)));
    for (const line of lines) {
      g.beginPath();
      line.forEach((p, i) => i ? g.lineTo(...p) : g.moveTo(...p));
      g.stroke();
    }
    g.setLineDash([]);
    if (lines.length && label) {
      const at = lines[0][Math.floor(lines[0].length / 8)];
      g.font = '12px sans-serif';
      g.textAlign = 'left';
      g.lineWidth = 3;
      g.strokeStyle = 'rgba(255,255,255,0.85)';
      g.strokeText(label, at[0] + 3, at[1] - 3);
      g.fillStyle = ink;
      g.fillText(label, at[0] + 3, at[1] - 3);
    }
  }

  drawBeam(g) {
    const centre = this.detector.beamCentre();
    if (!centre) {
      return;
    }
    const [x, y] = this.toScreen(...centre);
    g.strokeStyle = '#dc2626';
    g.lineWidth = 1.5;
    g.beginPath();
    g.moveTo(x - 9, y);
    g.lineTo(x + 9, y);
    g.moveTo(x, y - 9);
    g.lineTo(x, y + 9);
    g.stroke();
    const a = this.detector.axis();
    const n = Math.hypot(...a);
    if (n > 1e-6) {
      g.setLineDash([10, 6]);
      g.lineWidth = 1;
      g.beginPath();
      g.moveTo(x - 4000 * a[0] / n, y - 4000 * a[1] / n);
      g.lineTo(x + 4000 * a[0] / n, y + 4000 * a[1] / n);
      g.stroke();
      g.setLineDash([]);
    }
  }

  /** The counts of the pixels that are large enough to write in. */
  drawNumbers(g) {
    g.font = Math.min(13, this.view.zoom / 3) + 'px sans-serif';
    g.textAlign = 'center';
    g.textBaseline = 'middle';
    const w = this.overlay.clientWidth;
    const h = this.overlay.clientHeight;
    for (const t of this.picture.filter(p => p.level === 0)) {
      for (let i = 0; i < t.data.values.length; i++) {
        const x = t.x * TILE + i % t.data.width;
        const y = t.y * TILE + Math.floor(i / t.data.width);
        const p = this.detector.panels[t.panel];
        const at = this.toScreen(...this.detector.toPicture(t.panel, x + 0.5, y + 0.5));
        if (at[0] > 0 && at[1] > 0 && at[0] < w && at[1] < h && x < p.width && y < p.height) {
          const v = t.data.values[i];
          const text = v === t.data.unusable ? '×' : number(v * t.data.step, 4);
          g.lineWidth = 2;
          g.strokeStyle = 'rgba(255,255,255,0.8)';
          g.strokeText(text, ...at);
          g.fillStyle = '#111';
          g.fillText(text, ...at);
        }
      }
    }
    g.textBaseline = 'alphabetic';
  }

  drawSpots(g) {
    const near = s => {
      const [x, y] = this.toScreen(...this.detector.toPicture(s.panel, s.x, s.y));
      return {s, x, y, inside: x > -20 && y > -20 && x < this.overlay.clientWidth + 20
        && y < this.overlay.clientHeight + 20};
    };
    const predicted = this.show.predicted ? this.spots.predicted.map(near).filter(n => n.inside) : [];
    const observed = this.show.observed ? this.spots.observed.map(near).filter(n => n.inside) : [];
    g.lineWidth = 1.5;
    g.strokeStyle = '#ef4444';
    for (const {x, y} of predicted) {
      g.beginPath();
      g.arc(x, y, 7, 0, 7);
      g.stroke();
    }
    g.strokeStyle = '#0ea5e9';
    for (const {s, x, y} of observed) {
      if (s.box) {
        const corners = [[s.box[0], s.box[2]], [s.box[1], s.box[2]], [s.box[1], s.box[3]],
          [s.box[0], s.box[3]]].map(c => this.toScreen(...this.detector.toPicture(s.panel, ...c)));
        g.beginPath();
        corners.forEach((c, i) => i ? g.lineTo(...c) : g.moveTo(...c));
        g.closePath();
        g.stroke();
      }
      g.beginPath();
      g.moveTo(x - 3, y);
      g.lineTo(x + 3, y);
      g.moveTo(x, y - 3);
      g.lineTo(x, y + 3);
      g.stroke();
    }
    const labelled = [...predicted, ...observed].filter(n => n.s.hkl);
    if (labelled.length <= LABELS) {
      g.font = '11px sans-serif';
      g.textAlign = 'left';
      for (const {s, x, y} of labelled) {
        g.strokeStyle = 'rgba(255,255,255,0.85)';
        g.lineWidth = 3;
        g.strokeText(s.hkl.join(' '), x + 9, y - 5);
        g.fillStyle = '#111';
        g.fillText(s.hkl.join(' '), x + 9, y - 5);
      }
    }
  }

  hover(a, b) {
    const at = this.detector.find(...this.fromScreen(a, b));
    if (!at) {
      this.readout.replaceChildren();
      return;
    }
    this.showPixel(at, this.known(at));
    this.countLater(at);
  }

  /** The count of a pixel if it is on the screen one to one, or null. */
  known(at) {
    const x = Math.floor(at.x);
    const y = Math.floor(at.y);
    const t = this.picture.find(p => p.level === 0 && p.panel === at.panel
      && p.x === Math.floor(x / TILE) && p.y === Math.floor(y / TILE));
    return t ? {data: t.data, i: y % TILE * t.data.width + x % TILE} : null;
  }

  async fetchCount(at) {
    if (this.known(at)) {
      return;
    }
    try {
      const x = Math.floor(at.x);
      const y = Math.floor(at.y);
      const data = await this.tile({panel: at.panel, level: 0, x: Math.floor(x / TILE),
        y: Math.floor(y / TILE)});
      this.showPixel(at, {data, i: y % TILE * data.width + x % TILE});
    } catch (e) {
      complain(e);
    }
  }

  showPixel(at, value) {
    const s = this.detector.scattering(at.panel, at.x, at.y);
    const length = norm(s);
    const rows = [];
    const row = (name, text, id) => rows.push(element('tr', {}, element('th', {}, name),
      element('td', {id: 'pixel-' + id}, text)));
    const panel = this.detector.panels[at.panel];
    row('panel', at.panel + (panel.name ? ' ' + panel.name : ''), 'panel');
    row('x, y', Math.floor(at.x) + ', ' + Math.floor(at.y), 'xy');
    if (value) {
      const v = value.data.values[value.i];
      row('counts', v === value.data.unusable ? 'unusable'
        : number(v * value.data.step, 7) + (panel.trusted_max !== null && this.combined() === 1
          && v * value.data.step > panel.trusted_max ? ' (overloaded)' : ''), 'counts');
    } else {
      row('counts', '…', 'counts');
    }
    row('d', number(1 / length, 6) + ' Å', 'd');
    row('s', number(length, 6) + ' Å⁻¹', 's');
    if (this.info && this.info.inverse) {
      const m = this.info.inverse;
      const h = [0, 1, 2].map(i => m[3 * i] * s[0] + m[3 * i + 1] * s[1] + m[3 * i + 2] * s[2]);
      row('hkl', h.map(x => x.toFixed(3).replace('-', '−')).join('  '), 'hkl');
    }
    if (this.info) {
      row('φ', number(this.info.phi, 6) + '°', 'phi');
    }
    this.readout.replaceChildren(...rows);
  }
}
