// Maps without a server: planes that the page holds, and what the server would answer.

const session = JSON.parse(document.getElementById('data').textContent);

async function inflate(text) {
  const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Float32Array(await new Response(stream).arrayBuffer());
}

class Held {
  constructor() {
    this.volumes = new Map();
  }

  /** The voxels of a column, planes across l one behind the other. */
  volume(map, column) {
    const key = map + ' ' + column;
    if (!this.volumes.has(key)) {
      this.volumes.set(key, Promise.all(session.data[map][column].map(inflate)));
    }
    return this.volumes.get(key);
  }

  static map(id) {
    return session.maps.find(m => m.id === id);
  }

  static value(map, planes, voxel) {
    const [h, k, l] = voxel.map((v, i) => v - map.origin[i]);
    const [nh, nk, nl] = map.shape;
    return h >= 0 && k >= 0 && l >= 0 && h < nh && k < nk && l < nl ? planes[l][h * nk + k] : NaN;
  }

  async plane(id, axis, at, column) {
    const map = Held.map(id);
    const planes = await this.volume(id, column);
    const n = 'hkl'.indexOf(axis);
    const [i, j] = ACROSS[axis];
    const index = nearestEven(at * map.ndiv[n]);
    const origin = map.origin.slice();
    origin[n] = index;
    const values = new Float32Array(map.shape[i] * map.shape[j]);
    const voxel = origin.slice();
    for (let u = 0; u < map.shape[i]; u++) {
      voxel[i] = map.origin[i] + u;
      for (let v = 0; v < map.shape[j]; v++) {
        voxel[j] = map.origin[j] + v;
        values[u * map.shape[j] + v] = Held.value(map, planes, voxel);
      }
    }
    return {across: map.shape[i], up: map.shape[j], origin, index, values};
  }

  async line(id, from, to, column) {
    const map = Held.map(id);
    const planes = await this.volume(id, column);
    const longest = Math.max(...from.map((x, i) => Math.abs(to[i] - x) * map.ndiv[i]));
    const steps = Math.max(1, Math.min(4000, Math.ceil(2 * longest)));
    const rows = new Float32Array(5 * (steps + 1));
    for (let n = 0; n <= steps; n++) {
      const hkl = from.map((x, i) => x + n / steps * (to[i] - x));
      rows.set([...hkl, length(map.reciprocal, hkl),
        Held.value(map, planes, voxelOf(map, hkl))], 5 * n);
    }
    return rows;
  }

  async point(id, hkl) {
    const map = Held.map(id);
    const voxel = voxelOf(map, hkl);
    const values = {};
    for (const c of map.columns) {
      values[c.name] = Held.value(map, await this.volume(id, c.name), voxel);
    }
    const known = describe(map, voxel);
    const measured = Number.isFinite(values[map.columns[0].name]);
    return {...known, values, measured, outside: -1,
      equivalents: equivalents(map.group.operators, known.hkl)};
  }

  async column(id, column) {
    const sorted = [];
    for (const p of await this.volume(id, column)) {
      for (const v of p) {
        if (Number.isFinite(v)) {
          sorted.push(v);
        }
      }
    }
    sorted.sort((a, b) => a - b);
    const quantiles = sorted.length === 0 ? []
      : Array.from({length: 1001}, (_, i) => quantile(sorted, i / 1000));
    return {count: sorted.length, quantiles};
  }
}

async function show() {
  const page = new MapPage(new Held(), session, new Colours(session.colours));
  document.getElementById('page').append(page.root);
  addEventListener('resize', () => page.draw());
  globalThis.mdx = {name: 'map', page, session};
  await page.start();
  document.title = 'ready';
}

show().catch(complain);
