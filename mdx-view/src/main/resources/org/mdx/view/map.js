// The page of maps: three linked planes through a point, limits, read-out, line cut, a second map.

import {element, number, choice, field, later, save, complain} from './base.js';
import {Limits} from './colour.js';
import {Chart} from './chart.js';
import {describe, fraction, voxelOf, nearestEven} from './hkl.js';
import {PlaneView, ACROSS} from './plane.js';

const AXES = ['h', 'k', 'l'];
const BLINK = 600;

/** What a plane view needs of its page, for the first or the second map. */
class Side {
  constructor(page, map, id) {
    this.page = page;
    this.map = map;
    this.views = AXES.map(a => new PlaneView(a, this, id + a));
    this.root = element('div', {class: 'planes'}, ...this.views.map(v => v.root));
  }

  get point() {
    return this.page.point;
  }

  get limits() {
    return this.page.limits;
  }

  move(hkl) {
    this.page.move(hkl);
  }

  step(axis, n) {
    this.page.step(axis, n);
  }

  hover(hkl) {
    this.page.hover(this.map, hkl);
  }

  cut(hkl) {
    this.page.cut(hkl);
  }

  lines() {
    return this.page.line ? [this.page.line] : [];
  }

  draw() {
    this.views.forEach(v => v.draw());
  }
}

/** Source: plane, line, point, column of a map by its id, each a promise. */
export class MapPage {
  constructor(source, session, colours) {
    this.source = source;
    this.maps = session.maps;
    this.map = this.maps[0];
    this.other = this.maps[1] || null;
    this.mode = this.other ? 'beside' : 'single';
    this.column = this.map.columns[0].name;
    // the origin of reciprocal space if it is there, else the nearest place to it
    this.point = this.map.origin.map((o, i) =>
      Math.max(o, Math.min(o + this.map.shape[i] - 1, 0)) / this.map.ndiv[i]);
    this.line = null;
    this.busy = 0;
    this.limits = new Limits(colours, 'map', () => this.draw());
    this.pointLater = later(120, (map, voxel) => this.fetchPoint(map, voxel));
    this.build();
  }

  build() {
    this.first = new Side(this, this.map, 'plane-');
    this.second = this.other ? new Side(this, this.other, 'other-') : null;
    this.columnChoice = element('span', {});
    this.pointFields = AXES.map((a, i) => field(a, 'point-' + a, '', x => {
      const p = this.point.slice();
      p[i] = x;
      this.move(p);
    }, '5em'));
    this.readout = element('table', {class: 'values-table', id: 'readout'});
    this.status = element('p', {class: 'status', id: 'map-status'});
    this.chart = new Chart('line-chart', 'place on the line, Å⁻¹', '');
    this.fromField = element('input', {id: 'line-from', size: 14, 'aria-label': 'from h,k,l'});
    this.toField = element('input', {id: 'line-to', size: 14, 'aria-label': 'to h,k,l'});
    const options = this.maps.map(m => [m.id, m.name]);
    const modes = [['single', 'one map'], ['beside', 'beside'], ['difference', 'second − first'],
      ['blink', 'blink']];
    const modeChoice = choice('second map', modes, this.mode, m => this.setMode(m));
    modeChoice.id = 'map-mode';
    this.tools = element('div', {class: 'tools'},
      'map ', choice('map', options, this.map.id, id => this.setMap(id)), ' ',
      this.columnChoice, ' at ', ...this.pointFields, ' ', this.limits.root,
      ...(this.other ? [' with ', choice('second map', options, this.other.id,
        id => this.setOther(id)), ' ', modeChoice] : []));
    this.sides = element('div', {class: 'sides'}, this.first.root,
      this.second ? this.second.root : null);
    const cutTools = element('div', {class: 'tools'}, 'line from ', this.fromField, ' to ',
      this.toField, ' ',
      element('button', {id: 'line-cut', onclick: () => this.cutFields()}, 'cut'), ' ',
      element('button', {id: 'line-csv', onclick: () => this.saveLine()}, 'CSV'),
      element('span', {class: 'hint'}, ' or Shift and click two points'));
    this.root = element('section', {class: 'map-page'}, this.tools, this.sides,
      element('div', {class: 'below'}, this.readout,
        element('div', {class: 'line'}, cutTools, this.chart.root)),
      this.status,
      element('p', {class: 'hint'}, 'Click: go there. Wheel, Page up, Page down: next plane. Arrows:'
        + ' move the point. Ctrl or Shift and wheel, + and −: zoom. Drag: move. Double click: all.'));
    this.setColumns();
  }

