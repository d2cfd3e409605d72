// Making a poll's key: choosing, one screen a holder, then only the public half leaves this page.
(() => {
  "use strict";
  const { at, word } = ShareDesk;
  const STEPS = ["choose", "handover", "share", "finish"];
  let texts = [];
  let holders = [];
  let turn = 0;

  const show = (step) => {
    STEPS.forEach((id) => { at(id).hidden = id !== step; });
    at("steps").querySelectorAll("li").forEach((line, place) => {
      const now = step === "choose" ? 0 : step === "finish" ? 2 : 1;
      line.className = place === now ? "now" : place > now ? "later" : "";
    });
    const heading = at(step).querySelector("h2");
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  };

  const chosen = () => Array.from(document.querySelectorAll("[data-holder]:checked"), (box) => ({
    id: box.dataset.holder, name: box.dataset.name,
  }));

  const count = () => {
    const number = chosen().length;
    const options = at("threshold").options;
    for (const option of options) option.disabled = Number(option.value) > number;
    if (Number(at("threshold").value) > number && number) at("threshold").value = String(number);
    at("make").disabled = number === 0 || number > Number(at("choose").dataset.most);
    at("chosen").textContent = word("chosen", { t: at("threshold").value, n: number });
  };

  const wipe = () => {
    at("qr").textContent = "";
    at("share-lines").textContent = "";
    at("kept").checked = false;
    at("clear").disabled = true;
  };

  const handOver = () => {
    wipe();
    if (turn === holders.length) { finish(); return; }
    document.querySelectorAll("[data-turn]").forEach((place) => { place.textContent = holders[turn].name; });
    document.querySelectorAll("[data-number]").forEach((place) => {
      place.textContent = word("number", { k: turn + 1, n: holders.length });
    });
    at("mine").textContent = word("mine", { name: holders[turn].name });
    show("handover");
  };

  const showShare = () => {
    const text = texts[turn];
    at("qr").appendChild(KeyShares.drawn(text));
    KeyShares.printed(text).forEach((row) => {
      const line = document.createElement("li");
      line.textContent = row;
      at("share-lines").appendChild(line);
    });
    show("share");
  };

  const clear = () => {
    texts[turn] = "";
    turn += 1;
    handOver();
  };

  const finish = () => {
    texts = [];
    show("finish");
  };

  const make = async () => {
    holders = chosen();
    const threshold = Number(at("threshold").value);
    const made = await KeyShares.make(at("choose").dataset.poll, threshold, holders.length);
    texts = made.texts;
    at("f-public_key").value = made.publicKey;
    at("f-threshold").value = String(threshold);
    at("f-holders").value = holders.map((holder) => holder.id).join(" ");
    at("f-shares").value = texts.map((text) => KeyShares.hash(text)).join(" ");
    at("fingerprint").textContent = KeyShares.hash(KeyShares.fromHex(made.publicKey)).match(/.{8}/g).join(" ");
    document.querySelectorAll("[data-threshold]").forEach((place) => {
      place.textContent = word("threshold", { t: threshold, n: holders.length });
    });
    turn = 0;
    handOver();
  };

  at("choose").addEventListener("change", count);
  at("make").addEventListener("click", make);
  at("mine").addEventListener("click", showShare);
  at("print").addEventListener("click", () => window.print());
  at("kept").addEventListener("change", () => { at("clear").disabled = !at("kept").checked; });
  at("clear").addEventListener("click", clear);
  at("register").addEventListener("submit", () => { holders = []; });
  window.addEventListener("pagehide", () => { texts = []; wipe(); });
  window.addEventListener("beforeunload", (event) => {
    if (holders.length === 0) return;
    event.preventDefault();
    event.returnValue = "";
  });
  count();
  at("choose").hidden = false;
})();
