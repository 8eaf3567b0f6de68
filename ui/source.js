// The source panel: the quote in sight, the citation it belongs to marked, and a way to close it.
const isSheet = () => getComputedStyle(element.closest("#kt-beside")).position === "fixed";
const panel = () => element.querySelector(".kt-source");

const show = () => {
  const source = panel();
  const scroll = source && source.querySelector(".kt-scroll");
  const mark = source && source.querySelector("mark");
  if (scroll) {
    const above = mark ? mark.getBoundingClientRect().top - scroll.getBoundingClientRect().top : 0;
    scroll.scrollTop += above - scroll.clientHeight / 4;
  }
  for (const cite of document.querySelectorAll(".kt-cite")) {
    const same = source && ["document", "start", "end"].every((k) => cite.dataset[k] === source.dataset[k]);
    if (same) cite.setAttribute("aria-current", "true");
    else cite.removeAttribute("aria-current");
  }
  const open = source && source.dataset.chosen === "yes";
  element.closest("#kt-beside").dataset.open = open ? "yes" : "no";
  if (open && isSheet()) source.querySelector(".kt-close").focus();
};

const close = () => {
  element.closest("#kt-beside").dataset.open = "no";
  if (window.khamtobOpener) window.khamtobOpener.focus();
};

watch("value", () => requestAnimationFrame(show));
element.addEventListener("click", (event) => {
  if (event.target.closest(".kt-close")) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isSheet()) close();
});
