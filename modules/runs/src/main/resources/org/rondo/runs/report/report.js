"use strict";
// Draws the page from the run's events, in the order in which they were written.
const events = JSON.parse(document.getElementById("events").textContent);
const all = name => events.filter(e => e.event === name);
const last = name => all(name).pop() || {};

// A resumed run repeats the rounds after its checkpoint: the later record of a round counts.
const byRound = name => [...new Map(all(name).map(e => [e.round, e])).values()].sort((a, b) => a.round - b.round);
const rounds = byRound("round_finished");
// Earlier versions wrote a loss and a perplexity where there is a list of scores now.
const evaluations = byRound("evaluated").map(e => ({...e, scores: e.scores || [
  {name: "loss", value: e.loss, higher_is_better: false}, {name: "perplexity", value: e.perplexity, higher_is_better: false},
].filter(s => Number.isFinite(s.value))}));

const number = (value, digits = 3) =>
  value === undefined || value === null ? "–" : Number(value).toLocaleString("en", {maximumFractionDigits: digits});
// Four significant digits: 12,350, 3.142, 0.001250, 1.250e-7.
const precise = value => {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  return size >= 1000 ? Number(value.toPrecision(4)).toLocaleString("en") : size && size < 1e-4 ? value.toExponential(3) : value.toPrecision(4);
};
const percent = share => number(100 * share, 1) + " %";
const power = exponent => "1e" + exponent;
const short = value => value >= 1e6 ? number(value / 1e6, 2) + " M" : value >= 1e4 ? number(value / 1e3, 1) + " k" : number(value, 0);
const duration = s => s >= 3600 ? `${Math.floor(s / 3600)} h ${Math.floor(s % 3600 / 60)} min` : s >= 60 ? `${Math.floor(s / 60)} min ${Math.round(s % 60)} s` : `${Math.round(s)} s`;

function element(tag, className, text) {
  const node = document.createElement(tag);
  node.className = className || "";
  if (text !== undefined) node.textContent = text;
  return node;
}

function tile(label, figure, note) {
  const node = element("div", "card tile");
  node.append(element("div", "label", label), element("div", "figure", figure), element("div", "note", note || ""));
  document.getElementById("tiles").append(node);
}

// Wall time of the run's parts: from the start of each to the last event before the next.
function wallTime() {
  let total = 0, from = 0, to = 0;
  for (const e of events) {
    const now = Date.parse(e.time);
    if (e.event === "configuration") { total += to - from; from = now; }
    to = now;
  }
  return (total + to - from) / 1e3;
}

const squared = last("configuration").loss === "squared error";
const value = (evaluation, name) => (evaluation.scores.find(s => s.name === name) || {}).value;
// The metric that decides, and whether a value of it is better than another.
const decisive = evaluations.length ? evaluations[0].scores[0] : {name: "loss", higher_is_better: false};
const better = (a, b) => decisive.higher_is_better ? a > b : a < b;
const best = evaluations.reduce((a, e) => Number.isFinite(value(e, decisive.name)) && (!a || better(value(e, decisive.name), value(a, decisive.name))) ? e : a, null);
const perplexed = evaluations.some(e => Number.isFinite(value(e, "perplexity")));
// What is counted, as in the lines of the terminal.
const targets = perplexed ? "tokens" : "targets";
const unit = squared ? "squared error" : perplexed ? "nats per token" : "nats per target";

// Scores that neither the loss nor its figures show.
const others = evaluation => evaluation.scores.filter(s => s.name !== decisive.name && !["loss", "perplexity", "bits-per-token"].includes(s.name));

