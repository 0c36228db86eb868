// A plane of reciprocal space on a canvas, in the crystal's own geometry.

import {element, ticks, fit} from './base.js';
import {nearestEven} from './hkl.js';

/** Indices to the right and upwards on a plane across h, k or l. */
export const ACROSS = {h: [1, 2], k: [0, 2], l: [0, 1]};
const NAMES = 'hkl';
const MARGIN = 34;

/** First reciprocal axis to the right, the second at its own angle; Å⁻¹. */
export function planeGeometry(b, axis) {
  const [i, j] = ACROSS[axis];
  const column = n => [b[n], b[3 + n], b[6 + n]];
  const dot = (p, q) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
  const x1 = Math.sqrt(dot(column(i), column(i)));
  const x2 = dot(column(i), column(j)) / x1;
  return {x1, x2, y2: Math.sqrt(Math.max(0, dot(column(j), column(j)) - x2 * x2))};
}

/** One plane with its cursor. Owner: {map, point, move(hkl, final), step(axis, n), cut(hkl)}. */
export class PlaneView {
  constructor(axis, owner, id) {
    this.axis = axis;
    this.owner = owner;
    this.plane = null;
    this.zoom = 1;
    this.shift = [0, 0];
    this.box = null;
    this.canvas = element('canvas', {class: 'values', id: id + '-values'});
    this.overlay = element('canvas', {class: 'overlay', id, tabindex: 0,
      'aria-label': 'plane across ' + axis});
    this.title = element('div', {class: 'plane-title', id: id + '-title'});
    this.root = element('div', {class: 'plane'}, this.title,
      element('div', {class: 'plane-box'}, this.canvas, this.overlay));
    this.listen();
  }

  listen() {
    const o = this.overlay;
    o.addEventListener('wheel', e => {
      e.preventDefault();
      if (e.ctrlKey || e.shiftKey) {
        this.zoomAt(e.offsetX, e.offsetY, Math.exp(-(e.deltaY || e.deltaX) / 300));
      } else {
        this.owner.step(this.axis, e.deltaY > 0 ? -1 : 1);
      }
    }, {passive: false});
    o.addEventListener('mousemove', e => {
      if (e.buttons & 1 && this.drag) {
        this.shift[0] += e.movementX;
        this.shift[1] += e.movementY;
        this.drag.moved += Math.abs(e.movementX) + Math.abs(e.movementY);
        this.draw();
      } else {
        this.owner.hover(this.at(e.offsetX, e.offsetY));
      }
    });
    o.addEventListener('mousedown', () => {
      this.drag = {moved: 0};
    });
    o.addEventListener('mouseup', e => {
      if (this.drag && this.drag.moved < 4) {
        const hkl = this.at(e.offsetX, e.offsetY);
        e.shiftKey ? this.owner.cut(hkl) : this.owner.move(hkl);
      }
      this.drag = null;
    });
    o.addEventListener('dblclick', () => {
      this.reset();
      this.draw();
    });
    o.addEventListener('keydown', e => this.key(e));
  }

  key(e) {
    const [u, v] = ACROSS[this.axis];
    const moves = {ArrowLeft: [u, -1], ArrowRight: [u, 1], ArrowDown: [v, -1], ArrowUp: [v, 1]};
    if (moves[e.key]) {
      this.owner.step(NAMES[moves[e.key][0]], moves[e.key][1]);
    } else if (e.key === 'PageUp' || e.key === 'PageDown') {
      this.owner.step(this.axis, e.key === 'PageUp' ? 1 : -1);
    } else if (e.key === '+' || e.key === '-') {
      this.zoomAt(this.overlay.clientWidth / 2, this.overlay.clientHeight / 2,
        e.key === '+' ? 1.25 : 0.8);
    } else {
      return;
    }
    e.preventDefault();
  }

  zoomAt(x, y, factor) {
    const w = this.overlay.clientWidth / 2;
    const h = this.overlay.clientHeight / 2;
    const next = Math.max(0.5, Math.min(60, this.zoom * factor));
    const f = next / this.zoom;
    this.shift = [x - w - (x - w - this.shift[0]) * f, y - h - (y - h - this.shift[1]) * f];
    this.zoom = next;
    this.draw();
  }

  /** Shows all that the plane holds now. */
  reset() {
    this.zoom = 1;
    this.shift = [0, 0];
    this.box = null;
  }

  /** The box around the voxels that hold data, Å⁻¹; around all if none does. */
  bounds(g, i, j) {
    const map = this.owner.map;
    const p = this.plane;
    const box = [Infinity, -Infinity, Infinity, -Infinity];
    const half = [0.5 / map.ndiv[i], 0.5 / map.ndiv[j]];
    const add = all => {
      for (let n = 0; n < p.values.length; n++) {
        if (all || p.values[n] === p.values[n]) {
          const u = (p.origin[i] + Math.floor(n / p.up)) / map.ndiv[i];
          const v = (p.origin[j] + n % p.up) / map.ndiv[j];
          const x = u * g.x1 + v * g.x2;
          const dx = half[0] * g.x1 + half[1] * Math.abs(g.x2);
          box[0] = Math.min(box[0], x - dx);
          box[1] = Math.max(box[1], x + dx);
          box[2] = Math.min(box[2], (v - half[1]) * g.y2);
          box[3] = Math.max(box[3], (v + half[1]) * g.y2);
        }
      }
    };
    add(false);
    if (!(box[0] < box[1])) {
      add(true);
    }
    return box;
  }

