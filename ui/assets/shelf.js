// The page of all articles: choosing a kind, turning a page, opening an article; the focus stays where it was.
const named = (button) => ["kind", "value", "page"].map((key) => button.dataset[key]).join(" ");
let pressed = null;

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".kt-open")) {
    window.khamtobOpener = button;
    for (const one of document.querySelectorAll(".kt-open[aria-current]")) one.removeAttribute("aria-current");
    button.setAttribute("aria-current", "true");
    return trigger("read", { document: button.dataset.document });
  }
  pressed = named(button);
  if (button.matches(".kt-choose")) trigger("narrow", { kind: button.dataset.kind, value: button.dataset.value });
  if (button.matches(".kt-page")) trigger("narrow", { kind: "page", value: button.dataset.page });
  if (button.matches(".kt-clear")) trigger("narrow", { kind: "clear", value: "" });
});
watch("value", () => requestAnimationFrame(() => {
  const years = element.querySelector(".kt-years");
  if (years && pressed === null) years.scrollLeft = years.scrollWidth; // the latest in sight
  if (pressed === null) return;
  const buttons = [...element.querySelectorAll("button:not(:disabled)")];
  const again = buttons.find((button) => named(button) === pressed);
  if (again) again.focus();
  else if (element.querySelector(".kt-articles")) element.querySelector("button")?.focus();
  pressed = null;
}));
