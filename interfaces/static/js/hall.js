// Keeps the hall's screen up to date: takes in what the server says, calls again by itself when the line is lost.
const board = document.querySelector("#board");
const lost = document.querySelector("#lost");
const { events } = document.body.dataset;
let { seen } = document.body.dataset;
let source = null;
let again = 0;

const version = () => board.querySelector("[data-version]")?.dataset.version;

function show(event) {
  const before = version();
  board.innerHTML = event.data;
  seen = event.lastEventId;
  if (version() !== before) location.reload();
}

function call() {
  const address = new URL(events, location.href);
  address.searchParams.set("seen", seen);
  source = new EventSource(address);
  source.addEventListener("open", () => { lost.hidden = true; again = 0; });
  source.addEventListener("board", show);
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED) {
      lost.hidden = again++ < 1;
      return;
    }
    lost.hidden = false;
    setTimeout(call, 2000 + Math.random() * 3000);
  });
}

function tick() {
  const left = board.querySelector("[data-left]");
  const seconds = left ? Number(left.dataset.left) : 0;
  if (seconds > 0) {
    left.dataset.left = String(seconds - 1);
    left.textContent = String(seconds - 1);
  }
}

call();
setInterval(tick, 1000);