function summary() {
  const run = last("configuration"), end = last("finished");
  const seconds = rounds.reduce((sum, r) => sum + r.seconds, 0);
  const tokens = rounds.reduce((sum, r) => sum + r.tokens, 0);
  const latest = rounds[rounds.length - 1];
  const failed = last("failed").message;
  const state = failed ? "failed: " + failed : end.end === "INTERRUPTED" ? "interrupted, can be resumed" : end.end === "TIME_LIMIT" ? "stopped by train.time_limit, can be resumed" : end.end === "STOPPED_EARLY" ? "stopped early" : end.event ? "finished" : latest ? `round ${latest.round} of ${latest.rounds}` : "no round finished yet";
  const name = (run.output || "").split("/").filter(Boolean).pop();
  const begun = all("configuration").map(e => e.time)[0];
  const when = begun ? `${begun.slice(0, 10)} ${begun.slice(11, 16)} UTC, ${duration(wallTime())}` : "";
  document.getElementById("name").textContent = name || "Training report";
  document.getElementById("subtitle").textContent = [state, when, run.output].filter(Boolean).join(" · ");
  document.title = name ? `${name}: Rondo` : "Rondo: training report";
  tile(`Best validation ${decisive.name}`, best ? precise(value(best, decisive.name)) : "–", best ? `${decisive.name === "loss" ? unit + ", " : ""}round ${best.round}` : "not evaluated yet");
  if (perplexed) tile("Perplexity", best ? precise(value(best, "perplexity")) : "–", best ? `${precise(best.loss / Math.LN2)} bits per token` : "");
  for (const score of others(best || {scores: []})) tile(`Validation ${score.name}`, precise(score.value), "");
  tile("Speed", seconds ? `${short(tokens / seconds)}` : "–", `${targets} per second while training`);
  tile("Learned", short(tokens), `${targets} in ${number(rounds.length, 0)} ${rounds.length === 1 ? "round" : "rounds"}`);
  tile("Training time", duration(seconds), "evaluation and start not counted");
}

// What the horizontal axis counts. Rounds that grow, or runs of other sizes, are compared by tokens or epochs.
const tokensUntil = new Map();
rounds.reduce((sum, r) => { tokensUntil.set(r.round, sum + r.tokens); return sum + r.tokens; }, 0);
const epochTokens = (last("configuration").data || {}).training_tokens;
const AXES = {
  rounds: {label: "round", of: round => round, steps: true},
  [targets]: {label: targets, of: round => tokensUntil.get(round), tick: t => short(t)},
  ...(epochTokens ? {epochs: {label: "epochs", of: round => tokensUntil.get(round) / epochTokens}} : {}),
};
let axisName = "rounds", smoothing = 0;

function controls() {
  const bar = document.getElementById("controls");
  const select = element("select");
  for (const name of Object.keys(AXES)) select.append(Object.assign(element("option", "", name), {value: name}));
  select.addEventListener("change", () => { axisName = select.value; draw(); });
  const across = element("label", "", "horizontal axis");
  across.append(select);
  const slider = Object.assign(element("input"), {type: "range", min: 0, max: 0.98, step: 0.02, value: 0});
  const shown = element("span", "", "off");
  slider.addEventListener("input", () => {
    smoothing = Number(slider.value);
    shown.textContent = smoothing ? smoothing.toFixed(2) : "off";
    draw();
  });
  const smooth = element("label", "", "smoothing of training curves");
  smooth.append(slider, shown);
  bar.append(across, smooth);
}

// Points over rounds become points over what the axis counts, by an exponential moving average where they are smoothed.
function placed(series) {
  let mean = null;
  return series.points
    .filter(([, y]) => Number.isFinite(y))
    .map(([round, y]) => {
      mean = mean === null || !series.smooth ? y : smoothing * mean + (1 - smoothing) * y;
      return [AXES[axisName].of(round), mean];
    })
    .filter(([x]) => Number.isFinite(x));
}

const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const plots = [];

// Steps between the ticks of what is counted.
const WHOLE = [1, 10, 100, 1e3, 1e4, 1e5, 1e6].flatMap(n => [n, 2 * n, 5 * n]);

