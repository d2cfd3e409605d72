// Opening the box: fetch and check it, take the shares, open and add up, send the columns only.
(() => {
  "use strict";
  const { at, word } = ShareDesk;
  const data = at("box").dataset;
  const key = ShareDesk.keyOf(at("box"));
  const recorded = { ballots: Number(data.ballots), root: data.root };
  const MOST_WORKERS = 4;
  let box = null;
  let ballots = [];

  const say = (id, said, kind) => {
    at(id).textContent = said;
    at(id).className = `note ${kind}`;
    at(id).hidden = false;
  };

  const complaint = (found) => {
    const more = found.found - recorded.ballots;
    switch (found.wrong) {
      case "doubled": return word("box_doubled", { receipt: found.receipt.slice(0, 16) });
      case "number": return word("box_number", {
        found: found.found, recorded: recorded.ballots,
        what: more > 0 ? word("box_more", { n: more }) : word("box_fewer", { n: -more }),
      });
      case "order": return word("box_order");
      default: return word("box_changed");
    }
  };

  const fetched = async () => {
    say("checked", word("box_fetching"), "");
    try {
      const answer = await fetch(data.box, { cache: "no-store", redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      return await answer.json();
    } catch (_) {
      say("checked", word("box_unreachable"), "bad");
      return null;
    }
  };

  const begin = async () => {
    box = await fetched();
    if (!box) return;
    const found = BoxCheck.checked(box, recorded);
    if (found.wrong) { say("checked", complaint(found), "bad"); return; }
    ballots = found.ballots;
    say("checked", word("box_right", { n: ballots.length }), "ok");
    at("bringing").hidden = false;
    at("share-text").focus();
  };

  // One worker for each part of the box, so that the page keeps answering.
  const opened = (secretKey, heard) => {
    const number = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1, ballots.length));
    const size = Math.ceil(ballots.length / number);
    const form = {
      form: box.form.form, items: box.form.items.map((item) => item.id), mostFor: box.form.most_for,
      marks: { per_item: 4, choose: 2, grade: 1 + box.form.options.length }[box.form.form],
    };
    const parts = Array.from({ length: number }, (_, place) => new Promise((resolve, reject) => {
      const worker = new Worker(data.worker);
      worker.onerror = reject;
      worker.onmessage = (event) => {
        heard(event.data.done);
        if (event.data.sums) { worker.terminate(); resolve(event.data.sums); }
      };
      worker.postMessage({
        scripts: [data.nacl, data.sealedBox], ballots: ballots.slice(place * size, (place + 1) * size),
        publicKey: KeyShares.fromHex(key.publicKey), secretKey, form,
      });
    }));
    return Promise.all(parts);
  };

  const added = (parts) => ({
    poll: key.poll, form: box.form_hash, key: box.key.fingerprint, root: box.root, ballots: ballots.length,
    undecodable: parts.reduce((sum, part) => sum + part.undecodable, 0),
    voidBallots: parts.reduce((sum, part) => sum + part.voidBallots, 0),
    items: box.form.items.map((item, place) => ({
      id: item.id,
      marks: parts[0].items[place].map((_, mark) => parts.reduce((sum, part) => sum + part.items[place][mark], 0)),
    })),
  });

  const finish = (columns, holders, seconds) => {
    const text = BoxCheck.written(columns);
    at("f-columns").value = text;
    at("f-holders").value = holders.join(" ");
    at("opened").textContent = word("opened", { n: columns.ballots, seconds: seconds.toFixed(1) });
    at("undecodable").textContent = String(columns.undecodable);
    at("void-ballots").textContent = String(columns.voidBallots);
    at("columns-hash").textContent = KeyShares.hash(text).slice(0, 32).match(/.{4}/g).join(" ");
    at("opening").hidden = true;
    at("success").hidden = false;
    at("success").querySelector("h2").focus();
  };

  const open = async (shares) => {
    at("bringing").hidden = true;
    const holders = shares.map((share) => key.holders[share.holder].id);
    const secretKey = await KeyShares.combine(shares, key.publicKey);
    desk.close();
    if (!secretKey) { desk.tell(word("shares_false"), "bad"); return; }
    desk.tell("", "");
    at("opening").hidden = false;
    let done = 0;
    const started = performance.now();
    const heard = (more) => {
      done += more;
      at("progress").value = done;
      at("progress-text").textContent = word("opening", { done, all: ballots.length });
    };
    heard(0);
    const parts = await opened(secretKey, heard);
    secretKey.fill(0);
    finish(added(parts), holders, (performance.now() - started) / 1000);
  };

  const desk = ShareDesk.open(key, (shares) => { if (shares.length === key.threshold) open(shares); });
  at("progress").max = recorded.ballots;
  begin();
})();
