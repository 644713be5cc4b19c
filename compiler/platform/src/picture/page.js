const search = document.getElementById("search");
const count = document.getElementById("count");
const told = document.createElement("div");
told.id = "told";
told.hidden = true;
document.body.append(told);
let view = 0;
let chosen = null;

const section = () => document.querySelector(`section[data-view="${view}"]`);
const element = (node) => document.getElementById(`v${view}n${node}`);

function line(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

// What stays bright: what is found, or what is chosen with all that a line joins to it.
function update() {
  const { nodes, edges } = data[view];
  const shown = new Set([...section().querySelectorAll("[data-group]:checked")].map((box) => +box.dataset.group));
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (node) => [node.label, node.kind, ...node.details].join(" ").toLowerCase();
  const hits = new Set(nodes.flatMap((node, id) => (words.length && words.every((word) => text(node).includes(word)) ? [id] : [])));
  const bright = new Set(hits);
  if (chosen !== null) {
    bright.add(chosen);
    edges.forEach(({ from, to }) => {
      if (from === chosen) bright.add(to);
      if (to === chosen) bright.add(from);
    });
  }
  const all = !words.length && chosen === null;
  nodes.forEach((node, id) => {
    const classes = element(id).classList;
    classes.toggle("gone", !shown.has(node.group));
    classes.toggle("dim", !all && !bright.has(id));
    classes.toggle("hit", hits.has(id) || id === chosen);
  });
  section().querySelectorAll(".edge").forEach((drawn, number) => {
    const { from, to } = edges[number];
    const touches = chosen === null ? hits.has(from) || hits.has(to) : from === chosen || to === chosen;
    drawn.classList.toggle("gone", !shown.has(nodes[from].group) || !shown.has(nodes[to].group));
    drawn.classList.toggle("dim", !all && !touches);
  });
  count.textContent = words.length ? `${hits.size} of ${nodes.length}` : "";
}

function tell(id) {
  chosen = chosen === id ? null : id;
  told.hidden = chosen === null;
  if (chosen === null) return;
  const { nodes, edges } = data[view];
  const node = nodes[id];
  told.replaceChildren(line("h2", node.kind), line("strong", node.label));
  node.details.forEach((detail) => told.append(line("p", detail)));
  if (node.source) told.append(line("code", node.source));
  edges.filter(({ from, to }) => from === id || to === id).forEach(({ from, to, means, label, source }) => {
    told.append(line("p", `${nodes[from].label} ${means} ${nodes[to].label}${label ? `: ${label}` : ""}`));
    if (source) told.append(line("code", source));
  });
}

function show(number) {
  view = number;
  chosen = null;
  told.hidden = true;
  document.querySelectorAll("[data-view]").forEach((part) => part.classList.toggle("on", +part.dataset.view === view));
  location.hash = view;
  update();
}

document.querySelectorAll("button[data-view]").forEach((button) => button.addEventListener("click", () => show(+button.dataset.view)));
document.querySelectorAll(".node").forEach((drawn) => drawn.addEventListener("click", () => {
  tell(+drawn.id.replace(/^v\d+n/, ""));
  update();
}));
document.querySelectorAll("[data-group]").forEach((box) => box.addEventListener("change", update));
search.addEventListener("input", update);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    search.value = "";
    chosen = null;
    told.hidden = true;
    update();
  }
});
const wanted = +location.hash.slice(1);
show(wanted >= 0 && wanted < data.length ? wanted : 0);
