// Entering papers fast: Enter goes on, sums say at once what is missing, papers can be typed one by one.
// Nothing typed here leaves the page but by the form itself.

const table = document.querySelector("table.entry");
const form = document.getElementById("entry");
const number = (input) => (input && /^\d+$/.test(input.value.trim()) ? Number(input.value) : 0);

function expected() {
  const papers = table.dataset.papers === "" ? number(form.elements.papers) : Number(table.dataset.papers);
  return papers - number(form.elements.void);
}

function reckon(row) {
  const inputs = [...row.querySelectorAll("input")];
  const sum = inputs.reduce((all, input) => all + number(input), 0);
  const short = expected() - sum;
  const begun = inputs.some((input) => input.value.trim() !== "");
  row.querySelector(".sum").textContent = begun ? String(sum) : "";
  row.classList.toggle("right", begun && short === 0);
  const words = short > 0 ? table.dataset.short : table.dataset.over;
  row.querySelector(".says").textContent = !begun ? "" : short === 0 ? table.dataset.right : words.replace("{n}", Math.abs(short));
}

const rows = [...table.tBodies[0].rows];
const reckonAll = () => rows.forEach(reckon);
form.addEventListener("input", reckonAll);
reckonAll();

const fields = [...form.querySelectorAll("input.count:not([readonly])")];
fields.forEach((field, place) => {
  field.addEventListener("focus", () => field.select());
  field.addEventListener("keydown", (event) => {
    const steps = { Enter: 1, ArrowDown: 0, ArrowUp: 0 };
    if (!(event.key in steps) || event.ctrlKey) return;
    event.preventDefault();
    const across = field.closest("tr") ? field.closest("tr").querySelectorAll("input").length : 1;
    const to = event.key === "Enter" ? place + 1 : place + (event.key === "ArrowDown" ? across : -across);
    (fields[to] || form.querySelector("button[type=submit]")).focus();
  });
});

const oneByOne = document.querySelector(".one-by-one");
if (oneByOne) {
  oneByOne.hidden = false;
  const sheet = oneByOne.querySelector(".sheet");
  const words = new Map(oneByOne.dataset.marks.split(";").filter(Boolean).map((pair) => [pair[0], pair.slice(2)]));
  const names = sheet.dataset.names.split("\n").filter(Boolean);
  const most = Number(oneByOne.dataset.most) || Infinity;
  const fieldOf = (row, key) => form.elements[`r${row}.${{ "?": "u", d: "d" }[key] || key}`];
  let papers = 1;
  let keys = [];
  let isVoid = false;

  const tooMany = () => keys.filter((key) => key === oneByOne.dataset.for).length > most;
  function show() {
    const over = isVoid || tooMany();
    const text = over ? sheet.dataset.void : keys.length === names.length ? sheet.dataset.done : sheet.dataset.now;
    sheet.querySelector(".current").textContent = text.replace("{n}", papers).replace("{item}", names[keys.length] || "");
    sheet.querySelector(".marks").textContent = keys.map((key, place) => `${place + 1} ${words.get(key)}`).join("  ");
  }
  const add = (input) => { input.value = String(number(input) + 1); };
  function finish() {
    if (!isVoid && !tooMany() && keys.length < names.length) return;
    if (isVoid || tooMany()) add(form.elements.void);
    else keys.forEach((key, place) => add(fieldOf(place + 1, key)));
    papers += 1;
    keys = [];
    isVoid = false;
    reckonAll();
  }
  sheet.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Tab") return;
    event.preventDefault();
    const key = event.key.toLowerCase();
    if (event.key === "Enter") finish();
    else if (event.key === "Backspace") { if (isVoid) isVoid = false; else keys.pop(); }
    else if (key === "v") isVoid = true;
    else if (words.has(key) && keys.length < names.length) keys.push(key);
    show();
  });
  show();
}