// One diagram over rounds; options: wide, height, x (label of the horizontal axis, where it counts something else), range, format, tick, steps (between ticks), note.
function chart(title, unit, given, options = {}) {
  const series = options.x ? given : given.map(s => ({...s, points: placed(s)}));
  const card = element("div", "card" + (options.wide ? " wide" : ""));
  card.append(element("h2", "", title));
  document.getElementById("charts").append(card);
  if (series.every(s => !s.points.length)) {
    card.append(element("div", "empty", "Nothing recorded yet."));
    return;
  }
  if (options.note) card.append(element("p", "note", options.note));
  const axis = label => ({
    label, labelSize: 22, font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif",
    stroke: () => css("--soft"), grid: {stroke: () => css("--grid"), width: 1}, ticks: {stroke: () => css("--grid"), width: 1},
  });
  const format = options.format || precise;
  const tick = options.tick || (t => String(Number(t.toPrecision(3))));
  const over = AXES[axisName];
  const xLabel = options.x || over.label;
  const xAxis = options.x || over.steps ? {incrs: WHOLE} : over.tick ? {values: (u, ticks) => ticks.map(over.tick)} : {};
  const plot = new uPlot({
    width: card.clientWidth - 34, height: options.height || (options.wide ? 320 : 230),
    scales: {x: {time: false}, y: {range: options.range}},
    axes: [{...axis(xLabel), ...xAxis}, {...axis(unit), size: 68, values: (u, ticks) => ticks.map(tick), incrs: options.steps}],
    series: [{label: xLabel, value: (u, v) => v === null ? "–" : Number.isInteger(v) ? number(v, 0) : precise(v)}, ...series.map(s => ({
      label: s.label, stroke: () => css(s.color), width: s.faint ? 1 : 2, dash: s.faint ? [4, 4] : undefined, spanGaps: true,
      points: {show: s.marks && s.points.length < 80, size: 6, fill: () => css("--card")},
      value: (u, v) => v === null ? "–" : format(v),
    }))],
    cursor: {points: {size: 7}},
  }, align(series), card);
  plots.push({plot, card});
  return {plot, card};
}

// What uPlot takes: the x values, then for each series its values there, null where it has none.
function align(series) {
  const x = [...new Set(series.flatMap(s => s.points.map(p => p[0])))].sort((a, b) => a - b);
  return [x, ...series.map(s => {
    const values = new Map(s.points);
    return x.map(at => values.has(at) ? values.get(at) : null);
  })];
}

function curves() {
  const over = (records, field) => records.filter(r => Number.isFinite(r[field])).map(r => [r.round, r[field]]);
  chart("Loss", unit, [
    {label: "training", color: "--train", smooth: true, points: over(rounds, "train_loss")},
    {label: "validation", color: "--validation", points: over(evaluations, "loss"), marks: true},
  ], {wide: true});
  const drawn = !evaluations.length ? [] : [...(decisive.name === "loss" ? [] : [decisive]), ...(perplexed ? [{name: "perplexity"}] : []), ...others(evaluations[0])];
  for (const {name} of drawn) {
    const points = evaluations.map(e => [e.round, value(e, name)]).filter(([, y]) => Number.isFinite(y));
    chart(`Validation ${name}`, name, [{label: "validation", color: "--validation", points, marks: true}]);
  }
  chart("Speed", `${targets} per second`, [{label: "training", color: "--single", smooth: true, points: over(rounds, "tokens_per_second")}],
    {format: v => number(v, 0), tick: short, range: (u, low, high) => [0, high * 1.1]});
  const parts = byRound("round_measured"), part = name => parts.map(m => [m.round, m.times[name]]);
  chart("Where the time of a round goes", "seconds", [
    {label: "broadcast", color: "--layer-3", points: part("broadcast")},
    {label: "compute", color: "--layer-0", points: part("compute")},
    {label: "reduce", color: "--layer-1", points: part("reduce")},
    {label: "outer step", color: "--layer-2", points: part("outer")},
  ], {wide: true, range: (u, low, high) => [0, high * 1.1]});
  const shared = parts.filter(m => (m.shards || []).length > 1), seconds = m => m.shards.map(s => s.seconds);
  chart("Balance of the shards", "seconds of a worker", [
    {label: "slowest", color: "--layer-1", points: shared.map(m => [m.round, Math.max(...seconds(m))])},
    {label: "mean", color: "--layer-0", points: shared.map(m => [m.round, seconds(m).reduce((a, b) => a + b) / m.shards.length])},
    {label: "fastest", color: "--layer-2", points: shared.map(m => [m.round, Math.min(...seconds(m))])},
  ], {wide: true, range: (u, low, high) => [0, high * 1.1], note: "Every round waits for its slowest shard. Of more than 16 shards these are the 16 slowest."});
  chart("Gradient norm", "mean norm before clipping", [{label: "training", color: "--single", smooth: true, points: over(rounds, "gradient_norm")}]);
  chart("Clipped steps", "share of steps", [{label: "training", color: "--single", smooth: true, points: over(rounds, "clipped_share")}],
    {format: percent, tick: percent, range: () => [0, 1]});
  chart("Learning rate", "learning rate", [{label: "training", color: "--single", points: over(rounds, "learning_rate")}],
    {wide: true, height: 180, range: (u, low, high) => [0, high * 1.1]});
}

