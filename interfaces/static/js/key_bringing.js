// The field where holders bring their shares, one after the other: typed, from a scanner that types, or by camera.
// A share leaves the field the moment it is understood; it is never part of a form.
/* exported ShareDesk */
const ShareDesk = (() => {
  "use strict";
  const at = (id) => document.getElementById(id);

  const word = (name, values) => {
    const said = document.querySelector(`#words [data-word="${name}"]`).textContent;
    return Object.keys(values || {}).reduce((text, key) => text.replace(`{${key}}`, values[key]), said);
  };

  // `key`: poll, publicKey (hex), threshold, holders [{ name, fingerprint }]. `heard(shares)` after every share.
  const open = (key, heard) => {
    const brought = new Map();
    const field = at("share-text");
    let stream = null;

    const tell = (said, kind) => {
      at("share-said").textContent = said;
      at("share-said").className = `note ${kind}`;
      at("share-said").hidden = !said;
    };

    const mark = () => {
      document.querySelectorAll("#holders li").forEach((line, place) => {
        const here = brought.has(place);
        line.className = here ? "" : "not";
        line.querySelector("small").textContent = word(here ? "brought" : "not_brought");
      });
    };

    const mistake = (share) => {
      switch (share.wrong) {
        case "length": return word("share_length", { n: share.has });
        case "character": return word("share_character", { row: share.row });
        case "row": return word("share_row", { row: share.row });
        case "sum": return word("share_sum");
        case "version": return word("share_version");
        default:
      }
      if (!KeyShares.same(share.pollTag, KeyShares.pollTag(key.poll))) return word("share_other_poll");
      if (!KeyShares.same(share.keyTag, KeyShares.keyTag(KeyShares.fromHex(key.publicKey)))) return word("share_other_key");
      const place = key.holders.findIndex((holder) => holder.fingerprint === share.fingerprint);
      if (place < 0) return word("share_unknown", { n: share.number });
      if (brought.has(place)) return word("share_twice", { name: key.holders[place].name });
      share.holder = place;
      return "";
    };

    const take = (typed) => {
      const share = KeyShares.read(typed);
      const wrong = mistake(share);
      if (wrong) {
        if (share.part) KeyShares.forget(share);
        if (share.part) field.value = "";
        tell(wrong, "bad");
        field.focus();
        return;
      }
      field.value = "";
      at("share-rows").textContent = "";
      brought.set(share.holder, share);
      tell(word("share_taken", { name: key.holders[share.holder].name }), "ok");
      mark();
      heard(Array.from(brought.keys()).sort().map((place) => brought.get(place)));
      if (!at("bringing").hidden) field.focus();
    };

    // While it is typed, each finished row says whether it is right.
    const follow = () => {
      const rows = KeyShares.rowsOf(field.value);
      at("share-rows").textContent = rows
        .map((fault, row) => word(fault === null ? "row_going" : fault ? "row_wrong" : "row_right", { row: row + 1 }))
        .join("  ");
      at("share-rows").className = rows.some((fault) => fault) ? "bad-rows" : "";
    };

    const stopCamera = () => {
      if (stream) stream.getTracks().forEach((track) => track.stop());
      stream = null;
      at("camera-view").hidden = true;
      at("camera-view").srcObject = null;
    };

    const look = (canvas) => {
      if (!stream) return;
      const view = at("camera-view");
      if (view.videoWidth) {
        canvas.width = view.videoWidth;
        canvas.height = view.videoHeight;
        const drawing = canvas.getContext("2d", { willReadFrequently: true });
        drawing.drawImage(view, 0, 0);
        const image = drawing.getImageData(0, 0, canvas.width, canvas.height);
        const found = window.jsQR(image.data, image.width, image.height);
        if (found && found.data) { stopCamera(); take(found.data); return; }
      }
      setTimeout(() => look(canvas), 150);
    };

    const startCamera = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch (_) {
        tell(word("no_camera"), "warn");
        return;
      }
      const view = at("camera-view");
      view.srcObject = stream;
      view.hidden = false;
      await view.play();
      look(document.createElement("canvas"));
    };

    const close = () => {
      stopCamera();
      brought.forEach(KeyShares.forget);
      brought.clear();
      field.value = "";
    };

    at("camera").hidden = !(window.isSecureContext && navigator.mediaDevices);
    at("camera").addEventListener("click", () => { if (stream) stopCamera(); else startCamera(); });
    at("take-share").addEventListener("click", () => take(field.value));
    field.addEventListener("input", follow);
    field.addEventListener("keydown", (event) => {
      const whole = field.value.replace(/[^0-9A-Za-z]/g, "").length >= 78;
      if (event.key === "Enter" && whole) { event.preventDefault(); take(field.value); }
    });
    window.addEventListener("pagehide", close);
    mark();
    return { close, tell };
  };

  const keyOf = (element) => ({
    poll: element.dataset.poll,
    publicKey: element.dataset.publicKey,
    threshold: Number(element.dataset.threshold),
    holders: Array.from(document.querySelectorAll("#holders li"), (line) => ({
      id: line.dataset.holder, name: line.dataset.name, fingerprint: line.dataset.share,
    })),
  });

  return { open, word, keyOf, at };
})();
