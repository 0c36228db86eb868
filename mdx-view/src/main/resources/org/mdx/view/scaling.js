// The page of scaling models: b, c, a and d of each sweep beside each other.

import {element, number, fit, complain} from './base.js';
import {Chart} from './chart.js';
import {quantile} from './colour.js';

const GREY = 0xffc8c8c8 >>> 0;

/** A picture of control points: columns along x, rows along y; points without data are grey. */
class Heat {
  constructor(id, colours, centre) {
    this.colours = colours;
    this.centre = centre;
    this.canvas = element('canvas', {class: 'heat', id, onmousemove: e => this.hover(e)});
    this.readout = element('div', {class: 'readout'});
    this.root = element('div', {}, this.canvas, this.readout);
  }

  /** Values by column, then row; range of the colours; names and places of the axes. */
  set(data) {
    this.data = data;
    this.draw();
  }

  draw() {
    if (!this.data) {
      return;
    }
    fit(this.canvas);
    const {width, height} = this.canvas;
    const {nx, ny, value, count, low, high, down} = this.data;
    const map = this.colours.maps[this.centre === null ? 'viridis' : 'coolwarm'];
    const g = this.canvas.getContext('2d');
    const image = g.createImageData(width, height);
    const out = new Uint32Array(image.data.buffer);
    const last = map.table.length - 1;
    for (let y = 0; y < height; y++) {
      const row = Math.min(ny - 1, Math.floor(y / height * ny));
      const j = down ? row : ny - 1 - row;
      for (let x = 0; x < width; x++) {
        const i = Math.min(nx - 1, Math.floor(x / width * nx));
        const f = (value(i, j) - low) / (high - low);
        out[y * width + x] = count && count(i, j) === 0 ? GREY
          : map.table[Math.round(Math.max(0, Math.min(1, f)) * last)];
      }
    }
    g.putImageData(image, 0, 0);
    this.readout.textContent = `${number(low, 4)} to ${number(high, 4)}; ${this.data.xName} →, `
      + `${this.data.yName} ${down ? '↓' : '↑'}`;
  }

  hover(e) {
    if (!this.data) {
      return;
    }
    const {nx, ny, value, count, xs, ys, xName, yName, down} = this.data;
    const i = Math.min(nx - 1, Math.floor(e.offsetX / this.canvas.clientWidth * nx));
    const row = Math.min(ny - 1, Math.floor(e.offsetY / this.canvas.clientHeight * ny));
    const j = down ? row : ny - 1 - row;
    this.readout.textContent = `${xName} ${number(xs[i], 4)}, ${yName} ${number(ys[j], 4)}: `
      + number(value(i, j), 5) + (count ? `, ${count(i, j)} observations` : '');
  }
}

/** The 2nd to 98th percentile, about a centre if there is one. */
function range(values, centre) {
  const sorted = [...values].sort((a, b) => a - b);
  const low = quantile(sorted, 0.02);
  const high = quantile(sorted, 0.98);
  if (centre === null) {
    return [low, high > low ? high : low + 1];
  }
  const reach = Math.max(Math.abs(low - centre), Math.abs(high - centre), 1e-6);
  return [centre - reach, centre + reach];
}

