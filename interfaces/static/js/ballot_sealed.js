// What the ballot page seals and what it keeps: sealed bytes until they are answered, never a mark.
"use strict";
const ballotSealed = (() => {
  const NONCE_BYTES = 32;
  const KEPT = "piaojue.sealed.";
  const RECEIPT = /^[0-9a-f]{64}$/;

  const base64 = (bytes) => btoa(String.fromCharCode.apply(null, bytes));
  const unbase64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const unhex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));

  // One length whatever the marks: head, then one byte an item. Sealed once, with fresh randomness, to the scrutineers'
  // key; where a poll is not sealed, random bytes before the marks keep the receipt from proving them.
  const encoded = (paper, marks) => {
    const plain = new Uint8Array(paper.head.length + marks.length);
    plain.set(paper.head, 0);
    plain.set(marks, paper.head.length);
    if (paper.public_key) {
      const sealed = sealedBox.seal(plain, unhex(paper.public_key));
      plain.fill(0);
      return base64(sealed);
    }
    const bytes = new Uint8Array(NONCE_BYTES + plain.length);
    crypto.getRandomValues(bytes.subarray(0, NONCE_BYTES));
    bytes.set(plain, NONCE_BYTES);
    return base64(bytes);
  };

  // The fingerprint that a voter compares is computed here, not taken from whoever answered.
  const fingerprint = (paper) => (paper.public_key ? sha256(unhex(paper.public_key)) : "");
  const receipt = (ballot) => sha256(unbase64(ballot));
  const isReceipt = (text) => typeof text === "string" && RECEIPT.test(text);

  // Each card has an entry of its own, so that two windows of one phone never write over each other.
  const keep = (said) => {
    try { localStorage.setItem(KEPT + said.card, JSON.stringify(said)); } catch (_) { /* this page alone keeps it */ }
  };
  const release = (card) => {
    try { localStorage.removeItem(KEPT + card); } catch (_) { /* nothing was kept */ }
  };
  const read = (name) => {
    try {
      const said = JSON.parse(localStorage.getItem(name));
      return said && said.card && said.ballot && said.form ? said : null;
    } catch (_) { return null; }
  };
  const keptFor = (card) => read(KEPT + card);
  const anyKept = () => {
    let names = [];
    try { names = Object.keys(localStorage); } catch (_) { /* storage is forbidden */ }
    return names.filter((name) => name.indexOf(KEPT) === 0).map(read).filter((said) => said)[0] || null;
  };

  return { encoded, fingerprint, receipt, isReceipt, keep, release, keptFor, anyKept };
})();
