// Where panels lie in the picture, and where rays meet them.

const TILT = 0.7; // cosine of the angle from which a panel would look too thin

export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const plus = (a, b, f = 1) => [a[0] + f * b[0], a[1] + f * b[1], a[2] + f * b[2]];
export const times = (a, f) => [a[0] * f, a[1] * f, a[2] * f];
export const norm = a => Math.sqrt(dot(a, a));
export const cross = (a, b) =>
  [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

export class Detector {
  constructor(sweep) {
    this.sweep = sweep;
    this.panels = sweep.panels;
    this.s0 = sweep.s0;
    this.places = this.inPlace() || this.stacked();
    this.box = this.bounds();
  }

  /** Panels as they stand, seen along the normal of the first; its pixels are the picture's. */
  inPlace() {
    const first = this.panels[0];
    const normal = cross(first.fast, first.slow);
    const places = [];
    for (const p of this.panels) {
      if (Math.abs(dot(cross(p.fast, p.slow), normal)) < TILT) {
        return null;
      }
      const rel = plus(p.origin, first.origin, -1);
      const flat = (v, f) => [dot(v, first.fast) * f / first.pixel[0],
        dot(v, first.slow) * f / first.pixel[1]];
      const [a, b] = flat(p.fast, p.pixel[0]);
      const [c, d] = flat(p.slow, p.pixel[1]);
      const [e, f] = flat(rel, 1);
      places.push([a, b, c, d, e, f]);
    }
    return places;
  }

  /** Panels below each other, where their places would hide them. */
  stacked() {
    let y = 0;
    return this.panels.map(p => {
      const place = [1, 0, 0, 1, 0, y];
      y += p.height + 8;
      return place;
    });
  }

  bounds() {
    const r = [Infinity, Infinity, -Infinity, -Infinity];
    this.panels.forEach((p, n) => {
      for (const [x, y] of [[0, 0], [p.width, 0], [0, p.height], [p.width, p.height]]) {
        const [u, v] = this.toPicture(n, x, y);
        r[0] = Math.min(r[0], u);
        r[1] = Math.min(r[1], v);
        r[2] = Math.max(r[2], u);
        r[3] = Math.max(r[3], v);
      }
    });
    return r;
  }

  toPicture(n, x, y) {
    const [a, b, c, d, e, f] = this.places[n];
    return [a * x + c * y + e, b * x + d * y + f];
  }

  /** The panel and pixel under a place of the picture, or null. */
  find(u, v) {
    for (let n = 0; n < this.panels.length; n++) {
      const [a, b, c, d, e, f] = this.places[n];
      const k = a * d - b * c;
      const x = (d * (u - e) - c * (v - f)) / k;
      const y = (a * (v - f) - b * (u - e)) / k;
      if (x >= 0 && y >= 0 && x < this.panels[n].width && y < this.panels[n].height) {
        return {panel: n, x, y};
      }
    }
    return null;
  }

  /** The place in the laboratory of a pixel coordinate, mm; parallax as Panel.position has it. */
  position(n, px, py) {
    const p = this.panels[n];
    let x = px * p.pixel[0];
    let y = py * p.pixel[1];
    const on = () => plus(plus(p.origin, p.fast, x), p.slow, y);
    if (p.parallax) {
      const [mu, thickness] = p.parallax;
      const at = on();
      const u = times(at, 1 / norm(at));
      const path = thickness / Math.abs(dot(u, cross(p.fast, p.slow)));
      const depth = 1 / mu - (path + 1 / mu) * Math.exp(-mu * path);
      x -= dot(u, p.fast) * depth;
      y -= dot(u, p.slow) * depth;
    }
    return on();
  }

  /** The scattering vector of a pixel coordinate, Å⁻¹. */
  scattering(n, px, py) {
    const at = this.position(n, px, py);
    return plus(times(at, 1 / (norm(at) * this.sweep.wavelength)), this.s0, -1);
  }

  /** The pixel of a panel that a ray meets, parallax left out; null if it leads elsewhere. */
  intersect(n, ray) {
    const p = this.panels[n];
    const normal = cross(p.fast, p.slow);
    const f = dot(p.origin, normal) / dot(ray, normal);
    if (!(f > 0)) {
      return null;
    }
    const rel = plus(times(ray, f), p.origin, -1);
    return [dot(rel, p.fast) / p.pixel[0], dot(rel, p.slow) / p.pixel[1]];
  }

  /** Points of the ring at a resolution, by panel: lists of places in the picture. */
  ring(d) {
    const sine = this.sweep.wavelength / (2 * d);
    if (!(sine < 1)) {
      return [];
    }
    const theta2 = 2 * Math.asin(sine);
    const beam = times(this.s0, 1 / norm(this.s0));
    const side = cross(beam, Math.abs(beam[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0]);
    const u = times(side, 1 / norm(side));
    const v = cross(beam, u);
    const lines = [];
    for (let n = 0; n < this.panels.length; n++) {
      let line = [];
      for (let i = 0; i <= 360; i++) {
        const a = i * Math.PI / 180;
        const ray = plus(times(beam, Math.cos(theta2)), plus(times(u, Math.cos(a)), v, Math.sin(a)),
          Math.sin(theta2));
        const at = this.intersect(n, ray);
        const inside = at && at[0] >= 0 && at[1] >= 0 && at[0] <= this.panels[n].width
          && at[1] <= this.panels[n].height;
        if (inside) {
          line.push(this.toPicture(n, at[0], at[1]));
        } else if (line.length) {
          lines.push(line);
          line = [];
        }
      }
      line.length && lines.push(line);
    }
    return lines;
  }

  /** Where the direct beam meets the plane of the panel that it meets, or of the first. */
  beamCentre() {
    for (let n = 0; n < this.panels.length; n++) {
      const at = this.intersect(n, this.s0);
      const p = this.panels[n];
      if (at && at[0] >= 0 && at[1] >= 0 && at[0] < p.width && at[1] < p.height) {
        return this.toPicture(n, at[0], at[1]);
      }
    }
    const at = this.intersect(0, this.s0);
    return at && this.toPicture(0, at[0], at[1]);
  }

  /** The rotation axis as a direction of the picture. */
  axis() {
    const p = this.panels[0];
    return [dot(this.sweep.axis, p.fast) / p.pixel[0], dot(this.sweep.axis, p.slow) / p.pixel[1]];
  }

  /** Rings at round d that the detector sees. */
  roundRings() {
    let least = Infinity;
    this.panels.forEach((p, n) => {
      for (const [x, y] of [[0, 0], [p.width, 0], [0, p.height], [p.width, p.height]]) {
        least = Math.min(least, 1 / norm(this.scattering(n, x, y)));
      }
    });
    const round = [100, 50, 20, 10, 7, 5, 4, 3, 2.5, 2, 1.7, 1.5, 1.3, 1.2, 1.1, 1, 0.9, 0.8, 0.7,
      0.6, 0.5];
    return round.filter(d => d > least && d < 25 * least).slice(-6);
  }
}
