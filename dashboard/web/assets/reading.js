// Reading a chart at a point: by pointer, finger or keys. Without it the table says the same.
const DRAWING = "figure.chart svg.drawing:has(.mark)";
const MOST = 8; // series that a card has room for
const GAP = 16; // pixels between a point and its card, and between that and the window
const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, Home: -1e6, End: 1e6 };
let now = null; // what is read: { svg, at, pinned }, `at` counting the places of the drawing
const card = () => document.querySelector(".reading");
const rect = (part) => part.getBoundingClientRect();
const ring = (read) => document.querySelectorAll(".mark").forEach((mark) =>
  mark.classList.toggle("read", read.includes(mark)));

// The places along the axis in order, each as its marks; `flat` where bars of areas lie.
function places(svg) {
  const found = [];
  svg.querySelectorAll(".mark").forEach((mark) => (found[mark.dataset.at] ||= []).push(mark));
  const all = found.filter(Boolean), left = all.map(([mark]) => rect(mark).x);
  all.flat = all.length > 1 && left.every((x) => Math.abs(x - left[0]) < 4);
  return all;
}

function nearest(svg, { clientX, clientY }) {
  const all = places(svg), away = all.map(([mark]) => {
    const { x, y, width, height } = rect(mark);
    return Math.abs(all.flat ? y + height / 2 - clientY : x + width / 2 - clientX);
  });
  return away.indexOf(Math.min(...away));
}

// The first series in full, the others in a line each.
function fill(box, marks) {
  const [first, ...others] = marks.map((mark) => mark.dataset);
  const say = (part) => { part.textContent = first[part.dataset.field] || ""; };
  box.querySelectorAll("[data-field]").forEach(say);
  const rows = others.slice(0, MOST - 1).map((its) => [
    its.series + (its.period === first.period ? "" : `, ${its.period}`),
    [its.value, its.count, its.flag, its.revised, its.published !== first.published
      && its.published && `published ${its.published}`].filter(Boolean).join("; ")]);
  if (marks.length > MOST) { rows.push([`${marks.length - MOST} more`, "in the table below"]); }
  box.querySelector(".reading-others").replaceChildren(...rows.flat().map((words, place) =>
    Object.assign(document.createElement(place % 2 ? "dd" : "dt"), { textContent: words })));
}

// On a wide screen the card floats beside what it tells of, within the window.
function float(box, svg, marks, flat) {
  const all = marks.map(rect), { top, bottom } = all[0], home = rect(box.offsetParent);
  const left = Math.min(...all.map((r) => r.left)), right = Math.max(...all.map((r) => r.right));
  const [wide, high] = [box.offsetWidth, box.offsetHeight];
  const [across, down] = [document.documentElement.clientWidth - GAP, window.innerHeight - GAP];
  const beside = (from, to, size, end) => to + GAP + size < end ? to + GAP : from - GAP - size;
  const within = (at, size, end) => Math.max(GAP, Math.min(at, end - size));
  const end = rect(svg).right, past = end + GAP + wide < across; // room beside the whole chart
  const x = flat ? (past ? end : right) + GAP : beside(left, right, wide, across);
  const y = flat && !past ? beside(top, bottom, high, down) : Math.max(home.top, top - high / 2);
  box.style.setProperty("left", `${within(x, wide, across) - home.left}px`);
  box.style.setProperty("top", `${within(y, high, down) - home.top}px`);
}

function hide() {
  if (card().contains(document.activeElement)) { now.svg.parentElement.focus(); }
  card().hidden = true;
  card().classList.remove("pinned");
  ring([]);
  now = null;
}

// What is pinned stays, and is said aloud; what a pointer passes over is not.
function show(svg, at, pinned) {
  const all = places(svg), box = card();
  now = { svg, at: Math.max(0, Math.min(at, all.length - 1)), pinned };
  const marks = all[now.at], words = marks.slice(0, MOST).map(({ dataset: its }) =>
    `${its.series} ${[its.value, its.count, its.flag].filter(Boolean).join(", ")}`);
  fill(box, marks);
  box.classList.toggle("pinned", pinned);
  box.hidden = false;
  float(box, svg, marks, all.flat);
  ring(marks);
  document.querySelector(".reading-said").textContent =
    pinned ? [marks[0].dataset.period, ...words].join(". ") : "";
}

// Below its chart a card comes and goes only when asked, so that nothing jumps.
document.addEventListener("pointermove", (event) => {
  if (now?.pinned || !card() || getComputedStyle(card()).position !== "absolute") { return; }
  const svg = event.target.closest(DRAWING), at = svg && nearest(svg, event);
  if (svg && (now?.svg !== svg || now.at !== at)) { show(svg, at, false); }
  // Only a mouse leaves: a finger that lifts has not.
  if (!svg && now && event.pointerType === "mouse") { hide(); }
});

document.addEventListener("click", (event) => {
  const svg = event.target.closest(DRAWING), at = svg && nearest(svg, event);
  const step = event.target.closest(".reading button")?.dataset.step;
  if (step === "0" || (svg && now?.pinned && now.svg === svg && now.at === at)) { hide();
  } else if (svg || step) { show(svg || now.svg, svg ? at : now.at + Number(step), true); }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && now) { hide(); }
  const svg = event.target.querySelector(":scope > svg.drawing"), all = svg && places(svg);
  const along = (all?.flat || !/Up|Down/.test(event.key)) && STEPS[event.key];
  if (!all?.length || event.altKey || event.ctrlKey || event.metaKey) { return; }
  if (!along && event.key !== "Enter" && event.key !== " ") { return; }
  event.preventDefault();
  show(svg, (now?.svg === svg ? now.at : along > 0 ? -1 : all.length) + (along || 0), true);
});

window.addEventListener("resize", () => {
  const each = now ? now.svg.closest("figure").querySelectorAll(DRAWING) : [];
  const svg = Array.from(each).find((one) => one.getClientRects().length);
  if (svg) { show(svg, now.at, now.pinned); }
});

// A drawing with points takes the focus; one without has nothing to step through.
function prepare() {
  now = null;
  document.querySelectorAll(DRAWING).forEach((svg) => Object.assign(svg.parentElement,
    { tabIndex: 0, role: "application", ariaLabel: "The chart, to be read" }));
}
prepare();
document.addEventListener("view-shown", prepare);
