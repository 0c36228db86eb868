// Numbers to colours by tables that Java made, and the controls of their limits.

import {element, number, choice, tick, field} from './base.js';

function abgr(r, g, b) {
  return (255 << 24 | b << 16 | g << 8 | r) >>> 0;
}

/** Tables of colours by name. */
export class Colours {
  constructor(tables) {
    this.maps = {};
    for (const [name, t] of Object.entries(tables)) {
      const bytes = Uint8Array.from(atob(t.table), c => c.charCodeAt(0));
      const table = new Uint32Array(bytes.length / 3);
      for (let i = 0; i < table.length; i++) {
        table[i] = abgr(bytes[3 * i], bytes[3 * i + 1], bytes[3 * i + 2]);
      }
      const m = t.missing;
      this.maps[name] = {
        table, diverging: t.diverging, missing: abgr(m >> 16 & 255, m >> 8 & 255, m & 255),
      };
    }
  }

  names(diverging) {
    return Object.keys(this.maps).filter(n => diverging === undefined
      || this.maps[n].diverging === diverging);
  }
}

/** The value below which a fraction of sorted values lies. */
export function quantile(sorted, fraction) {
  if (sorted.length === 0) {
    return NaN;
  }
  const place = Math.max(0, Math.min(1, fraction)) * (sorted.length - 1);
  const i = Math.floor(place);
  const j = Math.min(i + 1, sorted.length - 1);
  return sorted[i] + (place - i) * (sorted[j] - sorted[i]);
}

/** Limits, scale and colours: state and controls. Calls when the picture has to be drawn again. */
export class Limits {
  constructor(colours, id, change) {
    this.colours = colours;
    this.id = id;
    this.change = change;
    this.min = 0;
    this.max = 1;
    this.scale = 'linear';
    this.map = 'viridis';
    this.sorted = [0, 1];
    this.signed = false;
    this.high = 99;
    this.build();
  }

  build() {
    const again = () => {
      this.show();
      this.change();
    };
    this.minField = field('lowest value', this.id + '-min', '', x => {
      this.min = x;
      again();
    });
    this.maxField = field('highest value', this.id + '-max', '', x => {
      this.max = x;
      again();
    });
    this.percentField = field('percentile', this.id + '-percentile', this.high, x => {
      this.high = Math.max(1, Math.min(100, x));
      this.automatic();
      this.change();
    }, '4em');
    this.slider = element('input', {
      type: 'range', min: 0, max: 1000, value: 500, id: this.id + '-slider',
      'aria-label': 'highest value', oninput: () => this.slide(Number(this.slider.value) / 1000),
    });
    this.scaleChoice = choice('scale', [['linear', 'linear'], ['root', '√'], ['log', 'log']],
      this.scale, v => {
        this.scale = v;
        again();
      });
    this.scaleChoice.id = this.id + '-scale';
    this.mapChoice = choice('colours', this.colours.names().map(n => [n, n]), this.map, v => {
      this.map = v;
      again();
    });
    this.mapChoice.id = this.id + '-colours';
    this.bar = element('canvas', {class: 'bar', id: this.id + '-bar'});
    this.root = element('span', {class: 'limits'}, 'limits ', this.minField, ' to ', this.maxField,
      this.slider, ' percentile ', this.percentField, ' ', this.scaleChoice, ' ', this.mapChoice,
      ' ', this.bar);
  }

  /** Takes other values, sorted, and sets limits that suit them. */
  setValues(sorted, signed) {
    this.sorted = sorted;
    if (signed !== this.signed || this.colours.maps[this.map].diverging !== signed) {
      this.signed = signed;
      this.map = signed ? 'coolwarm' : 'viridis';
    }
    this.automatic();
  }

  /** Limits from the percentile: from 0 for amounts, symmetric for signed numbers. */
  automatic() {
    const f = this.high / 100;
    if (this.signed) {
      const reach = Math.max(Math.abs(quantile(this.sorted, (1 - f) / 2)),
        Math.abs(quantile(this.sorted, 1 - (1 - f) / 2)));
      this.max = reach > 0 ? reach : 1;
      this.min = -this.max;
    } else {
      const top = quantile(this.sorted, f);
      this.min = Math.min(0, quantile(this.sorted, 1 - f));
      this.max = top > this.min ? top : this.min + 1;
    }
    this.show();
  }

  /** The slider moves the upper limit over the range of the values, finer near the lower one. */
  slide(f) {
    const all = Math.max(Math.abs(quantile(this.sorted, 0)), Math.abs(quantile(this.sorted, 1)));
    this.max = this.signed ? all * f * f : this.min + (all - this.min) * f * f;
    if (this.signed) {
      this.min = -this.max;
    }
    this.show();
    this.change();
  }

  show() {
    this.minField.value = Number(this.min.toPrecision(5));
    this.maxField.value = Number(this.max.toPrecision(5));
    this.percentField.value = this.high;
    this.mapChoice.value = this.map;
    this.scaleChoice.value = this.scale;
    this.drawBar();
  }

  drawBar() {
    const {width, height} = this.bar;
    const g = this.bar.getContext('2d');
    const image = g.createImageData(width, height);
    const out = new Uint32Array(image.data.buffer);
    const {table} = this.colours.maps[this.map];
    for (let x = 0; x < width; x++) {
      const c = table[Math.round(x / Math.max(1, width - 1) * (table.length - 1))];
      for (let y = 0; y < height; y++) {
        out[y * width + x] = c;
      }
    }
    g.putImageData(image, 0, 0);
    this.bar.title = number(this.min) + ' to ' + number(this.max);
  }

  /** A function from value to colour. */
  painter() {
    const {table, missing} = this.colours.maps[this.map];
    const last = table.length - 1;
    const {min, max} = this;
    const width = max - min;
    const scale = this.scale;
    // from where the logarithm has no number, a thousandth of the range is the lowest colour
    const floor = width / 1000;
    const decades = Math.log(width / floor);
    return v => {
      if (v !== v) {
        return missing;
      }
      let f = (v - min) / width;
      if (scale === 'root') {
        f = f > 0 ? Math.sqrt(f) : 0;
      } else if (scale === 'log') {
        f = v - min > floor ? Math.log((v - min) / floor) / decades : 0;
      }
      return table[f <= 0 ? 0 : f >= 1 ? last : Math.round(f * last)];
    };
  }
}
