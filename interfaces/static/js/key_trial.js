// The trial opening: every share is brought back, and a test ballot is opened with every combination that suffices.
(() => {
  "use strict";
  const { at, word } = ShareDesk;
  const key = ShareDesk.keyOf(at("trial"));
  const TEST_BYTES = 36;

  // Sealed anew for every combination, as a voter's browser would.
  const opensWith = async (shares) => {
    const secret = await KeyShares.combine(shares, key.publicKey);
    if (!secret) return false;
    const publicKey = KeyShares.fromHex(key.publicKey);
    const test = window.nacl.randomBytes(TEST_BYTES);
    const opened = window.sealedBox.open(window.sealedBox.seal(test, publicKey), publicKey, secret);
    secret.fill(0);
    return opened !== null && KeyShares.same(opened, test);
  };

  const tryAll = async (shares) => {
    const combinations = KeyShares.choices(shares, key.threshold);
    const failed = [];
    for (const some of combinations) if (!await opensWith(some)) failed.push(some);
    const names = (some) => some.map((share) => key.holders[share.holder].name).join(word("and"));
    at("bringing").hidden = true;
    desk.close();
    if (failed.length) {
      desk.tell(word("trial_failed", { names: failed.map(names).join(word("or")) }), "bad");
      return;
    }
    at("f-combinations").value = String(combinations.length);
    at("tried").textContent = word("trial_done", { n: combinations.length });
    at("success").hidden = false;
    at("success").querySelector("h2").focus();
  };

  const desk = ShareDesk.open(key, (shares) => { if (shares.length === key.holders.length) tryAll(shares); });
  at("bringing").hidden = false;
  at("share-text").focus();
})();
