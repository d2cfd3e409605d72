// What makes a note easier where scripts run: small photos from camera and album together, the place, and sending
// again by itself while the network fails. The form's own key makes it one note, however often it is sent.
const LONGEST_SIDE = 1600;
const PAUSES = [3, 6, 12, 20, 30];

const smaller = async (file) => {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.85); });
  return blob && blob.size < file.size ? new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" }) : file;
};

const prepare = () => {
  const form = document.getElementById("note");
  if (!form) return;
  const taken = [];
  const shown = document.getElementById("chosen");
  const draw = () => {
    shown.replaceChildren(...taken.map((file, place) => {
      const item = document.createElement("li");
      const picture = new Image();
      picture.src = URL.createObjectURL(file);
      picture.alt = file.name;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = "×";
      remove.setAttribute("aria-label", shown.dataset.remove.replace("{n}", place + 1));
      remove.addEventListener("click", () => { taken.splice(place, 1); draw(); });
      item.append(picture, remove);
      return item;
    }));
    shown.hidden = !taken.length;
  };
  let reducing = Promise.resolve();
  for (const input of form.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = "";
      reducing = reducing.then(async () => {
        for (const file of files) {
          if (taken.length >= Number(input.dataset.most)) break;
          let small = file;
          try { small = await smaller(file); } catch { /* the server says what is wrong with it */ }
          taken.push(small);
        }
        draw();
      });
    });
  }

  const located = document.getElementById("located");
  if ("geolocation" in navigator && window.isSecureContext) {
    form.querySelector(".locate").hidden = false;
    document.getElementById("locate").addEventListener("click", () => {
      located.textContent = located.dataset.busy;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          form.elements.longitude.value = coords.longitude.toFixed(4);
          form.elements.latitude.value = coords.latitude.toFixed(4);
          located.textContent = located.dataset.done;
        },
        () => { located.textContent = located.dataset.failed; },
        { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
      );
    });
  }

  const unsent = document.getElementById("unsent");
  const button = form.querySelector("button[type=submit]");
  const words = button.textContent;
  const wait = (seconds) => new Promise((done) => {
    let left = seconds;
    const tell = () => { unsent.textContent = unsent.dataset.waiting.replace("{n}", left); };
    unsent.hidden = false;
    tell();
    const timer = setInterval(() => {
      left -= 1;
      if (left <= 0) { clearInterval(timer); done(); } else tell();
    }, 1000);
    window.addEventListener("online", () => { clearInterval(timer); done(); }, { once: true });
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    button.textContent = button.dataset.busy;
    await reducing;
    const sent = new FormData(form);
    sent.delete("photos");
    for (const file of taken) sent.append("photos", file, file.name);
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await fetch(form.action, { method: "POST", body: sent, signal: AbortSignal.timeout?.(60000) });
        if (answer.redirected) { window.location.replace(answer.url); return; }
        if (answer.status < 500) {
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          document.querySelector("main").replaceWith(page.querySelector("main"));
          prepare();
          document.getElementById("errors")?.focus();
          return;
        }
      } catch { /* no network: once more */ }
      await wait(PAUSES[Math.min(tries, PAUSES.length - 1)]);
      unsent.textContent = unsent.dataset.sending;
      button.textContent = button.dataset.busy;
    }
  });
  window.addEventListener("pageshow", () => { button.disabled = false; button.textContent = words; }, { once: true });
};

prepare();
