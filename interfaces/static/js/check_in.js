// Keeps the one field of the check-in desk ready for the scanner, which types like a keyboard wherever the focus is.
// Also from a button: its Enter would otherwise press that button instead of sending the code.
const field = document.getElementById("f-q");
const takesText = (element) => element?.matches("textarea, select, input:not([type=checkbox], [type=radio])");

document.addEventListener("keydown", (event) => {
  const types = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (types && !takesText(document.activeElement)) field.focus();
});
// Only on a page that was left and is shown again: on a new one the scanner may have begun before all was loaded.
window.addEventListener("pageshow", (event) => { if (event.persisted) field.value = ""; });
