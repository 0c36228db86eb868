// What the server knows: every request bears the token that came behind # in the address.

const KEY = 'mdx-token';

/** Takes the token out of the address at once; a reload finds it in this tab's own store. */
export function takeToken() {
  const [token, page] = location.hash.substring(1).split('/');
  if (token) {
    sessionStorage.setItem(KEY, token);
    history.replaceState(null, '', location.pathname);
  }
  return {token: token || sessionStorage.getItem(KEY) || '', page: page || ''};
}

export class Server {
  constructor(token) {
    this.token = token;
    this.waiting = [];
    this.open = 0;
  }

  /** A request; six at a time, as many as a browser connects. */
  async get(path) {
    if (this.open >= 6) {
      await new Promise(go => this.waiting.push(go));
    }
    this.open++;
    try {
      const reply = await fetch('/api/v1/' + path,
        {headers: {Authorization: 'Bearer ' + this.token}});
      if (!reply.ok) {
        throw new Error(await reply.text());
      }
      return reply;
    } finally {
      this.open--;
      const next = this.waiting.shift();
      next && next();
    }
  }

  async json(path) {
    return (await this.get(path)).json();
  }

  async plane(map, axis, at, column) {
    const reply = await this.get(`map/${map}/plane?axis=${axis}&at=${at}&column=${column}`);
    const [across, up] = reply.headers.get('X-Shape').split(',').map(Number);
    const origin = reply.headers.get('X-Origin').split(',').map(Number);
    return {across, up, origin, index: Number(reply.headers.get('X-Index')),
      values: new Float32Array(await reply.arrayBuffer())};
  }

  async line(map, from, to, column) {
    const text = x => x.map(v => Number(v.toFixed(6))).join();
    const reply = await this.get(
      `map/${map}/line?from=${text(from)}&to=${text(to)}&column=${column}`);
    return new Float32Array(await reply.arrayBuffer());
  }

  point(map, hkl) {
    return this.json(`map/${map}/point?h=${hkl[0]}&k=${hkl[1]}&l=${hkl[2]}`);
  }

  column(map, column) {
    return this.json(`map/${map}/column?column=${column}`);
  }

  /** The part of a tile that lies in the picture. */
  async tile(sweep, query) {
    const reply = await this.get(`sweep/${sweep}/tile?${query}&type=narrow`);
    const [height, width] = reply.headers.get('X-Shape').split(',').map(Number);
    const type = {uint8: Uint8Array, uint16: Uint16Array, int32: Int32Array};
    return {values: new type[reply.headers.get('X-Type')](await reply.arrayBuffer()), width, height,
      unusable: Number(reply.headers.get('X-Unusable')), step: Number(reply.headers.get('X-Step'))};
  }

  async mask(sweep, query) {
    return new Uint8Array(await (await this.get(`sweep/${sweep}/mask?${query}`)).arrayBuffer());
  }
}
