// The ballot page. Marks live in this page's memory only; what leaves it is one encoded ballot, made once.
// ES2018, no eval, no WebAssembly: it also runs in an old WebView under a strict policy.
"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const word = (key, values) => {
    let text = document.querySelector(`[data-word="${key}"]`).textContent;
    for (const name of Object.keys(values || {})) text = text.replace(`{${name}}`, values[name]);
    return text;
  };
  const SCREENS = ["enter", "told", "ballot", "review", "sending", "done"];
  const LONGEST_WAIT = 30000;
  const NONCE_BYTES = 32;
  const TABLET_REST = 15000;

  let card = null;
  let paper = null;
  let marks = [];
  let onTablet = false;
  let asking = null;

  // The secret leaves the address before anything else happens, so that no history or share shows it.
  const takeFragment = () => {
    const fragment = decodeURIComponent(location.hash.slice(1));
    if (location.hash) history.replaceState(null, "", location.pathname);
    if (fragment === "tablet") { onTablet = true; return ""; }
    return fragment;
  };

  const show = (screen, focus) => {
    for (const name of SCREENS) at(name).hidden = name !== screen;
    window.scrollTo(0, 0);
    if (focus) at(focus).focus({ preventScroll: true });
  };

  const tell = (tone, title, text, receipt) => {
    at("told-note").className = `note ${tone}`;
    at("told-title").textContent = title;
    at("told-text").textContent = text;
    at("told-receipt").hidden = !receipt;
    at("told-receipt").textContent = receipt ? grouped(receipt) : "";
    at("again").hidden = false;
    show("told", "told");
  };

  const grouped = (receipt) => receipt.match(/.{1,4}/g).join(" ");

  // Nothing is sent along but what is said here: no cookie, no referrer, no cache.
  const ask = async (what, said) => {
    const answer = await fetch(`${location.pathname.replace(/\/+$/, "")}/${what}`, {
      method: "POST", credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", redirect: "error",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(said),
    });
    const told = await answer.json();
    told.status = answer.status;
    told.retryAfter = Number(answer.headers.get("Retry-After")) || 0;
    return told;
  };

  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  // A random 1–5 s that doubles keeps a hall of phones from asking in step; the server may ask for longer.
  const patiently = async (what, said, waiting) => {
    let wait = 1000 + Math.random() * 4000;
    for (;;) {
      let told = null;
      try { told = await ask(what, said); } catch (_) { told = null; }
      if (told && told.status < 500 && told.status !== 429) return told;
      waiting();
      await pause(Math.max(wait, told ? told.retryAfter * 1000 : 0));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  };

  const begin = async (typed) => {
    card = typed;
    at("sending-text").textContent = word("loading");
    show("sending");
    const told = await patiently("form", { card }, () => { at("sending-text").textContent = word("offline"); });
    if (told.status !== 200) {
      tell(told.tone || "bad", told.title, told.sentence, told.receipt);
      if (told.again === "soon") later();
      return;
    }
    paper = told;
    marks = paper.items.map(() => 0);
    fillIn();
    at("state").hidden = false;
    show("ballot", "title");
    watch();
  };

  // A card that is right but too early is asked about again, so that nobody has to reload by hand.
  const later = () => {
    const mine = card;
    setTimeout(() => { if (card === mine && !at("told").hidden) begin(mine); }, 8000 + Math.random() * 4000);
  };

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const fillIn = () => {
    document.title = paper.title;
    at("session").textContent = paper.session;
    at("about").textContent = paper.card_set;
    at("title").textContent = paper.title;
    at("lead").textContent = paper.lead;
    at("unsealed").hidden = paper.sealing !== "unsealed";
    at("last-call").hidden = !paper.last_call;
    const items = at("items");
    items.textContent = "";
    paper.items.forEach((item, place) => items.appendChild(itemField(item, place)));
    countMarks();
  };

  const itemField = (item, place) => {
    const field = element("fieldset", "item");
    field.appendChild(element("legend", "", `${item.id} ${item.name}`));
    const about = element("p", "", item.summary);
    if (item.address) {
      about.appendChild(document.createTextNode(item.summary ? " · " : ""));
      const link = element("a", "", word("materials"));
      link.href = item.address;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      about.appendChild(link);
    }
    field.appendChild(about);
    const choices = element("div", "marks");
    paper.marks.forEach((label, byte) => { if (label) choices.appendChild(choice(field, place, byte, label)); });
    field.appendChild(choices);
    return field;
  };

  // Check boxes that exclude each other: a mark can be taken back, which radio buttons do not allow.
  const choice = (field, place, byte, text) => {
    const label = element("label");
    const box = element("input");
    box.type = "checkbox";
    box.addEventListener("change", () => {
      marks[place] = box.checked ? byte : 0;
      field.querySelectorAll("label").forEach((other) => {
        const input = other.querySelector("input");
        if (input !== box) input.checked = false;
        other.className = input.checked ? "on" : "";
      });
      countMarks();
    });
    label.appendChild(box);
    label.appendChild(element("span", "", text));
    return label;
  };

  const marked = () => marks.filter((byte) => byte !== 0).length;
  const supported = () => marks.filter((byte) => byte === 1).length;
  const tooMany = () => paper.most_for !== null && supported() > paper.most_for;

  const countMarks = () => {
    const text = paper.most_for === null ? word("progress", { done: marked(), all: marks.length })
      : word("progress_for", { done: marked(), all: marks.length, chosen: supported(), most: paper.most_for });
    at("progress-text").textContent = tooMany() ? word("too_many_short", { chosen: supported(), most: paper.most_for }) : text;
    at("progress").max = marks.length;
    at("progress").value = marked();
  };

  const review = () => {
    const rows = at("review-rows");
    rows.textContent = "";
    paper.items.forEach((item, place) => {
      const row = element("tr");
      row.appendChild(element("td", "", `${item.id} ${item.name}`));
      row.appendChild(element("td", "", paper.marks[marks[place]] || paper.blank));
      rows.appendChild(row);
    });
    at("overmarked").hidden = !tooMany();
    if (tooMany()) at("overmarked").textContent = word("too_many", { chosen: supported(), most: paper.most_for });
    const blanks = marks.length - marked();
    at("blanks").hidden = blanks === 0;
    if (blanks) at("blanks").textContent = word("blanks", { n: blanks, blank: paper.blank });
    show("review", "review-title");
  };

  // Encoded once: head, one byte an item, and fresh random bytes before them, so that a receipt proves no marks.
  const encode = () => {
    const bytes = new Uint8Array(NONCE_BYTES + paper.head.length + marks.length);
    crypto.getRandomValues(bytes.subarray(0, NONCE_BYTES));
    bytes.set(paper.head, NONCE_BYTES);
    bytes.set(marks, NONCE_BYTES + paper.head.length);
    return btoa(String.fromCharCode.apply(null, bytes));
  };

  const send = async () => {
    const said = { card, ballot: encode(), form: paper.form };
    clearInterval(asking);
    at("sending-text").textContent = word("sending");
    show("sending", "sending");
    window.addEventListener("beforeunload", hold);
    const told = await patiently("cast", said, () => { at("sending-text").textContent = word("not_known"); });
    window.removeEventListener("beforeunload", hold);
    said.ballot = null;
    if (told.status === 200) finish(told.receipt);
    else { forget(); at("state").hidden = told.refused === "CardUsed"; tell(told.tone || "bad", told.title, told.sentence, told.receipt); }
  };

  const hold = (event) => { event.preventDefault(); event.returnValue = ""; };

  const forget = () => {
    card = null;
    paper = null;
    marks = [];
    ["items", "review-rows"].forEach((id) => { at(id).textContent = ""; });
  };

  const finish = (receipt) => {
    forget();
    at("receipt").textContent = grouped(receipt);
    at("state").textContent = word("cast");
    at("state").className = "state cast";
    show("done", "done");
    if (onTablet) setTimeout(restart, TABLET_REST);
  };

  const restart = () => {
    forget();
    clearInterval(asking);
    at("receipt").textContent = "";
    at("state").hidden = true;
    at("state").className = "state";
    at("state").textContent = word("not_cast");
    at("code").value = "";
    show("enter", "code");
  };

  // While the voter marks, the page asks now and then whether the last ballots were called.
  const watch = () => {
    clearInterval(asking);
    asking = setInterval(async () => {
      if (!paper) return;
      try {
        const told = await ask("form", { card });
        if (told.status === 200 && paper) { paper.last_call = told.last_call; at("last-call").hidden = !told.last_call; }
      } catch (_) { /* the next round asks again */ }
    }, 15000);
  };

  at("code-form").addEventListener("submit", (event) => { event.preventDefault(); begin(at("code").value); });
  at("to-review").addEventListener("click", review);
  at("back").addEventListener("click", () => show("ballot", "title"));
  at("send").addEventListener("click", send);
  at("again").addEventListener("click", restart);
  window.addEventListener("hashchange", () => { const typed = takeFragment(); if (typed) { restart(); begin(typed); } });

  const typed = takeFragment();
  if (typed) begin(typed); else show("enter");
})();
