"use strict";
(function () {
  const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#444444", "#882255"];

  function show(value) {
    if (value === null || value === undefined) { return "–"; }
    const size = Math.abs(value);
    return size !== 0 && (size >= 1e5 || size < 1e-3) ? value.toExponential(3).replace(/\.?0+e\+?/, "e") : String(+value.toPrecision(5));
  }

  function behind(c) {
    return function (u) {
      const g = u.ctx;
      g.save();
      g.fillStyle = "#efefef";
      for (const band of c.bands || []) {
        const a = u.valToPos(Math.max(band[0], u.scales.x.min), "x", true);
        const b = u.valToPos(Math.min(band[1], u.scales.x.max), "x", true);
        if (b > a) { g.fillRect(a, u.bbox.top, b - a, u.bbox.height); }
      }
      g.restore();
    };
  }

  function errorBars(c) {
    return function (u) {
      const g = u.ctx;
      g.save();
      g.beginPath();
      g.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
      g.clip();
      c.series.forEach(function (s, n) {
        if (!s.errors || !u.series[n + 1].show) { return; }
        g.strokeStyle = colourOf(s, c.series);
        g.lineWidth = devicePixelRatio;
        s.errors.forEach(function (e, i) {
          const y = u.data[n + 1][i];
          if (e === null || y === null) { return; }
          const x = u.valToPos(u.data[0][i], "x", true);
          g.beginPath();
          g.moveTo(x, u.valToPos(y - e, "y", true));
          g.lineTo(x, u.valToPos(y + e, "y", true));
          g.stroke();
        });
      });
      g.restore();
    };
  }

  function crosses(u, n, i0, i1) {
    const path = new Path2D();
    const r = 3.5 * devicePixelRatio;
    for (let i = i0; i <= i1; i++) {
      const v = u.data[n][i];
      if (v === null || v === undefined) { continue; }
      const x = u.valToPos(u.data[0][i], "x", true);
      const y = u.valToPos(v, "y", true);
      path.moveTo(x - r, y - r);
      path.lineTo(x + r, y + r);
      path.moveTo(x + r, y - r);
      path.lineTo(x - r, y + r);
    }
    return { stroke: path };
  }

  function colourOf(s, all) {
    const groups = Array.from(new Set(all.map((x) => x.group)));
    return COLOURS[groups.indexOf(s.group) % COLOURS.length];
  }

  function seriesOptions(s, n, all) {
    const colour = colourOf(s, all);
    const again = all.slice(0, n).some((x) => x.name === s.name);
    const o = { label: s.name, class: again ? "again" : "first", stroke: colour, width: 1.8, spanGaps: s.joined === true, points: { show: false }, value: (u, v) => show(v) };
    if (s.style === "dashed") { o.dash = [7, 5]; }
    if (s.style === "points" || s.style === "dots") {
      const size = s.style === "dots" ? 3 : 6;
      o.paths = () => null;
      o.points = { show: true, size: size, width: 1, stroke: colour, fill: colour };
    }
    if (s.style === "crosses") { o.paths = crosses; o.spanGaps = false; }
    if (s.style === "bars") {
      o.paths = uPlot.paths.stepped({ align: 1 });
      o.fill = "#b5d0e6";
      o.width = 1;
      o.fillTo = 0;
    }
    return o;
  }

  function chart(element, c) {
    const width = () => Math.max(260, element.clientWidth);
    const ends = (axis) => (u, low, high) => {
      const from = axis.min === null || axis.min === undefined ? low : axis.min;
      const to = axis.max === null || axis.max === undefined ? high : axis.max;
      if (from === null || to === null) { return [0, 1]; }
      return from < to ? [from, to] : [from - 0.5, from + 0.5];
    };
    let zoomed = false;
    const across = ends(c.x);
    const options = {
      width: width(),
      height: c.square ? width() : Math.round(Math.max(240, Math.min(420, width() * 0.62))),
      scales: {
        x: { time: false, distr: c.x.log ? 3 : 1, range: (u, a, b) => (zoomed ? [a, b] : across(u, a, b)) },
        y: { distr: c.y.log ? 3 : 1 }
      },
      axes: [
        { label: c.x.label, values: (u, ticks) => ticks.map((v) => (v === null ? "" : show(v))) },
        { label: c.y.label, size: 74, labelSize: 26, values: (u, ticks) => ticks.map((v) => (v === null ? "" : show(v))) }
      ],
      series: [{ label: c.x.label, value: (u, v) => show(v) }].concat(c.series.map(seriesOptions)),
      cursor: { drag: { x: true, y: false } },
      hooks: {
        drawClear: [behind(c)],
        draw: [errorBars(c)],
        setSelect: [(u) => { zoomed = u.select.width > 0; }]
      }
    };
    if (!c.y.log) {
      const fixed = ends(c.y);
      options.scales.y.range = (u, low, high) => {
        if (low === null) { return fixed(u, 0, 1); }
        const round = uPlot.rangeNum(low, high, 0.08, true);
        return fixed(u, round[0], round[1]);
      };
    } else if (c.y.min || c.y.max) {
      options.scales.y.range = (u, low, high) => {
        const fixed = ends(c.y)(u, low, high);
        return uPlot.rangeLog(fixed[0], fixed[1], 10, false);
      };
    }
    const plot = new uPlot(options, [c.at].concat(c.series.map((s) => s.y)), element);
    element.addEventListener("dblclick", () => { zoomed = false; }, true);
    addEventListener("resize", () => plot.setSize({ width: width(), height: options.height }));
  }

  function enlarge(image) {
    const view = document.createElement("div");
    const big = document.createElement("img");
    const hint = document.createElement("p");
    hint.textContent = "wheel: zoom · drag: move · Esc: close";
    big.src = image.src;
    big.alt = image.alt;
    view.className = "view";
    view.append(big, hint);
    document.body.append(view);
    let scale = Math.min(innerWidth / image.naturalWidth, innerHeight / image.naturalHeight);
    let x = (innerWidth - scale * image.naturalWidth) / 2;
    let y = (innerHeight - scale * image.naturalHeight) / 2;
    let from = null;
    const place = () => { big.style.transform = "translate(" + x + "px," + y + "px) scale(" + scale + ")"; };
    const close = () => { view.remove(); removeEventListener("keydown", key); };
    const key = (e) => { if (e.key === "Escape") { close(); } };
    view.addEventListener("wheel", (e) => {
      e.preventDefault();
      const f = Math.exp(-e.deltaY / 400);
      x = e.clientX - f * (e.clientX - x);
      y = e.clientY - f * (e.clientY - y);
      scale *= f;
      place();
    }, { passive: false });
    view.addEventListener("pointerdown", (e) => { e.preventDefault(); from = [e.clientX - x, e.clientY - y]; });
    view.addEventListener("pointermove", (e) => { if (from) { x = e.clientX - from[0]; y = e.clientY - from[1]; place(); } });
    view.addEventListener("pointerup", () => { from = null; });
    view.addEventListener("dblclick", close);
    addEventListener("keydown", key);
    place();
  }

  function sortable(table) {
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      head.addEventListener("click", function () {
        const down = head.classList.contains("up");
        heads.forEach((h) => h.classList.remove("up", "down"));
        head.classList.add(down ? "down" : "up");
        const body = table.tBodies[0];
        const value = (row) => {
          const cell = row.cells[column];
          return cell.dataset.value === undefined ? cell.textContent : cell.dataset.value;
        };
        const rows = Array.from(body.rows).sort(function (p, q) {
          const a = value(p);
          const b = value(q);
          if (a === "" || b === "") { return (a === "") - (b === ""); }
          const order = isNaN(a) || isNaN(b) ? a.localeCompare(b) : a - b;
          return down ? -order : order;
        });
        body.append(...rows);
      });
    });
  }

  function unfold() {
    const named = document.getElementById(location.hash.slice(1));
    if (named) { named.open = true; }
  }

  const charts = JSON.parse(document.getElementById("charts").textContent);
  document.querySelectorAll(".chart").forEach((e) => chart(e, charts[Number(e.dataset.chart)]));
  document.querySelectorAll("table.sortable").forEach(sortable);
  document.querySelectorAll(".panel img").forEach((i) => i.addEventListener("click", () => enlarge(i)));
  addEventListener("hashchange", unfold);
  unfold();
  const images = Array.from(document.images).map((i) => (i.complete ? null : i.decode()));
  // not in an animation frame: a page that nobody sees has none
  Promise.all(images).then(() => setTimeout(() => { document.title = "ready"; }, 0));
})();