// Gradients through time: a line per recurrent layer, of a round that the reader chooses, beside the first one.
function gradientsThroughTime() {
  const measured = byRound("gradients_measured");
  if (!measured.length) return;
  const first = measured[0];
  const color = layer => `--layer-${layer % 4}`;
  // Logarithms on a linear axis: uPlot's logarithmic one ends at 1e-16.
  const points = (record, layer) => record.norms[layer].map((norm, k) => [k, Math.log10(norm)]).filter(([, y]) => Number.isFinite(y));
  const lines = record => [
    ...record.norms.map((_, i) => ({label: `layer ${i + 1}`, color: color(i), points: points(record, i)})),
    ...first.norms.map((_, i) => ({label: `layer ${i + 1}, round ${first.round}`, color: color(i), points: points(first, i), faint: true})),
  ];
  const drawn = chart("Gradients through time", "norm of the gradient", lines(measured[measured.length - 1]), {
    wide: true, x: "steps back", tick: power, steps: WHOLE, format: v => (10 ** v).toExponential(2),
    range: (u, low, high) => [Math.floor(low), Math.max(Math.floor(low) + 1, Math.ceil(high))],
    note: "How strongly the loss of one step depends on each layer's hidden state k steps before. A line that falls far is a gradient that vanishes: nothing is learned across that many steps. One that rises explodes.",
  });
  if (measured.length === 1) return;
  const slider = Object.assign(element("input"), {type: "range", min: 0, max: measured.length - 1, value: measured.length - 1});
  const label = element("label", "slider"), shown = element("span");
  const show = () => {
    const record = measured[slider.value];
    shown.textContent = `round ${record.round}`;
    drawn.plot.setData(align(lines(record)));
  };
  slider.addEventListener("input", show);
  label.append(slider, shown);
  drawn.card.querySelector(".note").after(label);
  show();
}

const shown = value => typeof value === "object"
  ? Object.entries(value).map(([key, part]) => `${key.replaceAll("_", " ")} ${shown(part)}`).join(", ")
  : typeof value !== "number" ? String(value) : Number.isInteger(value) ? number(value, 0) : precise(value);

function table(column, title, record, name = key => key.replaceAll("_", " ")) {
  const rows = Object.entries(record || {}).filter(([, value]) => value !== null && value !== "");
  if (!rows.length) return;
  const card = element("div", "card");
  const body = element("table");
  for (const [key, value] of rows) {
    const row = element("tr");
    row.append(element("td", "", name(key)), element("td", "", shown(value)));
    body.append(row);
  }
  card.append(element("h2", "", title), body);
  column.append(card);
}

const shaded = share => `color-mix(in srgb, var(--train) ${Math.round(80 * share)}%, transparent)`;

// A row for each name, darker where a weight is a larger share of it.
function matrix({title, note, rows, columns, weights}, text = () => "") {
  const card = element("div", "card"), frame = element("div", "matrix"), body = element("table");
  const head = element("thead"), names = element("tr");
  names.append(element("th"), ...columns.map(name => element("th", "", name)));
  head.append(names);
  body.append(head, ...rows.map((name, r) => {
    const row = element("tr"), sum = weights[r].reduce((a, w) => a + w, 0);
    row.append(element("th", "", name), ...weights[r].map((weight, c) => {
      const cell = element("td", "", text(weight));
      cell.title = `${name}, ${columns[c]}: ${number(weight)}`;
      cell.style.background = shaded(sum ? weight / sum : 0);
      return cell;
    }));
    return row;
  }));
  frame.append(body);
  card.append(element("h2", "", title), element("p", "note", note), frame);
  document.getElementById("pictures").append(card);
}