  setColumns() {
    const names = this.map.columns.map(c => [c.name, c.label]);
    if (!names.some(n => n[0] === this.column)) {
      this.column = names[0][0];
    }
    const select = choice('column', names, this.column, c => this.setColumn(c));
    select.id = 'map-column';
    this.columnChoice.replaceChildren(select);
  }

  /** Shows everything for the first time. */
  async start() {
    await this.setColumn(this.column);
    await this.fetchPoint(this.map, voxelOf(this.map, this.point));
    this.chart.draw();
  }

  columnOf(map) {
    return map.columns.find(c => c.name === this.column) || map.columns[0];
  }

  setMap(id) {
    this.map = this.maps.find(m => m.id === id);
    this.first.map = this.map;
    this.first.views.forEach(v => v.reset());
    this.setColumns();
    return this.setColumn(this.column);
  }

  setOther(id) {
    this.other = this.maps.find(m => m.id === id);
    this.second.map = this.other;
    this.second.views.forEach(v => v.reset());
    return this.setColumn(this.column);
  }

  setMode(mode) {
    this.mode = mode;
    return this.setColumn(this.column);
  }

  async setColumn(name) {
    this.column = name;
    clearInterval(this.blinking);
    this.second && (this.second.root.hidden = this.mode !== 'beside');
    await this.load();
    if (this.mode === 'difference') {
      this.limits.setValues(this.differences(), true);
    } else {
      const c = this.columnOf(this.map);
      const distribution = await this.source.column(this.map.id, c.name);
      this.limits.setValues(distribution.quantiles, c.signed);
    }
    this.draw();
    if (this.mode === 'blink') {
      let second = false;
      this.blinking = setInterval(() => {
        second = !second;
        this.show(second ? this.loaded[1] : this.loaded[0]);
      }, BLINK);
    }
  }

  differences() {
    const values = this.loaded[0].flatMap(p => [...p.values]).filter(v => Number.isFinite(v));
    return values.sort((a, b) => a - b);
  }

  async load() {
    const turn = ++this.busy;
    try {
      const planes = map => Promise.all(AXES.map((a, i) => this.source.plane(map.id, a,
        this.point[i], this.columnOf(map).name)));
      const both = this.other && this.mode !== 'single';
      const [mine, others] = await Promise.all(
        [planes(this.map), both ? planes(this.other) : null]);
      if (turn !== this.busy) {
        return;
      }
      this.loaded = [mine, others];
      if (this.mode === 'difference') {
        this.loaded[0] = mine.map((p, n) => this.difference(AXES[n], p, others[n]));
      }
      this.show(this.loaded[0]);
      if (this.mode === 'beside' && this.second) {
        this.second.views.forEach((v, n) => v.set(others[n]));
      }
      this.pointFields.forEach((f, i) => {
        f.value = Number(this.point[i].toFixed(4));
      });
    } catch (e) {
      complain(e);
    }
  }

  /** Second minus first, voxel by voxel of the first. */
  difference(axis, a, b) {
    const [i, j] = ACROSS[axis];
    const values = new Float32Array(a.values.length).fill(NaN);
    for (let u = 0; u < a.across; u++) {
      const bu = nearestEven((a.origin[i] + u) / this.map.ndiv[i] * this.other.ndiv[i])
        - b.origin[i];
      for (let v = 0; v < a.up; v++) {
        const bv = nearestEven((a.origin[j] + v) / this.map.ndiv[j] * this.other.ndiv[j])
          - b.origin[j];
        if (bu >= 0 && bv >= 0 && bu < b.across && bv < b.up) {
          values[u * a.up + v] = b.values[bu * b.up + bv] - a.values[u * a.up + v];
        }
      }
    }
    return {...a, values};
  }

  show(planes) {
    this.first.views.forEach((v, n) => v.set(planes[n]));
  }

  draw() {
    this.first.draw();
    if (this.second && this.mode === 'beside') {
      this.second.draw();
    }
  }

  /** Goes to the voxel that holds a point. */
  move(hkl) {
    const limits = i => [this.map.origin[i], this.map.origin[i] + this.map.shape[i] - 1];
    this.point = voxelOf(this.map, hkl).map((v, i) =>
      Math.max(limits(i)[0], Math.min(limits(i)[1], v)) / this.map.ndiv[i]);
    this.fetchPoint(this.map, voxelOf(this.map, this.point));
    return this.load();
  }

