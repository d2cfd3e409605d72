// Keeps the one field of the check-in desk ready for the scanner, which types like a keyboard wherever the focus is.
const field = document.getElementById("f-q");
const isFree = () => !document.activeElement || document.activeElement === document.body;

document.addEventListener("keydown", (event) => {
  const types = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (types && isFree()) field.focus();
});
window.addEventListener("focus", () => { if (isFree()) field.focus(); });
window.addEventListener("pageshow", () => { field.value = ""; });