// Counts of "a as b", a class that was taken for another, as a matrix. Names may hold " as " too: a class that was ever right is known.
const MOST_CLASSES = 40;
function confusions(column, metric, record) {
  const pairs = Object.entries(record).map(([key, count]) => ({words: key.split(" as "), count}));
  if (!pairs.length || pairs.some(({words}) => words.length < 2)) return false;
  const half = words => [words.slice(0, words.length / 2).join(" as "), words.slice(words.length / 2).join(" as ")];
  const known = new Set(pairs.map(({words}) => half(words)).filter(([a, b]) => a === b).map(([a]) => a));
  const cut = words => words.slice(1).map((_, i) => [words.slice(0, i + 1).join(" as "), words.slice(i + 1).join(" as ")]);
  const cells = pairs.map(({words, count}) => {
    const cuts = cut(words);
    return {of: cuts.find(([a, b]) => known.has(a) && known.has(b)) || cuts.find(([a, b]) => known.has(a) || known.has(b)) || cuts[0], count};
  });
  const names = [...new Set(cells.flatMap(({of}) => of))].sort();
  if (names.length > MOST_CLASSES) {
    const mistakes = cells.filter(({of: [a, b]}) => a !== b).sort((x, y) => y.count - x.count).slice(0, MOST_CLASSES);
    table(column, `Most frequent mistakes (${metric})`, Object.fromEntries(mistakes.map(({of: [a, b], count}) => [`${a} as ${b}`, count])), key => key);
    return true;
  }
  const counts = names.map(() => names.map(() => 0));
  for (const {of: [a, b], count} of cells) counts[names.indexOf(a)][names.indexOf(b)] = count;
  matrix({
    title: `Which class was taken for which (${metric})`, note: "A row for each class of the validation data, a column for what was predicted.",
    rows: names, columns: names, weights: counts,
  }, count => count ? number(count, 0) : "");
  return true;
}

// How the parts of a picture of lines look.
const PARTS = {
  TRUTH: {color: "--ink", width: 1.2}, PREDICTION: {color: "--validation", width: 2}, SCORE: {color: "--train", width: 1.5},
  THRESHOLD: {color: "--layer-3", width: 1, dash: [4, 4]}, LOWER: {color: "--validation", width: 0.5}, UPPER: {color: "--validation", width: 0.5},
  FOUND: {color: "--validation", share: 90}, MARKED: {color: "--layer-2", share: 30},
};
const pale = (color, share) => `color-mix(in srgb, ${css(color)} ${share}%, transparent)`;
const drawings = [];

// Lines over the steps of a series; intervals are filled, marked steps are shaded: those of the data over the whole height, those that were found at the top.
function lines({title, note, unit, steps, lines, spans}) {
  const card = element("div", "card wide");
  card.append(element("h2", "", title), element("p", "note", note));
  document.getElementById("pictures").append(card);
  const at = lines[0].values.map((_, i) => steps.first + i * steps.every);
  const axis = {stroke: () => css("--soft"), grid: {stroke: () => css("--grid"), width: 1}, ticks: {stroke: () => css("--grid"), width: 1}, font: "12px system-ui, sans-serif"};
  const shade = plot => {
    const {left, top, width, height} = plot.bbox;
    plot.ctx.save();
    plot.ctx.beginPath();
    plot.ctx.rect(left, top, width, height);
    plot.ctx.clip();
    for (const {part, from, to} of spans) {
      const begin = plot.valToPos(from - 0.5, "x", true), end = plot.valToPos(to + 0.5, "x", true);
      plot.ctx.fillStyle = pale(PARTS[part].color, PARTS[part].share);
      // One step among hundreds is still to be seen.
      const wide = Math.max(end - begin, (part === "FOUND" ? 6 : 2) * devicePixelRatio);
      plot.ctx.fillRect((begin + end - wide) / 2, top, wide, part === "FOUND" ? height * 0.08 : height);
    }
    plot.ctx.restore();
  };
  const plot = new uPlot({
    width: card.clientWidth - 34, height: 240,
    scales: {x: {time: false}},
    axes: [{...axis, incrs: WHOLE}, {...axis, label: unit, labelSize: 20, labelFont: axis.font, size: 62, values: (u, ticks) => ticks.map(t => String(Number(t.toPrecision(4))))}],
    series: [{label: "step"}, ...lines.map(({name, part}) => ({
      label: part === "LOWER" ? `${name}, from` : part === "UPPER" ? "to" : name,
      stroke: () => css(PARTS[part].color), width: PARTS[part].width, dash: PARTS[part].dash, points: {show: false},
      value: (u, v) => v === null ? "–" : precise(v),
    }))],
    bands: lines.flatMap(({part}, i) => part === "UPPER" ? [{series: [i + 1, i], fill: () => pale("--validation", 18)}] : []),
    hooks: {drawClear: [shade]},
  }, [at, ...lines.map(line => line.values)], card);
  const marks = element("div", "marks");
  for (const [name, part] of new Map(spans.map(span => [span.name, span.part]))) {
    const mark = element("span"), swatch = element("i");
    swatch.style.background = `color-mix(in srgb, var(${PARTS[part].color}) ${PARTS[part].share}%, transparent)`;
    mark.append(swatch, name);
    marks.append(mark);
  }
  card.append(marks);
  drawings.push({plot, card});
}