function mean(values) {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

export class ScalingPage {
  constructor(server, session, colours) {
    this.server = server;
    this.scalings = session.scalings;
    this.colours = colours;
    this.drawn = [];
    this.list = element('div', {class: 'scalings'});
    this.root = element('section', {}, this.list, element('p', {class: 'hint'},
      'M = I/(a·b·d) − c/b, with M the merged and I the measured intensity. Grey: control points without observations, of '
      + 'which the values follow from their neighbours; they are known where the corrected table '
      + 'of the sweep is viewed with the model.'));
  }

  async start() {
    for (const s of this.scalings) {
      try {
        this.add(s, await this.server.json('scaling/' + s.id));
      } catch (e) {
        complain(e);
      }
    }
    this.draw();
  }

  draw() {
    this.drawn.forEach(d => d.draw());
  }

  add(s, model) {
    const terms = element('div', {class: 'terms'});
    this.list.append(element('div', {class: 'scaling'}, element('h2', {}, s.name), terms));
    const cell = (title, content) => terms.append(element('div', {class: 'term'},
      element('h3', {}, title), content));
    const {b, c, a, d} = model.terms;
    if (b) {
      cell('b(φ), scale', this.scale(s, b, model));
    }
    if (c) {
      cell('c(s, φ), offset', this.offset(s, c));
    }
    if (a) {
      cell('a(ix, iy, φ), absorption', this.absorption(s, a));
    }
    if (d) {
      cell('d(ix, iy), detector', this.detector(s, d));
    }
    this.more(s, model, 'decay', 'B(φ), decay', 'B / Å²', cell);
    this.more(s, model, 'residuals', 'residuals by angle', 'mean z²', cell);
    if (!b && !c && !a && !d) {
      cell('no terms', element('p', {}, 'The model leaves intensities as they are.'));
    }
  }

  scale(s, b, model) {
    const chart = new Chart('scale-' + s.id, 'φ / °', 'b');
    const phi = b.axes[0].points;
    // without the observations the angles that the data span are all that is known
    const grey = b.counts ? b.counts.map(n => n === 0)
      : model.data_phi ? phi.map(x => x < model.data_phi[0] || x > model.data_phi[1]) : null;
    chart.set([{label: 'mdx', x: phi, y: b.values, points: true, grey},
      ...model.curves.filter(c => c.chart === 'scale').map(c => {
        // their common factor is free
        const factor = mean(b.values) / mean(c.value);
        return {label: `${c.label} × ${number(factor, 3)}`, x: c.phi,
          y: c.value.map(y => y * factor)};
      })]);
    this.drawn.push(chart);
    return chart.root;
  }

  /** Curves that are no terms of the model. */
  more(s, model, kind, title, label, cell) {
    const curves = model.curves.filter(c => c.chart === kind);
    if (curves.length > 0) {
      const chart = new Chart(kind + '-' + s.id, 'φ / °', label);
      chart.set(curves.map(c => ({label: c.label, x: c.phi, y: c.value})));
      this.drawn.push(chart);
      cell(title, chart.root);
    }
  }

  offset(s, c) {
    const [sAxis, phiAxis] = c.axes.map(x => x.points);
    const n = phiAxis.length;
    const heat = new Heat('offset-' + s.id, this.colours, null);
    const [low, high] = range(c.values, null);
    heat.set({nx: n, ny: sAxis.length, value: (i, j) => c.values[j * n + i],
      count: c.counts ? (i, j) => c.counts[j * n + i] : null, low, high, xs: phiAxis, ys: sAxis,
      xName: 'φ', yName: 's', down: false});
    this.drawn.push(heat);
    return heat.root;
  }

  absorption(s, a) {
    const [xs, ys, phi] = a.axes.map(x => x.points);
    const heat = new Heat('absorption-' + s.id, this.colours, 1);
    const [low, high] = range(a.values, 1);
    const label = element('span', {});
    const panel = xs.length * ys.length * phi.length;
    const show = (p, k) => {
      label.textContent = ` φ ${number(phi[k], 4)}°` + (a.panels > 1 ? `, panel ${p}` : '');
      const at = (i, j) => p * panel + (i * ys.length + j) * phi.length + k;
      heat.set({nx: xs.length, ny: ys.length, value: (i, j) => a.values[at(i, j)],
        count: a.counts ? (i, j) => a.counts[at(i, j)] : null, low, high, xs, ys, xName: 'ix',
        yName: 'iy', down: true});
    };
    const slider = element('input', {type: 'range', min: 0, max: a.panels * phi.length - 1,
      value: 0, 'aria-label': 'φ', id: 'absorption-phi-' + s.id, oninput: () => {
        const v = Number(slider.value);
        show(Math.floor(v / phi.length), v % phi.length);
      }});
    show(0, 0);
    this.drawn.push(heat);
    return element('div', {}, heat.root, slider, label);
  }

  detector(s, d) {
    const [xs, ys] = d.axes.map(x => x.points);
    const heat = new Heat('detector-' + s.id, this.colours, 1);
    const [low, high] = range(d.values, 1);
    const size = xs.length * ys.length;
    const label = element('span', {});
    const show = p => {
      label.textContent = d.panels > 1 ? ` panel ${p}` : '';
      const at = (i, j) => p * size + i * ys.length + j;
      heat.set({nx: xs.length, ny: ys.length, value: (i, j) => d.values[at(i, j)],
        count: d.counts ? (i, j) => d.counts[at(i, j)] : null, low, high, xs, ys, xName: 'ix',
        yName: 'iy', down: true});
    };
    show(0);
    this.drawn.push(heat);
    if (d.panels === 1) {
      return heat.root;
    }
    const slider = element('input', {type: 'range', min: 0, max: d.panels - 1, value: 0,
      'aria-label': 'panel', oninput: () => show(Number(slider.value))});
    return element('div', {}, heat.root, slider, label);
  }
}
