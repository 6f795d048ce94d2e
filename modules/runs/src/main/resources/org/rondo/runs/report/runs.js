"use strict";
// Draws several runs over each other. Each has rounds [round, tokens, seconds, loss, tokens per second], whose tokens and
// seconds are those of the run until then, and evaluations {round, tokens, seconds, scores: [{name, value, higher_is_better}]}.
const runs = JSON.parse(document.getElementById("histories").textContent);

const number = (value, digits = 3) => Number(value).toLocaleString("en", {maximumFractionDigits: digits});
const precise = value => {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  return size >= 1000 ? Number(value.toPrecision(4)).toLocaleString("en") : size && size < 1e-4 ? value.toExponential(3) : value.toPrecision(4);
};
const short = value => value >= 1e6 ? number(value / 1e6, 2) + " M" : value >= 1e4 ? number(value / 1e3, 1) + " k" : number(value, 0);
const duration = s => s >= 3600 ? `${Math.floor(s / 3600)} h ${Math.floor(s % 3600 / 60)} min` : s >= 60 ? `${Math.floor(s / 60)} min ${Math.round(s % 60)} s` : `${Math.round(s)} s`;
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function element(tag, className, text) {
  const node = document.createElement(tag);
  node.className = className || "";
  if (text !== undefined) node.textContent = text;
  return node;
}

// The last part of a run's path, or all of it where another run ends alike.
const lastPart = path => path.split("/").filter(Boolean).pop() || path;
runs.forEach((run, n) => {
  const end = lastPart(run.path);
  run.name = runs.filter(other => lastPart(other.path) === end).length === 1 ? end : run.path;
  run.color = `--run-${n % 8}`;
  run.shown = true;
});

// Metrics of all runs, the first ones first; of each whether more is better.
const metrics = new Map();
for (const run of runs) for (const {scores} of run.evaluations) for (const {name, higher_is_better} of scores) {
  if (!metrics.has(name)) metrics.set(name, higher_is_better);
}
// What can be compared: figures of other tasks have other units, and a token of another tokenizer is another part of the text.
const kind = ({settings, subject}) => !settings.task || settings.task === "language-model"
  ? ["language-model", settings["data.tokenizer"], subject.vocabulary].filter(Boolean).join(", ") : settings.task;
const kinds = [...new Set(runs.map(kind))];
const targets = kinds.every(name => name.startsWith("language-model")) ? "tokens" : "targets";

const score = (evaluation, name) => ((evaluation && evaluation.scores || []).find(s => s.name === name) || {}).value;
const best = run => run.evaluations.filter(e => e.best).pop();

const AXES = {
  [targets]: {label: targets, at: 1, tick: short},
  rounds: {label: "round", at: 0},
  seconds: {label: "seconds of training", at: 2},
};
let axisName = targets;
const place = evaluation => [evaluation.round, evaluation.tokens, evaluation.seconds][AXES[axisName].at];

function chooser() {
  const section = document.getElementById("runs");
  for (const run of runs) {
    const button = element("button"), dot = element("span", "dot");
    dot.style.background = `var(${run.color})`;
    button.append(dot, run.name);
    button.title = run.path;
    button.setAttribute("aria-pressed", "true");
    button.addEventListener("click", () => {
      run.shown = !run.shown;
      button.setAttribute("aria-pressed", String(run.shown));
      draw();
    });
    section.append(button);
  }
}

function controls() {
  const select = element("select"), label = element("label", "", "horizontal axis");
  for (const name of Object.keys(AXES)) select.append(Object.assign(element("option", "", name), {value: name}));
  select.addEventListener("change", () => { axisName = select.value; draw(); });
  label.append(select);
  document.getElementById("controls").append(label);
}

// What uPlot takes: the x values, then for each series its values there, null where it has none.
function align(series) {
  const x = [...new Set(series.flatMap(s => s.points.map(p => p[0])))].sort((a, b) => a - b);
  return [x, ...series.map(s => {
    const values = new Map(s.points);
    return x.map(at => values.has(at) ? values.get(at) : null);
  })];
}

const plots = [];

function chart(title, unit, given, options = {}) {
  const series = given.map(s => ({...s, points: s.points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))})).filter(s => s.points.length);
  if (!series.length) return;
  const card = element("div", "card" + (options.wide ? " wide" : ""));
  card.append(element("h2", "", title));
  if (options.note) card.append(element("p", "note", options.note));
  document.getElementById("charts").append(card);
  const axis = label => ({
    label, labelSize: 22, font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif",
    stroke: () => css("--soft"), grid: {stroke: () => css("--grid"), width: 1}, ticks: {stroke: () => css("--grid"), width: 1},
  });
  const tick = options.tick || (t => String(Number(t.toPrecision(3))));
  const over = AXES[axisName];
  const plot = new uPlot({
    width: card.clientWidth - 34, height: options.wide ? 320 : 230,
    scales: {x: {time: false}, y: {range: options.range}},
    axes: [{...axis(over.label), ...(over.tick ? {values: (u, ticks) => ticks.map(over.tick)} : {})}, {...axis(unit), size: 68, values: (u, ticks) => ticks.map(tick)}],
    series: [{label: over.label, value: (u, v) => v === null ? "–" : number(v, 1)}, ...series.map(s => ({
      label: s.label, stroke: () => css(s.color), width: s.faint ? 1 : 2, dash: s.faint ? [4, 4] : undefined, spanGaps: true,
      points: {show: s.marks && s.points.length < 80, size: 6, fill: () => css("--card")},
      value: (u, v) => v === null ? "–" : precise(v),
    }))],
    cursor: {points: {size: 7}},
  }, align(series), card);
  plots.push({plot, card});
}

