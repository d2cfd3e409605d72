// Typing in at speed: Ctrl+Enter (⌘+Enter) saves from wherever one is typing, like the first button.
const form = document.getElementById("entry");
form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[name=then]"));
  }
});
