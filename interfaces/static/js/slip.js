// Copies the address of the tracking page and prints the slip, where the browser can.
const copy = document.getElementById("copy");
const print = document.querySelector("[data-print]");
const byHand = () => {
  const field = document.createElement("textarea");
  field.value = copy.dataset.copy;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
};
copy.hidden = false;
copy.addEventListener("click", async () => {
  try { await navigator.clipboard.writeText(copy.dataset.copy); } catch { byHand(); }
  copy.textContent = copy.dataset.done;
});
print.hidden = !window.print || /MicroMessenger/.test(navigator.userAgent);
print.addEventListener("click", () => window.print());