  /** Places in pixels of the page: that of the origin, and pixels to an Å⁻¹. */
  frame() {
    const map = this.owner.map;
    const g = planeGeometry(map.reciprocal, this.axis);
    const [i, j] = ACROSS[this.axis];
    if (!this.box) {
      this.box = this.bounds(g, i, j);
    }
    const box = this.box;
    const w = this.overlay.clientWidth;
    const h = this.overlay.clientHeight;
    const unit = this.zoom * Math.min((w - 2 * MARGIN) / (box[1] - box[0]),
      (h - 2 * MARGIN) / (box[3] - box[2]));
    return {g, i, j, unit,
      x0: w / 2 + this.shift[0] - unit * (box[0] + box[1]) / 2,
      y0: h / 2 + this.shift[1] + unit * (box[2] + box[3]) / 2};
  }

  /** Where indices lie on the page. */
  place(u, v, f = this.frame()) {
    return [f.x0 + f.unit * (u * f.g.x1 + v * f.g.x2), f.y0 - f.unit * v * f.g.y2];
  }

  /** The point of the plane under a place. */
  at(x, y) {
    const f = this.frame();
    const v = (f.y0 - y) / f.unit / f.g.y2;
    const u = ((x - f.x0) / f.unit - v * f.g.x2) / f.g.x1;
    const hkl = this.owner.point.slice();
    hkl[f.i] = u;
    hkl[f.j] = v;
    return hkl;
  }

  set(plane) {
    this.plane = plane;
    this.draw();
  }

  /** The value of the plane at a voxel. */
  value(voxel) {
    const p = this.plane;
    const [i, j] = ACROSS[this.axis];
    const u = voxel[i] - p.origin[i];
    const v = voxel[j] - p.origin[j];
    return u >= 0 && v >= 0 && u < p.across && v < p.up ? p.values[u * p.up + v] : NaN;
  }

  draw() {
    if (!this.plane) {
      return;
    }
    fit(this.canvas);
    fit(this.overlay);
    this.paint();
    this.drawOverlay();
    const map = this.owner.map;
    const n = 'hkl'.indexOf(this.axis);
    const at = this.plane.index / map.ndiv[n];
    this.title.textContent = this.axis + ' = ' + Number(at.toFixed(4));
  }

  paint() {
    const {width, height} = this.canvas;
    const ratio = width / Math.max(1, this.canvas.clientWidth);
    const g = this.canvas.getContext('2d');
    const image = g.createImageData(width, height);
    const out = new Uint32Array(image.data.buffer);
    const f = this.frame();
    const map = this.owner.map;
    const p = this.plane;
    const colour = this.owner.limits.painter();
    const blank = colour(NaN);
    for (let y = 0; y < height; y++) {
      const b = (f.y0 - (y + 0.5) / ratio) / f.unit / f.g.y2;
      const v = nearestEven(b * map.ndiv[f.j]) - p.origin[f.j];
      const inside = v >= 0 && v < p.up;
      for (let x = 0; x < width; x++) {
        const a = (((x + 0.5) / ratio - f.x0) / f.unit - b * f.g.x2) / f.g.x1;
        const u = nearestEven(a * map.ndiv[f.i]) - p.origin[f.i];
        out[y * width + x] = inside && u >= 0 && u < p.across
          ? colour(p.values[u * p.up + v]) : blank;
      }
    }
    g.putImageData(image, 0, 0);
  }

  drawOverlay() {
    const g = this.overlay.getContext('2d');
    const ratio = this.overlay.width / Math.max(1, this.overlay.clientWidth);
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    const w = this.overlay.clientWidth;
    const h = this.overlay.clientHeight;
    g.clearRect(0, 0, w, h);
    const f = this.frame();
    this.axes(g, f, w, h);
    const p = this.owner.point;
    this.cross(g, f, p[f.i], p[f.j], w, h);
    for (const line of this.owner.lines()) {
      g.strokeStyle = '#e11d48';
      g.lineWidth = 1.5;
      g.beginPath();
      g.moveTo(...this.place(line[0][f.i], line[0][f.j], f));
      g.lineTo(...this.place(line[1][f.i], line[1][f.j], f));
      g.stroke();
    }
  }

  /** Lines through the point, along both axes, with a gap about it. */
  cross(g, f, u, v, w, h) {
    g.strokeStyle = '#e11d48';
    g.lineWidth = 1;
    const far = (w + h) / f.unit / Math.min(f.g.x1, f.g.y2);
    const [x, y] = this.place(u, v, f);
    for (const [du, dv] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      const [x1, y1] = this.place(u + du * far, v + dv * far, f);
      const n = Math.hypot(x1 - x, y1 - y);
      g.beginPath();
      g.moveTo(x + 7 * (x1 - x) / n, y + 7 * (y1 - y) / n);
      g.lineTo(x1, y1);
      g.stroke();
    }
  }

  axes(g, f, w, h) {
    g.font = '12px sans-serif';
    g.fillStyle = 'rgba(255,255,255,0.85)';
    g.fillRect(0, h - 18, w, 18);
    g.fillRect(0, 0, 30, h);
    g.fillStyle = '#222';
    g.textAlign = 'center';
    const [uLeft, uRight] = [this.at(0, h)[f.i], this.at(w, h)[f.i]];
    const us = ticks(uLeft, uRight, w / 60, 1);
    for (const u of us.values) {
      const x = this.place(u, this.at(0, h)[f.j], f)[0];
      if (x > 40 && x < w - 24) {
        g.fillText(String(u), x, h - 5);
      }
    }
    g.textAlign = 'right';
    const vs = ticks(this.at(0, h)[f.j], this.at(0, 0)[f.j], h / 50, 1);
    for (const v of vs.values) {
      const y = this.place(0, v, f)[1];
      if (y > 20 && y < h - 26) {
        g.fillText(String(v), 26, y + 4);
      }
    }
    g.font = 'italic 15px serif';
    g.fillText(NAMES[f.j], 20, 15);
    g.fillText(NAMES[f.i], w - 6, h - 5);
  }
}