// Frames of a clip, below each the one that was predicted for it.
function frames({title, note, shape: {height, width, channels}, frames, predicted}) {
  const card = element("div", "card"), clip = element("div", "clip");
  const canvas = base64 => {
    const node = Object.assign(element("canvas"), {width, height});
    if (!base64) return node;
    const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0)), image = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = bytes[i * channels + (channels === 1 ? 0 : c)];
      image.data[4 * i + 3] = 255;
    }
    node.getContext("2d").putImageData(image, 0, 0);
    return node;
  };
  for (let t = 0; t < frames.length; t++) {
    const pair = element("div");
    pair.append(canvas(frames[t]), canvas(predicted[t]));
    clip.append(pair);
  }
  card.append(element("h2", "", title), element("p", "note", note), clip);
  document.getElementById("pictures").append(card);
}

// What the task draws of a few rows; a later version may draw more kinds.
const KINDS = {lines, frames, matrix};
const pictures = () => (last("pictures").pictures || []).forEach(picture => (KINDS[picture.kind] || (() => {}))(picture));

// Sentences, one below the other.
function list(column, title, sentences) {
  if (!sentences.length) return;
  const card = element("div", "card");
  card.append(element("h2", "", title), ...sentences.map(sentence => element("p", "note", sentence)));
  column.append(card);
}

const beforeTheStart = ({warnings = [], remarks = []}) =>
  [...warnings.map(sentence => `Warning: ${sentence}`), ...remarks.map(sentence => `Note: ${sentence}`)];

function details() {
  const run = last("configuration"), sample = last("sample");
  const {event, time, scores, ...figures} = last("result");
  const left = element("div", "column"), right = element("div", "column");
  const section = document.getElementById("details");
  if (sample.text) {
    const card = element("div", "card wide");
    card.append(element("h2", "", "What the best checkpoint writes"), element("pre", "", sample.text));
    section.append(card);
  }
  section.append(left, right);
  list(left, "Before the start", beforeTheStart(last("started")));
  table(left, "Configuration", run.settings, key => key);
  table(right, "Final figures", figures);
  table(right, "Scores of the best checkpoint", scores, key => key);
  for (const [metric, record] of Object.entries(best && best.details || {})) {
    if (!confusions(left, metric, record)) table(left, `Details of ${metric}`, record, key => key);
  }
  const latest = byRound("round_measured").pop();
  if (latest && (latest.shards || []).length > 1) {
    table(right, `Shards of round ${latest.round}`, Object.fromEntries(latest.shards.map(s =>
      [`shard ${s.shard}`, `${precise(s.seconds)} s, ${number(s.tokens, 0)} ${targets}, loss ${precise(s.loss)}, ${s.executor}`])));
  }
  table(right, "Data", run.data);
  table(right, "Network", {parameters: last("started").parameters, ...run.network});
  table(right, "Machine", {kernels: last("started").fingerprint, ...run.machine});
}

// All diagrams, anew.
function draw() {
  plots.splice(0).forEach(({plot}) => plot.destroy());
  document.getElementById("charts").replaceChildren();
  curves();
  gradientsThroughTime();
}

summary();
controls();
draw();
pictures();
details();
const fit = () => [...plots, ...drawings].forEach(({plot, card}) => plot.setSize({width: card.clientWidth - 34, height: plot.height}));
window.addEventListener("resize", fit);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => [...plots, ...drawings].forEach(({plot}) => plot.redraw()));
