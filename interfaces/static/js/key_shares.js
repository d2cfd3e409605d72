// Shares of a poll's secret key, in the browser of the scrutineers only: making them, writing them, reading them,
// putting the key together. The format is the one of domain/polls/share.py. Nothing here asks the network.
/* exported KeyShares */
const KeyShares = (() => {
  "use strict";
  const library = window.exports;
  delete window.exports;
  delete window.require;

  const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const VERSION = 1;
  const ROWS = 6;
  const WIDTH = 13;
  const LENGTH = ROWS * WIDTH;
  const TAG = 3;
  const SUM = 4;
  const hash = window.sha256;

  const ascii = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const joined = (...parts) => {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) { whole.set(part, at); at += part.length; }
    return whole;
  };
  const digest = (...parts) => new Uint8Array(hash.arrayBuffer(joined(...parts)));
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const fromHex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  const same = (a, b) => a.length === b.length && a.every((byte, place) => byte === b[place]);

  // The check digit makes this sum 0: weights are powers of x in GF(32), as on the cards.
  const weighed = (row) => {
    let sum = 0;
    for (const digit of row) sum = ((sum << 1) ^ (sum & 16 ? 0x25 : 0)) ^ CROCKFORD.indexOf(digit);
    return sum;
  };
  const checked = (digits) => {
    const sum = weighed(digits);
    return digits + CROCKFORD[(sum << 1) ^ (sum & 16 ? 0x25 : 0)];
  };

  const pollTag = (poll) => digest(ascii("piaojue/share-of-poll/1\0"), fromHex(poll.replace(/-/g, ""))).subarray(0, TAG);
  const keyTag = (publicKey) => digest(publicKey).subarray(0, TAG);
  const sumOf = (body) => digest(ascii("piaojue/share/1\0"), body).subarray(0, SUM);

  const written = (body) => {
    const whole = joined(body, sumOf(body));
    let digits = "";
    let kept = 0;
    let bits = 0;
    for (const byte of whole) {
      kept = (kept << 8) | byte;
      bits += 8;
      while (bits >= 5) { bits -= 5; digits += CROCKFORD[(kept >> bits) & 31]; }
      kept &= 31;
    }
    whole.fill(0);
    return digits.match(/.{12}/g).map(checked).join("");
  };

  const bytesOf = (text) => {
    const bytes = [];
    let kept = 0;
    let bits = 0;
    for (let place = 0; place < text.length; place += 1) {
      if (place % WIDTH === WIDTH - 1) continue;
      kept = (kept << 5) | CROCKFORD.indexOf(text[place]);
      bits += 5;
      if (bits >= 8) { bits -= 8; bytes.push((kept >> bits) & 255); kept &= (1 << bits) - 1; }
    }
    return Uint8Array.from(bytes);
  };

  const plain = (typed) => typed.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "")
    .replace(/O/g, "0").replace(/[IL]/g, "1");

  // What is wrong with each row so far, for who types: "", "character" or "row"; a row not finished has nothing wrong.
  const rowsOf = (typed) => (plain(typed).match(/.{1,13}/g) || []).map((row) => {
    if ([...row].some((digit) => CROCKFORD.indexOf(digit) < 0)) return "character";
    if (row.length < WIDTH) return null;
    return weighed(row) === 0 ? "" : "row";
  });

  // The share, or { wrong, row, has }: "length", "character", "row", "sum", "version".
  const read = (typed) => {
    const text = plain(typed);
    if (text.length !== LENGTH) return { wrong: "length", has: text.length };
    const faults = rowsOf(text);
    const row = faults.findIndex((fault) => fault);
    if (row >= 0) return { wrong: faults[row], row: row + 1 };
    const bytes = bytesOf(text);
    const body = bytes.subarray(0, bytes.length - SUM);
    if (!same(sumOf(body), bytes.subarray(bytes.length - SUM))) return { wrong: "sum" };
    const version = body[0] >> 4;
    const share = {
      threshold: body[0] & 15, number: body[1] >> 4, of: body[1] & 15,
      pollTag: body.slice(2, 2 + TAG), keyTag: body.slice(2 + TAG, 2 + 2 * TAG),
      part: joined(body.subarray(3 + 2 * TAG), body.subarray(2 + 2 * TAG, 3 + 2 * TAG)),
      fingerprint: hash(text),
    };
    bytes.fill(0);
    const fits = share.threshold >= 1 && share.threshold <= share.of && share.number >= 1 && share.number <= share.of;
    return version === VERSION && fits ? share : { wrong: "version" };
  };

  // As the library wants them: 32 bytes and the place. With a threshold of one, every share is the key itself.
  const parts = async (secret, threshold, shares) => threshold > 1
    ? library.split(secret, shares, threshold)
    : Array.from({ length: shares }, (_, place) => joined(secret, Uint8Array.of(place + 1)));

  // A fresh key pair and its shares as texts; the secret half is wiped before this returns.
  const make = async (poll, threshold, shares) => {
    const pair = window.nacl.box.keyPair();
    const split = await parts(pair.secretKey, threshold, shares);
    const tags = joined(pollTag(poll), keyTag(pair.publicKey));
    const texts = split.map((part, place) => {
      const head = Uint8Array.of((VERSION << 4) | threshold, ((place + 1) << 4) | shares);
      const body = joined(head, tags, part.subarray(32), part.subarray(0, 32));
      const text = written(body);
      body.fill(0);
      part.fill(0);
      return text;
    });
    pair.secretKey.fill(0);
    return { publicKey: hex(pair.publicKey), texts };
  };

  // The secret key that exactly `threshold` shares give, or null when it does not belong to the public key.
  const combine = async (shares, publicKey) => {
    const secret = shares.length > 1
      ? await library.combine(shares.map((share) => share.part)) : shares[0].part.slice(0, 32);
    const pair = window.nacl.box.keyPair.fromSecretKey(secret);
    if (hex(pair.publicKey) === publicKey) return secret;
    secret.fill(0);
    return null;
  };

  const forget = (share) => share.part.fill(0);
  const printed = (text) => text.match(/.{13}/g).map((row) => row.match(/.{1,4}/g).join("-"));

  // An SVG drawn here: no picture has an address.
  const drawn = (text) => {
    const code = window.qrcode(0, "M");
    code.addData(text, "Alphanumeric");
    code.make();
    const size = code.getModuleCount();
    let path = "";
    for (let row = 0; row < size; row += 1) {
      for (let column = 0; column < size; column += 1) {
        if (code.isDark(row, column)) path += `M${column + 4},${row + 4}h1v1h-1z`;
      }
    }
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", `0 0 ${size + 8} ${size + 8}`);
    const squares = document.createElementNS("http://www.w3.org/2000/svg", "path");
    squares.setAttribute("d", path);
    svg.appendChild(squares);
    return svg;
  };

  // Every choice of `few` among `all`.
  const choices = (all, few) => few === 0 ? [[]]
    : all.flatMap((first, place) => choices(all.slice(place + 1), few - 1).map((rest) => [first, ...rest]));

  return { make, read, rowsOf, combine, forget, printed, drawn, choices, pollTag, keyTag, same, hex, fromHex, hash };
})();
