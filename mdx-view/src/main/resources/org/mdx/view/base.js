// Elements, numbers and the limits of colours, which all pages share.

/** An element with attributes, listeners (on…) and children; texts become text, never markup. */
export function element(tag, attributes, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) {
      e.addEventListener(name.substring(2), value);
    } else if (value === true) {
      e.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      e.setAttribute(name, value);
    }
  }
  e.append(...children.filter(c => c !== null && c !== undefined));
  return e;
}

/** A number to read: so many significant digits, no exponent unless it is short. */
export function number(x, digits = 5) {
  if (x === null || x === undefined || Number.isNaN(x)) {
    return '–';
  }
  if (x === 0 || !Number.isFinite(x)) {
    return String(x);
  }
  const size = Math.abs(x);
  return size >= 1e7 || size < 1e-4
    ? x.toExponential(digits - 1).replace('-', '−')
    : String(Number(x.toPrecision(digits))).replace('-', '−');
}

/** A choice. */
export function choice(label, options, value, change) {
  const select = element('select', {'aria-label': label, onchange: () => change(select.value)},
    ...options.map(([v, text]) => element('option', {value: v}, text)));
  select.value = value;
  return select;
}

/** A box to tick. */
export function tick(label, id, checked, change) {
  const box = element('input', {type: 'checkbox', id, onchange: () => change(box.checked)});
  box.checked = checked;
  return element('label', {}, box, ' ' + label);
}

/** A field for a number that calls when a finite one was entered. */
export function field(label, id, value, change, width = '6em') {
  const input = element('input', {
    id, 'aria-label': label, value, size: 8,
    onchange: () => {
      const x = Number(input.value);
      if (input.value.trim() !== '' && Number.isFinite(x)) {
        change(x);
      }
    },
  });
  input.style.width = width;
  return input;
}

/** Calls the last of many calls in a row, once they have stopped for a while. */
export function later(milliseconds, call) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...args), milliseconds);
  };
}

/** Multiples of 1, 2 or 5 times a power of ten. */
export function ticks(min, max, most, leastStep = 0) {
  const raw = Math.max((max - min) / Math.max(1, most), leastStep);
  if (!(raw > 0) || !Number.isFinite(raw)) {
    return {values: [], digits: 0};
  }
  const power = Math.pow(10, Math.floor(Math.log10(raw) + 1e-9));
  const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= raw * (1 - 1e-9));
  const values = [];
  for (let i = Math.ceil(min / step - 1e-9); i <= Math.floor(max / step + 1e-9); i++) {
    values.push(i * step);
  }
  return {values, digits: Math.max(0, Math.ceil(-Math.log10(step) - 1e-9))};
}

/** Saves a text as a file. */
export function save(name, text) {
  const url = URL.createObjectURL(new Blob([text], {type: 'text/csv'}));
  const a = element('a', {href: url, download: name});
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Gives a canvas the size of its box in pixels of the screen; true if that has changed. */
export function fit(canvas) {
  const ratio = globalThis.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  const height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  if (canvas.width === width && canvas.height === height) {
    return false;
  }
  canvas.width = width;
  canvas.height = height;
  return true;
}

/** Shows what went wrong. */
export function complain(error) {
  let box = document.getElementById('complaint');
  if (!box) {
    box = element('p', {id: 'complaint', role: 'alert'});
    document.body.prepend(box);
  }
  box.textContent = String(error && error.message ? error.message : error);
}
