// The field for files: some of its buttons Gradio names in English only, and what is too large for the server, or too
// much, it would send all the same. The words for all this stand in the hint above the field.
const field = document.getElementById("kt-files");
const words = () => element.querySelector(".kt-hint")?.dataset ?? {};
const rename = () => {
  for (const button of field.querySelectorAll(".upload-container[aria-label]")) button.removeAttribute("aria-label");
  const { upload, drop } = words();
  const names = { "Remove this file": drop, "File upload": upload, "common.upload": upload };
  for (const one of field.querySelectorAll("[aria-label]")) {
    const name = names[one.getAttribute("aria-label")];
    if (name) one.setAttribute("aria-label", name);
  }
};
const refuse = (event) => {
  const files = [...((event.dataTransfer ?? event.target).files ?? [])];
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const large = size > Number(words().limit);
  const many = files.length > Number(words().most);
  element.querySelector(".kt-large").hidden = !large || many;
  element.querySelector(".kt-many").hidden = !many;
  if (!large && !many) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.target.value) event.target.value = "";
};
if (field) {
  const seen = { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"] };
  new MutationObserver(rename).observe(field, seen);
  watch("value", () => requestAnimationFrame(rename));
  for (const kind of ["change", "drop"]) field.addEventListener(kind, refuse, true);
}
