// "Is my ballot in the box": the complete list comes to the phone, and the receipt never leaves it.
const form = document.querySelector("#find");
const said = document.querySelector("#found");
const word = (key, values = {}) =>
  Object.keys(values).reduce(
    (text, name) => text.replace(`{${name}}`, () => values[name]),
    document.querySelector(`[data-word="${key}"]`).textContent,
  );
const LEAST = 16;
const WHOLE = 64;

const typed = () => document.querySelector("#receipt").value.normalize("NFKC").toLowerCase().replace(/[\s·.\-–—]/g, "");

function say(key, kind, values) {
  said.className = `note ${kind}`;
  said.textContent = word(key, values);
  said.focus();
}

async function compare(event) {
  event.preventDefault();
  const receipt = typed();
  if (receipt.length < LEAST || receipt.length > WHOLE || /[^0-9a-f]/.test(receipt)) {
    say("short", "warn");
    return;
  }
  let lines;
  try {
    const answer = await fetch(form.dataset.receipts, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) throw new Error(answer.status);
    lines = (await answer.text()).split("\n").filter(Boolean);
  } catch {
    say("offline", "warn");
    return;
  }
  const line = lines.findIndex((one) => one.startsWith(receipt)) + 1;
  if (line) say("found", "ok", { line, all: lines.length });
  else say("missing", "bad");
}

if (form) {
  form.hidden = false;
  form.addEventListener("submit", compare);
}
