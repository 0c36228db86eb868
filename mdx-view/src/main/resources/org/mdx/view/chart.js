// A chart of lines on a canvas: axes, points, a read-out at the cursor.

import {element, number, ticks, fit} from './base.js';

const LEFT = 58;
const BOTTOM = 34;
const TOP = 18;
const RIGHT = 10;
const INKS = ['#1f4e9c', '#c2410c', '#15803d', '#7e22ce', '#0f766e', '#a16207'];

/** Lines over one x axis. Series: {label, x, y, points (true for dots), grey (x to mark)}. */
export class Chart {
  constructor(id, xLabel, yLabel) {
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.series = [];
    this.canvas = element('canvas', {class: 'chart', id,
      onmousemove: e => this.point(e), onmouseleave: () => this.draw()});
    this.readout = element('div', {class: 'readout'});
    this.root = element('div', {class: 'chart-box'}, this.canvas, this.readout);
  }

  set(series) {
    this.series = series;
    this.draw();
  }

  range() {
    const r = {x0: Infinity, x1: -Infinity, y0: Infinity, y1: -Infinity};
    for (const s of this.series) {
      for (let i = 0; i < s.x.length; i++) {
        if (Number.isFinite(s.y[i])) {
          r.x0 = Math.min(r.x0, s.x[i]);
          r.x1 = Math.max(r.x1, s.x[i]);
          r.y0 = Math.min(r.y0, s.y[i]);
          r.y1 = Math.max(r.y1, s.y[i]);
        }
      }
    }
    if (!(r.x1 >= r.x0)) {
      return null;
    }
    const pad = (r.y1 - r.y0 || Math.abs(r.y0) || 1) * 0.06;
    return {x0: r.x0, x1: r.x1 > r.x0 ? r.x1 : r.x0 + 1, y0: r.y0 - pad, y1: r.y1 + pad};
  }

  draw() {
    fit(this.canvas);
    const g = this.canvas.getContext('2d');
    const ratio = globalThis.devicePixelRatio || 1;
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    const w = this.canvas.width / ratio;
    const h = this.canvas.height / ratio;
    g.fillStyle = '#fff';
    g.fillRect(0, 0, w, h);
    const r = this.range();
    g.font = '12px sans-serif';
    g.fillStyle = '#333';
    if (r === null) {
      g.fillText('no data here', LEFT, h / 2);
      this.at = null;
      return;
    }
    const X = x => LEFT + (x - r.x0) / (r.x1 - r.x0) * (w - LEFT - RIGHT);
    const Y = y => h - BOTTOM - (y - r.y0) / (r.y1 - r.y0) * (h - BOTTOM - TOP);
    this.at = {X, Y};
    this.axes(g, r, w, h, X, Y);
    this.series.forEach((s, n) => this.line(g, s, INKS[n % INKS.length], X, Y));
    let x = LEFT + 6;
    this.series.filter(s => s.label).forEach((s, n) => {
      g.fillStyle = INKS[n % INKS.length];
      g.textAlign = 'left';
      g.fillText(s.label, x, TOP - 5);
      x += g.measureText(s.label).width + 14;
    });
  }

  axes(g, r, w, h, X, Y) {
    g.strokeStyle = '#ddd';
    g.lineWidth = 1;
    const xs = ticks(r.x0, r.x1, w / 80);
    const ys = ticks(r.y0, r.y1, h / 40);
    g.textAlign = 'center';
    for (const x of xs.values) {
      g.beginPath();
      g.moveTo(X(x), TOP);
      g.lineTo(X(x), h - BOTTOM);
      g.stroke();
      g.fillText(x.toFixed(xs.digits), X(x), h - BOTTOM + 14);
    }
    g.textAlign = 'right';
    for (const y of ys.values) {
      g.beginPath();
      g.moveTo(LEFT, Y(y));
      g.lineTo(w - RIGHT, Y(y));
      g.stroke();
      g.fillText(Math.abs(y) >= 1e5 ? number(y, 3) : y.toFixed(ys.digits), LEFT - 5, Y(y) + 4);
    }
    g.strokeStyle = '#333';
    g.strokeRect(LEFT, TOP, w - LEFT - RIGHT, h - BOTTOM - TOP);
    g.textAlign = 'center';
    g.fillText(this.xLabel, (LEFT + w - RIGHT) / 2, h - 5);
    g.save();
    g.translate(12, (TOP + h - BOTTOM) / 2);
    g.rotate(-Math.PI / 2);
    g.fillText(this.yLabel, 0, 0);
    g.restore();
  }

  line(g, s, ink, X, Y) {
    g.strokeStyle = ink;
    g.lineWidth = 1.4;
    g.beginPath();
    let pen = false;
    for (let i = 0; i < s.x.length; i++) {
      if (Number.isFinite(s.y[i])) {
        pen ? g.lineTo(X(s.x[i]), Y(s.y[i])) : g.moveTo(X(s.x[i]), Y(s.y[i]));
        pen = true;
      } else {
        pen = false;
      }
    }
    g.stroke();
    if (s.points) {
      for (let i = 0; i < s.x.length; i++) {
        g.fillStyle = s.grey && s.grey[i] ? '#b0b0b0' : ink;
        g.beginPath();
        g.arc(X(s.x[i]), Y(s.y[i]), 3, 0, 7);
        g.fill();
      }
    }
  }

  point(e) {
    if (!this.at || this.series.length === 0) {
      return;
    }
    const x = e.offsetX;
    const texts = [];
    for (const s of this.series) {
      let best = -1;
      for (let i = 0; i < s.x.length; i++) {
        if (best < 0 || Math.abs(this.at.X(s.x[i]) - x) < Math.abs(this.at.X(s.x[best]) - x)) {
          best = i;
        }
      }
      if (best >= 0) {
        texts.push((s.label ? s.label + ' ' : '') + (s.texts ? s.texts[best] + '  ' : '')
          + number(s.x[best]) + ': ' + number(s.y[best]));
      }
    }
    this.readout.textContent = texts.join('   ');
  }
}
