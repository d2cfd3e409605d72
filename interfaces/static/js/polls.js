// The scanner's field keeps the focus: a scan must never land beside it.
const field = document.querySelector("#f-code");

function back(event) {
  const to = event.target instanceof Element ? event.target.closest("input, a, button, label, summary") : null;
  if (!to) field.focus();
}

if (field) {
  field.focus();
  document.addEventListener("click", back);
  window.addEventListener("focus", () => field.focus());
  document.addEventListener("change", (event) => { if (event.target !== field) field.focus(); });
}
