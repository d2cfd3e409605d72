// Looks for a number with which the SHA-256 of "seal:number" begins with so many zero bits. Written out, because the
// browser's own SHA-256 is there on https only and answers one at a time.
const K = new Uint32Array(64);
const START = new Uint32Array(8);
for (let found = 0, n = 2; found < 64; n += 1) {
  let prime = true;
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
  if (!prime) continue;
  const fraction = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32);
  K[found] = fraction(Math.cbrt(n));
  if (found < 8) START[found] = fraction(Math.sqrt(n));
  found += 1;
}
const W = new Uint32Array(64);
const turned = (x, n) => (x >>> n) | (x << (32 - n));

function block(state, words) {
  W.set(words);
  for (let i = 16; i < 64; i += 1) {
    const a = W[i - 15], b = W[i - 2];
    const s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3), s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
    W[i] = W[i - 16] + s0 + W[i - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const t1 = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const t2 = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  return [state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e, state[5] + f, state[6] + g, state[7] + h];
}

export function first(text) {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, bytes.length * 8);
  let state = [...START];
  for (let at = 0; at < padded.length; at += 64) {
    const words = Array.from({ length: 16 }, (_, i) => view.getUint32(at + 4 * i));
    state = block(state, words).map((x) => x | 0);
  }
  return state[0] >>> 0;
}

self.onmessage = ({ data: { seal, bits } }) => {
  let number = 0;
  while (first(`${seal}:${number}`) >>> (32 - bits)) number += 1;
  self.postMessage(String(number));
};
