// What the box is compared with before anything in it is opened, and the columns as the one canonical text.
/* exported BoxCheck */
const BoxCheck = (() => {
  "use strict";
  const hash = KeyShares.hash;

  const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  const hashed = (first, ...parts) => {
    const whole = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
    whole[0] = first;
    let at = 1;
    for (const part of parts) { whole.set(part, at); at += part.length; }
    return new Uint8Array(hash.arrayBuffer(whole));
  };

  // RFC 9162, section 2.1.1: level by level, the last one without a neighbour goes up as it is.
  const rootOf = (receipts) => {
    if (!receipts.length) return hash("");
    let level = receipts.map((receipt) => hashed(0, receipt));
    while (level.length > 1) {
      const above = [];
      for (let place = 0; place + 1 < level.length; place += 2) above.push(hashed(1, level[place], level[place + 1]));
      if (level.length % 2) above.push(level[level.length - 1]);
      level = above;
    }
    return KeyShares.hex(level[0]);
  };

  // { ballots } or { wrong, … }: what is amiss by its name.
  const checked = (box, recorded) => {
    const ballots = box.sealed.map(bytesOf);
    const receipts = ballots.map((ballot) => hash(ballot));
    const doubled = receipts.find((receipt, place) => place > 0 && receipt === receipts[place - 1])
      || (new Set(receipts).size < receipts.length ? receipts.find((one, at) => receipts.indexOf(one) !== at) : null);
    if (doubled) return { wrong: "doubled", receipt: doubled };
    if (ballots.length !== recorded.ballots) return { wrong: "number", found: ballots.length };
    if (receipts.some((receipt, place) => place > 0 && receipt < receipts[place - 1])) return { wrong: "order" };
    if (rootOf(receipts.map(KeyShares.fromHex)) !== recorded.root) return { wrong: "changed" };
    return { ballots };
  };

  // The same text as Python writes with sorted keys, so that both computers show the same fingerprint.
  const written = (columns) => JSON.stringify({
    ballots: columns.ballots, form: columns.form, format: "piaojue-columns/1",
    items: columns.items.map((item) => ({ id: item.id, marks: item.marks })),
    key: columns.key, poll: columns.poll, root: columns.root,
    undecodable: columns.undecodable, void_ballots: columns.voidBallots,
  });

  return { checked, rootOf, written };
})();
