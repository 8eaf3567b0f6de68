// The source panel: the quote in sight, the citation it belongs to marked, steps to the ones beside it, a
// copy of the quote, and a way out. On a phone it is a sheet: what lies under it can't be reached meanwhile.
const beside = element.closest("#kt-beside");
const room = beside.closest("#kt-room");
const panel = () => element.querySelector(".kt-source");
const isSheet = () => getComputedStyle(beside).position === "fixed";
const isChosen = () => panel()?.dataset.chosen === "yes";
const isOpen = () => beside.dataset.open === "yes" && (isChosen() || !isSheet()); // a sheet comes only when it is asked for
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
let stepped = null; // which step was pressed: the new panel gets the focus back there

const cites = (of) => [...document.querySelectorAll(`.kt-turn[data-turn="${of.turn}"] .kt-cite`)];
const same = (cite, of) => cite.dataset.n === of.n && cite.dataset.also === of.also;
const current = () => {
  const source = panel();
  return source && source.dataset.n ? cites(source.dataset).find((cite) => same(cite, source.dataset)) : null;
};

const mark = () => {
  const now = current();
  for (const cite of document.querySelectorAll(".kt-cite[aria-current]")) {
    if (cite !== now) cite.removeAttribute("aria-current");
  }
  if (now) now.setAttribute("aria-current", "true");
};

const cover = () => {
  const covered = isSheet() && isOpen();
  for (const other of [document.getElementById("kt-header"), document.getElementById("kt-talk")]) {
    if (other) other.inert = covered;
  }
  const source = panel();
  if (!source) return;
  if (covered) {
    source.setAttribute("role", "dialog");
    source.setAttribute("aria-modal", "true");
  } else {
    source.removeAttribute("role");
    source.removeAttribute("aria-modal");
  }
};

const focus = (target, tries = 30) => { // not before the sheet's first frame can it be had
  target.focus();
  if (document.activeElement !== target && target.isConnected && tries) requestAnimationFrame(() => focus(target, tries - 1));
};

const show = () => {
  const source = panel();
  const scroll = source && source.querySelector(".kt-scroll");
  const quote = source && source.querySelector("mark");
  if (scroll && quote) {
    const above = quote.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
    scroll.scrollTop += above - scroll.clientHeight / 4;
  }
  mark();
  if (isChosen()) {
    beside.dataset.open = "yes";
    khamtob.say(source.getAttribute("aria-label"));
    const step = stepped && source.querySelector(`.kt-step[data-step="${stepped}"]`);
    if (step && !step.disabled) focus(step);
    else if (step || isSheet()) focus(source.querySelector(step ? ".kt-scroll" : ".kt-close"));
    const now = current();
    if (now && !isSheet()) now.closest(".kt-citation").scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  } else if (beside.dataset.open !== "no") {
    beside.dataset.open = "yes"; // unasked, it opens beside, and not again once it was closed
  }
  stepped = null;
  cover();
};

const close = () => {
  const cite = current();
  beside.dataset.open = "no";
  cover();
  const opener = cite || window.khamtobOpener;
  if (opener) opener.focus({ preventScroll: !isSheet() });
};

const step = (by) => {
  const source = panel();
  if (!source || !source.dataset.n) return;
  const of = { turn: source.dataset.turn, n: String(Number(source.dataset.n) + by) };
  const next = cites(of).find((cite) => same(cite, of));
  if (!next) return;
  if (element.contains(document.activeElement)) stepped = by;
  else next.focus();
  next.click();
};

watch("value", () => requestAnimationFrame(show));
const talk = document.getElementById("kt-conversation"); // there is none on the page of all articles
if (talk) new MutationObserver(mark).observe(talk, { childList: true, subtree: true });
window.addEventListener("resize", cover);
element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".kt-close")) close();
  else if (button.matches(".kt-step")) step(Number(button.dataset.step));
  else if (button.matches(".kt-copy")) khamtob.copy(button, button.dataset.copy);
});
document.addEventListener("click", (event) => {
  if (event.isTrusted && isSheet() && isOpen() && !beside.contains(event.target) && event.target.isConnected) close();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if (event.key === "Escape" && !typing && isOpen()) return close();
  // single letters only where they can't be meant for anything else; by place, for keyboards of any alphabet
  const reading = element.contains(event.target) || event.target.closest?.(".kt-citation");
  if (typing || !reading || event.ctrlKey || event.metaKey || event.altKey) return;
  const by = { KeyJ: 1, ArrowRight: 1, KeyK: -1, ArrowLeft: -1 }[event.code];
  if (by) {
    event.preventDefault();
    step(by);
  }
});