function draw() {
  plots.splice(0).forEach(({plot}) => plot.destroy());
  document.getElementById("charts").replaceChildren();
  const shown = runs.filter(run => run.shown), at = AXES[axisName].at;
  const trained = (drawn, field) => drawn.map(run => ({label: run.name, color: run.color, points: run.rounds.map(r => [r[at], r[field]])}));
  const measured = (drawn, of) => drawn.map(run => ({label: run.name, color: run.color, marks: true, points: run.evaluations.map(e => [place(e), of(e)])}));
  for (const each of kinds) {
    const drawn = shown.filter(run => kind(run) === each), title = text => kinds.length === 1 ? text : `${text}: ${each}`;
    chart(title("Loss"), "mean per target", [
      ...trained(drawn, 3).map(s => ({...s, label: `${s.label}, training`, faint: true})),
      ...measured(drawn, e => e.loss).map(s => ({...s, label: `${s.label}, validation`})),
    ], {wide: true, note: "Training dashed, validation solid."});
    for (const name of metrics.keys()) if (name !== "loss") chart(title(`Validation ${name}`), name, measured(drawn, e => score(e, name)));
  }
  chart("Speed", `${targets} per second`, trained(shown, 4), {tick: short, range: (u, low, high) => [0, high * 1.1]});
}

// A table with a row for each thing and a column for each run, or the other way round.
function table(section, title, head, rows, note) {
  const card = element("div", "card"), body = element("table", "of-runs"), first = element("tr");
  first.append(element("th"), ...head);
  body.append(first, ...rows);
  card.append(element("h2", "", title));
  if (note) card.append(element("p", "note", note));
  card.append(body);
  document.getElementById(section).append(card);
}

function named(run) {
  const cell = element("th"), dot = element("span", "dot");
  dot.style.background = `var(${run.color})`;
  cell.append(dot, run.name);
  return cell;
}

function scores() {
  const names = [...metrics.keys()];
  const speed = run => run.seconds ? run.tokens / run.seconds : NaN;
  const winner = (name, each) => {
    const values = runs.filter(run => kind(run) === each).map(run => score(best(run), name)).filter(Number.isFinite);
    return values.length < 2 ? NaN : metrics.get(name) ? Math.max(...values) : Math.min(...values);
  };
  const winners = new Map(kinds.map(each => [each, names.map(name => winner(name, each))]));
  const rows = runs.map(run => {
    const row = element("tr"), found = best(run);
    row.append(named(run), ...names.map((name, n) => {
      const value = score(found, name);
      return element("td", value === winners.get(kind(run))[n] ? "best" : "", precise(value));
    }), ...[found ? number(found.round, 0) : "–", number(run.last_round, 0), short(run.tokens), short(speed(run) || 0), duration(run.seconds), run.state].map(text => element("td", "", text)));
    return row;
  });
  const head = [...names, "best round", "rounds", targets, `${targets}/s`, "time", "state"].map(name => element("th", "", name));
  table("scores", "Scores of the best checkpoints on the validation split", head, rows, "Speed and time are of training alone. Bold is the best of a column among runs of the same task, and of language models with the same vocabulary. Pictures, confusions, gradients and the balance of shards are in report.html of each run's folder.");
}

// Rows of what is not the same in all runs.
function differences(title, field, always = []) {
  const keys = [...new Set(runs.flatMap(run => Object.keys(run[field])))].sort();
  const differing = keys.filter(key => always.includes(key) || new Set(runs.map(run => run[field][key] ?? "")).size > 1);
  if (!differing.length) return;
  table("differences", title, runs.map(named), differing.map(key => {
    const row = element("tr");
    row.append(element("th", "", key.replaceAll("_", " ")), ...runs.map(run => element("td", "", run[field][key] ?? "–")));
    return row;
  }));
}

// What language models and networks that write texts write.
function samples() {
  const some = runs.filter(run => run.sample);
  if (!some.length) return;
  const card = element("div", "card");
  card.append(element("h2", "", "What the best checkpoints write"));
  for (const run of some) card.append(element("p", "note", run.name), element("pre", "", run.sample));
  document.getElementById("samples").append(card);
}

document.getElementById("title").textContent = `${runs.length} ${runs.length === 1 ? "run" : "runs compared"}`;
chooser();
scores();
controls();
draw();
samples();
differences("Settings that differ", "settings");
differences("Networks and data that differ", "subject", ["parameters"]);
differences("Machines and versions", "machine", ["rondo", "java", "workers", "cores_of_the_driver", "kernels"]);
const fit = () => plots.forEach(({plot, card}) => plot.setSize({width: card.clientWidth - 34, height: plot.height}));
window.addEventListener("resize", fit);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => plots.forEach(({plot}) => plot.redraw()));
