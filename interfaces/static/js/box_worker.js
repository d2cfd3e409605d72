// Opens a part of the sealed ballots and adds them up. No opened ballot leaves this worker: only sums do.
"use strict";
self.window = self;

const FORM_BYTE = { per_item: 1, choose: 2, grade: 3 };
const ENCODING = 1;
const HEAD = 4;
const FOR = 1;
const AT_ONCE = 50;

// Where each mark of the form would be counted; null for bytes that hold no ballot of this form.
const marksIn = (opened, form) => {
  const items = form.items.length;
  if (!opened || opened.length !== HEAD + items) return null;
  const head = [ENCODING, FORM_BYTE[form.form], items >> 8, items & 255];
  if (head.some((byte, place) => opened[place] !== byte)) return null;
  const marks = opened.subarray(HEAD);
  return marks.every((mark) => mark < form.marks) ? marks : null;
};

const count = (sums, marks, form) => {
  if (!marks) { sums.undecodable += 1; return; }
  const chosen = marks.reduce((number, mark) => number + (mark === FOR ? 1 : 0), 0);
  if (form.mostFor !== null && chosen > form.mostFor) { sums.voidBallots += 1; return; }
  marks.forEach((mark, item) => { sums.items[item][mark] += 1; });
};

self.onmessage = (event) => {
  const { scripts, ballots, publicKey, secretKey, form } = event.data;
  self.importScripts(...scripts);
  const sums = { undecodable: 0, voidBallots: 0, items: form.items.map(() => new Array(form.marks).fill(0)) };
  ballots.forEach((ballot, place) => {
    const opened = self.sealedBox.open(ballot, publicKey, secretKey);
    count(sums, marksIn(opened, form), form);
    if (opened) opened.fill(0);
    if ((place + 1) % AT_ONCE === 0) self.postMessage({ done: AT_ONCE });
  });
  secretKey.fill(0);
  self.postMessage({ done: ballots.length % AT_ONCE, sums });
};
