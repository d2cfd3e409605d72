// The ballot page. Marks live in this page's memory only; what leaves it is one sealed ballot, made once.
// ES2018, no eval, no WebAssembly: it also runs in an old WebView under a strict policy.
"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const word = (key, values) => {
    let text = document.querySelector(`[data-word="${key}"]`).textContent;
    for (const name of Object.keys(values || {})) text = text.replace(`{${name}}`, () => values[name]);
    return text;
  };
  const SCREENS = ["enter", "told", "ballot", "review", "materials", "sending", "done"];
  const WORD = /^[0-9]{6}$/;
  const WHILE_MARKING = ["ballot", "review", "materials"];
  const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const CODE_LENGTH = 21;
  const LONGEST_WAIT = 30000;
  const LONGEST_ANSWER = 20000;
  const TABLET = "tablet";
  const TABLET_REST = 15000;
  const language = document.documentElement.lang;

  let card = null;
  let paper = null;
  let marks = [];
  let onTablet = false;
  let shown = "";
  let asking = null;
  let resting = null;
  let wake = null;
  let returnTo = null;
  let outstanding = null;
  let waiting = "";

  // The secret leaves the address before anything else happens, so that no history or share shows it.
  const takeFragment = () => {
    let fragment = location.hash.slice(1);
    if (fragment === TABLET) { onTablet = true; return ""; }
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    try { fragment = decodeURIComponent(fragment); } catch (_) { /* not ours: the digits will not fit */ }
    return fragment;
  };

  const show = (screen, focus) => {
    for (const name of SCREENS) at(name).hidden = name !== screen;
    shown = screen;
    at("language").hidden = WHILE_MARKING.concat("sending", "done").indexOf(screen) >= 0;
    window.scrollTo(0, 0);
    if (focus) at(focus).focus({ preventScroll: true });
    clearTimeout(resting);
    if (onTablet && (screen === "done" || screen === "told")) resting = setTimeout(restart, TABLET_REST);
  };

  // The phone's own back key leads back to the ballot, not out of it.
  const step = (screen, focus) => {
    if (shown === "ballot") history.pushState(null, "");
    show(screen, focus);
  };

  const practice = (rehearsal) => {
    document.body.className = rehearsal ? "rehearsal" : "";
    at("rehearsal").hidden = !rehearsal;
  };

  const notYet = () => { at("state").hidden = false; at("state").className = "state"; at("state").textContent = word("not_cast"); };

  // ---- the code on the card

  const plainCode = (typed) => typed.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "")
    .replace(/O/g, "0").replace(/[IL]/g, "1");

  // The check digit is the one that makes this sum 0: weights are powers of x in GF(32).
  const addsUp = (code) => {
    let sum = 0;
    for (const digit of code) sum = ((sum << 1) ^ (sum & 16 ? 0x25 : 0)) ^ DIGITS.indexOf(digit);
    return sum === 0;
  };

  const mistakeIn = (code) => {
    if (code.length !== CODE_LENGTH) return word("code_length", { n: code.length });
    if ([...code].some((digit) => DIGITS.indexOf(digit) < 0)) return word("code_character");
    return addsUp(code) ? "" : word("code_check");
  };

  const enter = (typed, scanned) => {
    const code = plainCode(typed);
    const mistake = mistakeIn(code);
    at("code-wrong").hidden = !mistake;
    at("code-wrong").textContent = mistake;
    at("code").className = mistake ? "form-control code is-invalid" : "form-control code";
    at("code").setAttribute("aria-invalid", mistake ? "true" : "false");
    if (!mistake) { begin(code); return; }
    if (scanned) at("code").value = typed.slice(0, 80);
    show("enter", "code");
  };

  // ---- what is kept until there is an answer: card and sealed bytes, never marks; on a hall tablet nothing

  const keep = (said) => {
    outstanding = said;
    if (said.key && !onTablet) ballotSealed.keep(said);
  };

  const release = () => {
    if (outstanding) ballotSealed.release(outstanding.card);
    outstanding = null;
  };

  // ---- asking the server

  const pause = (milliseconds) => new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    wake = () => { clearTimeout(timer); resolve(); };
  });

  // Nothing is sent along but what is said here: no cookie, no referrer, no cache.
  const ask = async (what, said) => {
    const patience = window.AbortController ? new AbortController() : null;
    const timer = setTimeout(() => { if (patience) patience.abort(); }, LONGEST_ANSWER);
    try {
      const answer = await fetch(`/v/${what}?lang=${language}`, {
        method: "POST", credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", redirect: "error",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(said),
        signal: patience ? patience.signal : undefined,
      });
      const retryAfter = Number(answer.headers.get("Retry-After")) || 0;
      if (answer.status >= 500 || answer.status === 429) return { later: true, retryAfter };
      const told = await answer.json();
      told.ok = answer.status === 200;
      return told;
    } finally { clearTimeout(timer); }
  };

  // A random 1–5 s that doubles keeps a hall of phones from asking in step; the server may ask for longer.
  // An answer that cannot be this server's (a captive portal, a proxy) is none.
  const patiently = async (what, said, fits, unanswered) => {
    let wait = 1000 + Math.random() * 4000;
    for (;;) {
      let told = null;
      try { told = await ask(what, said); } catch (_) { told = null; }
      if (told && !told.later && (told.ok ? fits(told) : told.refused)) return told;
      unanswered(told !== null);
      await pause(Math.max(wait, told ? told.retryAfter * 1000 : 0));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  };

  const tell = (told) => {
    clearTimeout(asking);
    at("told-note").className = `note ${told.tone || "bad"}`;
    at("told-title").textContent = told.title || word("not_accepted");
    at("told-text").textContent = told.sentence || word("ask_desk");
    at("told-receipt").hidden = !told.receipt;
    at("told-receipt").textContent = told.receipt ? grouped(told.receipt) : "";
    at("refill").hidden = told.again !== "refill";
    at("state").hidden = !!told.receipt;
    document.title = told.title || word("not_accepted");
    show("told", "told");
  };

  const begin = async (code) => {
    card = code;
    clearTimeout(asking);
    at("sending-title").textContent = word("checking");
    at("sending-text").textContent = word("loading");
    show("sending");
    const told = await patiently("form", { card: code }, (shown) => Array.isArray(shown.items), (answered) => {
      at("sending-text").textContent = word(answered ? "busy" : "offline");
    });
    if (card === code) hear(told);
  };

  const hear = (told) => {
    notYet();
    if (!told.ok) { tell(told); if (told.again === "soon") askLater(); return; }
    if (ballotSealed.fingerprint(told) !== told.key || (told.sealing === "sealed" && !told.key)) {
      tell({ sentence: word("key_differs") });
      return;
    }
    paper = told;
    marks = paper.items.map(() => 0);
    fillIn();
    show("ballot", "title");
    watch();
  };

  // A card that is right but too early is asked about again, so that nobody has to reload by hand.
  const askLater = () => {
    const mine = card;
    asking = setTimeout(async () => {
      let told = null;
      try { told = await ask("form", { card: mine }); } catch (_) { told = null; }
      if (card !== mine || shown !== "told") return;
      const news = told && !told.later && (told.again !== "soon" || told.title !== at("told-title").textContent);
      if (news) hear(told); else askLater();
    }, 4000 + Math.random() * 4000);
  };

  // While the voter marks, the page asks now and then whether the last ballots were called or voting is over.
  const watch = () => {
    const mine = card;
    asking = setTimeout(async () => {
      let told = null;
      try { told = await ask("form", { card: mine }); } catch (_) { told = null; }
      if (card !== mine || outstanding || WHILE_MARKING.indexOf(shown) < 0) return;
      if (told && !told.later && !told.ok) { forget(); tell(told); return; }
      if (told && told.ok) at("last-call").hidden = !told.last_call;
      watch();
    }, 10000 + Math.random() * 4000);
  };

  // ---- the ballot

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
    at("sealed").hidden = !paper.key;
    at("sealed").textContent = paper.key ? word("sealed", { key: grouped(paper.key.slice(0, 16)) }) : "";
    practice(paper.rehearsal);
    at("last-call").hidden = !paper.last_call;
    at("items").textContent = "";
    paper.items.forEach((item, place) => at("items").appendChild(itemField(item, place)));
    countMarks();
  };

  const itemField = (item, place) => {
    const field = element("fieldset", "item");
    field.appendChild(element("legend", "", `${item.id} ${item.name}`));
    const about = element("p", "", item.summary ? `${item.summary} · ` : "");
    const link = element("a", "", word("materials"));
    link.href = item.address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.setAttribute("aria-label", word("materials_of", { name: item.name }));
    link.addEventListener("click", (event) => { event.preventDefault(); openMaterials(item, link); });
    about.appendChild(link);
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

  // Materials are read within this page: some apps open every link in the same window, and marks would be lost.
  const openMaterials = async (item, link) => {
    let page = null;
    try {
      const answer = await fetch(link.href, { credentials: "omit", referrerPolicy: "no-referrer" });
      if (answer.ok) page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    } catch (_) { page = null; }
    if (!paper || shown !== "ballot") return;
    const text = at("materials-text");
    text.textContent = page ? "" : word("no_materials");
    if (page) {
      page.querySelectorAll("script, form, a, button").forEach((part) => part.replaceWith(...part.childNodes));
      while (page.firstChild) text.appendChild(document.adoptNode(page.firstChild));
      text.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    }
    returnTo = link;
    step("materials", "materials");
  };
  const marked = () => marks.filter((byte) => byte !== 0).length;
  const supported = () => marks.filter((byte) => byte === 1).length;
  const tooMany = () => paper.most_for !== null && supported() > paper.most_for;

  const countMarks = () => {
    const numbers = { done: marked(), all: marks.length, chosen: supported(), most: paper.most_for };
    const key = tooMany() ? "too_many_short" : paper.most_for === null ? "progress" : "progress_for";
    at("progress-text").textContent = word(key, numbers);
    at("progress-text").className = tooMany() ? "invalid-feedback" : "";
    at("progress").max = marks.length;
    at("progress").value = marked();
  };

  const review = () => {
    const rows = at("review-rows");
    rows.textContent = "";
    paper.items.forEach((item, place) => {
      const row = element("tr");
      const name = element("th", "", `${item.id} ${item.name}`);
      name.scope = "row";
      row.appendChild(name);
      row.appendChild(element("td", marks[place] ? "num" : "num muted", paper.marks[marks[place]] || paper.blank));
      rows.appendChild(row);
    });
    at("overmarked").hidden = !tooMany();
    if (tooMany()) at("overmarked").textContent = word("too_many", { chosen: supported(), most: paper.most_for });
    at("send").textContent = word(tooMany() ? "send_anyway" : "send");
    const blanks = marks.length - marked();
    at("blanks").hidden = blanks === 0;
    if (blanks) at("blanks").textContent = word("blanks", { n: blanks, blank: paper.blank });
    reviewing(true);
    wordWrong("");
    step("review", "review-title");
  };

  const backToBallot = () => {
    if (!paper || outstanding || (shown !== "review" && shown !== "materials")) return;
    const link = shown === "materials" ? returnTo : null;
    show("ballot", link ? null : "title");
    if (link) { link.scrollIntoView({ block: "center" }); link.focus({ preventScroll: true }); }
  };

  const leave = () => { backToBallot(); history.back(); };

  // ---- casting

  const hallWord = () => at("word").value.normalize("NFKC").replace(/[^0-9]/g, "");

  const wordWrong = (text) => {
    at("word-wrong").textContent = text;
    at("word-wrong").hidden = !text;
    at("word").setAttribute("aria-invalid", text ? "true" : "false");
    if (text) at("word").focus();
  };

  const send = () => {
    if (shown !== "review") return;
    const asks = !!outstanding || paper.asks_word;
    if (asks && !WORD.test(hallWord())) { wordWrong(word("word_short")); return; }
    // Another window of this phone may have sent one with this card: then that one is the ballot.
    const said = outstanding || ballotSealed.keptFor(card)
      || { card, ballot: ballotSealed.encoded(paper, marks), form: paper.form, key: paper.key, rehearsal: paper.rehearsal };
    if (asks) said.word = hallWord();
    forgetMarks();
    deliver(said);
  };

  // From here on these bytes are the voter's ballot: they are sent until there is an answer, and no others.
  const deliver = async (said) => {
    keep(said);
    card = said.card;
    clearTimeout(asking);
    practice(said.rehearsal);
    at("sending-title").textContent = word("casting");
    at("sending-text").textContent = word("sending");
    notYet();
    show("sending", "sending");
    const sent = { card: said.card, ballot: said.ballot, form: said.form, key: said.key };
    if (said.word) sent.word = said.word;
    const own = ballotSealed.receipt(said.ballot);
    const told = await patiently("cast", sent, (answer) => answer.receipt === own, () => {
      at("sending-text").textContent = word("not_known");
    });
    if (told.again === "word") { askWord(told); return; }
    release();
    if (told.ok) { card = null; finish(told.receipt); } else tell(told);
  };

  // The word was wrong and nothing was used up: the same sealed ballot goes again with the right one.
  const askWord = (told) => {
    at("word").value = "";
    show("review", null);
    reviewing(false);
    wordWrong(told.sentence);
  };

  // With the marks before sending; afterwards only the word can be corrected.
  const reviewing = (marking) => {
    at("review-title").textContent = word(marking ? "review" : "word_again");
    at("review-once").textContent = word(marking ? "once" : "word_kept");
    ["review-marks", "back"].forEach((id) => { at(id).hidden = !marking; });
    at("word-field").hidden = marking && !paper.asks_word;
    if (!marking) { at("overmarked").hidden = true; at("blanks").hidden = true; at("send").textContent = word("send"); }
  };

  const hold = (event) => {
    if (shown !== "sending" && !outstanding && !(WHILE_MARKING.indexOf(shown) >= 0 && marked() > 0)) return;
    event.preventDefault();
    event.returnValue = "";
  };

  const forgetMarks = () => {
    paper = null;
    marks = [];
    at("word").value = "";
    ["items", "review-rows", "materials-text"].forEach((id) => { at(id).textContent = ""; });
  };

  const forget = () => { card = null; clearTimeout(asking); forgetMarks(); };

  const grouped = (receipt) => receipt.match(/.{1,4}/g).join(" ");

  const finish = (receipt) => {
    at("receipt").textContent = grouped(receipt);
    at("state").textContent = word("cast");
    at("state").className = "state cast";
    document.title = word("cast");
    at("next").hidden = !waiting;
    show("done", "done");
  };

  const restart = () => {
    forget();
    ["receipt", "told-receipt", "code-wrong"].forEach((id) => { at(id).textContent = ""; });
    at("state").hidden = true;
    practice(false);
    at("code").value = "";
    at("word").value = "";
    document.title = word("title");
    const next = waiting;
    waiting = "";
    start(next, "code");
  };

  const unlessOutstanding = (scanned) => (outstanding && plainCode(scanned) === outstanding.card ? "" : scanned);

  // A ballot without an answer comes first, whatever was scanned since.
  const start = (scanned, focus) => {
    const unanswered = onTablet ? null : ballotSealed.anyKept();
    if (unanswered) { deliver(unanswered); waiting = unlessOutstanding(scanned); }
    else if (scanned) enter(scanned, true);
    else show("enter", focus);
  };

  // Its own fragment must not be taken for a card.
  document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); at("main").focus(); });
  at("code-form").addEventListener("submit", (event) => { event.preventDefault(); enter(at("code").value, false); });
  at("to-review").addEventListener("click", review);
  at("back").addEventListener("click", leave);
  at("materials-back").addEventListener("click", leave);
  at("review").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  at("again").addEventListener("click", restart);
  at("next").addEventListener("click", restart);
  at("refill").addEventListener("click", () => begin(card));
  // The card goes along into the other language, in the fragment, which is not sent.
  at("language").addEventListener("click", (event) => {
    event.preventDefault();
    const kept = onTablet ? TABLET : shown === "told" && card ? card : "";
    location.replace(at("language").getAttribute("href") + (kept ? `#${kept}` : ""));
  });
  document.addEventListener("card", (event) => enter(event.detail, true));
  window.addEventListener("popstate", backToBallot);
  window.addEventListener("beforeunload", hold);
  window.addEventListener("online", () => { if (wake) wake(); });
  window.addEventListener("hashchange", () => {
    const other = takeFragment();
    if (!other) return;
    if (shown !== "sending" && !outstanding) { waiting = other; restart(); }
    else waiting = unlessOutstanding(other);
  });

  const scanned = takeFragment();
  start(scanned, onTablet ? "code" : null);
})();
