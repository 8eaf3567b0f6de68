// The field for files: Gradio names its button in English, while what stands on it is in the page's language.
const field = document.getElementById("kt-files");
const unname = () => {
  for (const button of field.querySelectorAll(".upload-container[aria-label]")) button.removeAttribute("aria-label");
};
if (field) {
  new MutationObserver(unname).observe(field, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"] });
  unname();
}
