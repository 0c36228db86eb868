// The page of the server: tabs for what there is to see.

import {element, complain} from './base.js';
import {Colours} from './colour.js';
import {MapPage} from './map.js';
import {FramesPage} from './frames.js';
import {ScalingPage} from './scaling.js';
import {Server, takeToken} from './server.js';

const PAGES = [
  ['map', 'Map', s => s.maps, (server, s, c) => new MapPage(server, s, c)],
  ['frames', 'Frames', s => s.sweeps, (server, s, c) => new FramesPage(server, s, c)],
  ['scaling', 'Scaling', s => s.scalings, (server, s, c) => new ScalingPage(server, s, c)],
];

const {token, page: wanted} = takeToken();
const pages = {};
let current = null;

async function open(name, server, session, colours) {
  document.title = 'mdx view';
  const [, , , make] = PAGES.find(p => p[0] === name);
  const fresh = !pages[name];
  pages[name] = pages[name] || make(server, session, colours);
  current = pages[name];
  document.getElementById('page').replaceChildren(current.root);
  document.querySelectorAll('#tabs button').forEach(b =>
    b.setAttribute('aria-pressed', b.id === 'tab-' + name));
  globalThis.mdx = {name, page: current, session};
  fresh ? await current.start() : current.draw();
  document.title = 'ready';
}

async function main() {
  const server = new Server(token);
  const session = await server.json('session');
  const colours = new Colours(session.colours);
  const there = PAGES.filter(p => p[2](session).length > 0);
  const go = name => open(name, server, session, colours).catch(complain);
  document.getElementById('tabs').replaceChildren(
    element('strong', {}, 'mdx view'),
    ...there.map(([name, label]) => element('button', {id: 'tab-' + name, onclick: () => go(name)},
      label)));
  addEventListener('resize', () => current && current.draw());
  await go(there.some(p => p[0] === wanted) ? wanted : there[0][0]);
}

main().catch(e => {
  document.getElementById('page').replaceChildren();
  complain(e);
});