  step(axis, n) {
    const i = AXES.indexOf(axis);
    const p = this.point.slice();
    p[i] = (nearestEven(p[i] * this.map.ndiv[i]) + n) / this.map.ndiv[i];
    return this.move(p);
  }

  hover(map, hkl) {
    const voxel = voxelOf(map, hkl);
    this.showPoint(map, {...describe(map, voxel), values: null});
    this.pointLater(map, voxel);
  }

  async fetchPoint(map, voxel) {
    try {
      const hkl = voxel.map((v, i) => v / map.ndiv[i]);
      this.showPoint(map, await this.source.point(map.id, hkl));
    } catch (e) {
      complain(e);
    }
  }

  showPoint(map, p) {
    const rows = [];
    const row = (name, text, id) => rows.push(element('tr', {}, element('th', {}, name),
      element('td', {id: 'read-' + id}, text)));
    row('hkl', p.hkl.map(x => number(x, 6)).join('  '), 'hkl');
    row('', p.voxel.map((v, i) => fraction(v, map.ndiv[i])).join('   '), 'fractions');
    row('s', number(p.s, 6) + ' Å⁻¹', 's');
    row('d', number(p.d, 6) + ' Å', 'd');
    if (p.values && p.measured) {
      for (const c of map.columns) {
        row(c.label, number(p.values[c.name], 6), c.name);
      }
    } else if (p.values) {
      row('I', p.outside > 0 ? 'not measured; data ' + p.outside + ' voxels away'
        : 'not measured' + (p.outside < 0 ? '; no data near' : ''), 'intensity');
    }
    row('nearest', p.nearest.join(' ') + (p.absent ? ' (absent)' : ''), 'nearest');
    row('voxel is', p.kind, 'kind');
    if (p.equivalents && p.equivalents.length) {
      row('equivalents', String(p.equivalents.length), 'equivalents');
    }
    this.readout.replaceChildren(...rows);
  }

  /** A line cut from the last end to here; the second point ends it. */
  cut(hkl) {
    if (!this.start0) {
      this.start0 = hkl;
      this.status.textContent = 'The line begins at ' + hkl.map(x => number(x, 4)).join(', ')
        + '; Shift and click where it ends.';
      return;
    }
    this.setLine(this.start0, hkl);
    this.start0 = null;
    this.status.textContent = '';
  }

  cutFields() {
    const read = f => f.value.split(/[ ,;]+/).filter(t => t).map(Number);
    const from = read(this.fromField);
    const to = read(this.toField);
    if ([from, to].some(x => x.length !== 3 || !x.every(Number.isFinite))) {
      complain('a line needs three numbers from and three to');
      return;
    }
    this.setLine(from, to);
  }

  async setLine(from, to) {
    this.line = [from, to];
    const text = x => x.map(v => Number(v.toFixed(4))).join(',');
    this.fromField.value = text(from);
    this.toField.value = text(to);
    try {
      const c = this.columnOf(this.map);
      const rows = await this.source.line(this.map.id, from, to, c.name);
      this.cutRows = rows;
      const n = rows.length / 5;
      const whole = Math.hypot(...[0, 1, 2].map(i => this.cartesian(to)[i]
        - this.cartesian(from)[i]));
      const x = Array.from({length: n}, (_, i) => whole * i / Math.max(1, n - 1));
      const texts = x.map((_, i) => [0, 1, 2].map(j => number(rows[5 * i + j], 4)).join(' '));
      this.chart.yLabel = c.label;
      this.chart.set([{label: '', x, y: x.map((_, i) => rows[5 * i + 4]), texts}]);
      this.draw();
    } catch (e) {
      complain(e);
    }
  }

  cartesian(h) {
    const b = this.map.reciprocal;
    return [0, 1, 2].map(i => b[3 * i] * h[0] + b[3 * i + 1] * h[1] + b[3 * i + 2] * h[2]);
  }

  csv() {
    const lines = ['h,k,l,s,' + this.columnOf(this.map).name];
    for (let i = 0; i + 5 <= this.cutRows.length; i += 5) {
      lines.push([...this.cutRows.slice(i, i + 5)].map(v => Number.isNaN(v) ? '' : String(v))
        .join());
    }
    return lines.join('\n') + '\n';
  }

  saveLine() {
    if (this.cutRows) {
      save('line.csv', this.csv());
    }
  }
}
