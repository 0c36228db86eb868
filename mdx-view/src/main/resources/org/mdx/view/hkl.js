// Miller indices: lengths, fractions, symmetry. Everything here has its like in Java.

/** s = |B·h| in Å⁻¹; B as nine numbers, rows first. */
export function length(b, h) {
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    const x = b[3 * i] * h[0] + b[3 * i + 1] * h[1] + b[3 * i + 2] * h[2];
    sum += x * x;
  }
  return Math.sqrt(sum);
}

function divisor(a, b) {
  return b === 0 ? a : divisor(b, a % b);
}

/** H/n as a whole number and a fraction, such as −1 2/3. */
export function fraction(index, n) {
  const size = Math.abs(index);
  const whole = Math.floor(size / n);
  const rest = size % n;
  const g = divisor(rest, n);
  const part = rest === 0 ? '' : rest / g + '/' + n / g;
  const text = [whole > 0 || rest === 0 ? String(whole) : '', part].filter(t => t).join(' ');
  return (index < 0 ? '−' : '') + text;
}

/** Operators as twelve numbers, rotation by rows and translation: x' = R·x + t. */
export function isAbsent(operators, h) {
  for (const o of operators) {
    const same = [0, 1, 2].every(j => h[0] * o[j] + h[1] * o[3 + j] + h[2] * o[6 + j] === h[j]);
    if (same) {
      const phase = h[0] * o[9] + h[1] * o[10] + h[2] * o[11];
      if (Math.abs(phase - Math.round(phase)) > 1e-3) {
        return true;
      }
    }
  }
  return false;
}

/** The equivalents of a point under the Laue group, each once. */
export function equivalents(operators, h) {
  const seen = new Map();
  for (const o of operators) {
    const e = [0, 1, 2].map(j => h[0] * o[j] + h[1] * o[3 + j] + h[2] * o[6 + j] + 0);
    for (const x of [e, e.map(v => -v + 0)]) {
      seen.set(x.map(v => v.toFixed(6)).join(), x);
    }
  }
  return [...seen.values()];
}

/** Whether a point is a reflection (halo) or none (rest), with the nearest one. */
export function describe(map, voxel) {
  const hkl = voxel.map((v, i) => v / map.ndiv[i]);
  const nearest = hkl.map(x => Math.round(x) + 0);
  const absent = isAbsent(map.group.operators, nearest);
  const integral = voxel.every((v, i) => v % map.ndiv[i] === 0);
  const s = length(map.reciprocal, hkl);
  return {voxel, hkl, nearest, absent, kind: integral && !absent ? 'halo' : 'rest', s, d: 1 / s};
}

/** The voxel that a point lies in; halves go to the even one, as in Java. */
export function voxelOf(map, hkl) {
  return hkl.map((x, i) => nearestEven(x * map.ndiv[i]));
}

/** Math.rint. */
export function nearestEven(x) {
  const r = Math.round(x);
  return (Math.abs(x % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r) + 0;
}
