// What makes the form easier where scripts run: location, small photos, a draft while switching, and a little
// arithmetic that shows a browser is at work. Without it everything can be sent as well.
const form = document.getElementById("propose");
const LONGEST_SIDE = 1600;
const WORK_BITS = 16;

// ---- place
const located = document.getElementById("located");
if ("geolocation" in navigator && window.isSecureContext) {
  document.querySelector(".locate").hidden = false;
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

// ---- characters left, once more than half of them are used
for (const field of form.querySelectorAll("textarea[maxlength], #f-title")) {
  const count = document.createElement("span");
  count.className = "count";
  count.setAttribute("aria-hidden", "true");
  const show = () => {
    count.textContent = `${field.value.length}/${field.maxLength}`;
    count.hidden = field.value.length * 2 < field.maxLength;
  };
  field.addEventListener("input", show);
  field.after(count);
  show();
}

// ---- photos: drawn smaller on the phone, which spares the line; the server draws them anew in any case
const photos = form.elements.photos;
const chosen = document.getElementById("chosen");
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
photos?.addEventListener("change", async () => {
  const files = [...photos.files].slice(0, Number(photos.dataset.most));
  chosen.replaceChildren();
  const kept = new DataTransfer();
  for (const file of files) {
    let small = file;
    try { small = await smaller(file); } catch { /* the server says what is wrong with it */ }
    kept.items.add(small);
    if (small.type.startsWith("image/")) {
      const picture = new Image();
      picture.src = URL.createObjectURL(small);
      picture.alt = small.name;
      const item = document.createElement("li");
      item.append(picture);
      chosen.append(item);
    }
  }
  chosen.hidden = !chosen.childElementCount;
  try { photos.files = kept.files; } catch { /* an old browser sends them as they are */ }
});

// ---- the draft goes along to the other form or size of type, in this window only
const DRAFT = "piaojue-draft";
const said = () => [...form.querySelectorAll("input[type=text], input[type=tel], input:not([type]), textarea, select")];
for (const link of document.querySelectorAll("[data-keeps-draft]")) {
  link.addEventListener("click", () => {
    sessionStorage.setItem(DRAFT, JSON.stringify(Object.fromEntries(said().map((field) => [field.name, field.value]))));
  });
}
try {
  const draft = JSON.parse(sessionStorage.getItem(DRAFT) ?? "{}");
  sessionStorage.removeItem(DRAFT);
  for (const field of said()) if (draft[field.name]) field.value = draft[field.name];
} catch { /* no draft then */ }

// ---- sent once
form.addEventListener("submit", () => {
  const button = form.querySelector("button[type=submit]");
  const words = button.textContent;
  button.textContent = button.dataset.busy;
  setTimeout(() => { button.disabled = true; });
  window.addEventListener("pageshow", () => { button.disabled = false; button.textContent = words; }, { once: true });
});
(document.getElementById("errors") ?? document.getElementById("alike"))?.focus();

// ---- the arithmetic: a number with which the SHA-256 of the form's seal begins with enough zeros
const worker = new Worker(new URL("proposing_work.js", import.meta.url), { type: "module" });
worker.addEventListener("message", ({ data }) => { form.elements.work.value = data; worker.terminate(); });
worker.postMessage({ seal: form.elements.sealed.value, bits: WORK_BITS });
