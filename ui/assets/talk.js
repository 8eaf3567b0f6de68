// The conversation: choosing a citation or an example, and keeping the newest turn in sight.
const edit = (question) => {
  const box = document.querySelector("#kt-box textarea");
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
};
let kept = "";
// The conversation is kept in this tab alone, so that it is still there in another language, and when one comes
// back from the articles.
const TURNS = "khamtob-turns";
const stored = (turns) => {
  try {
    if (turns) sessionStorage.setItem(TURNS, JSON.stringify(turns));
    return JSON.parse(sessionStorage.getItem(TURNS) || "[]");
  } catch { // not allowed to keep anything
    return [];
  }
};
const asked = (turn) => ({
  question: turn.querySelector(".kt-question").textContent,
  link: turn.querySelector(".kt-share").dataset.link,
  alone: !turn.querySelector(".kt-searched"),
});
const here = new URL(location.href);
let fresh = true;
// While the conversation is taken up the welcome is not shown, and what is asked waits: the conversation, when it is
// back, would take the place of the answer.
const LONGEST_WAIT = 8000; // ms: then it is asked all the same
let held = null;
if (stored().length && !here.searchParams.has("q")) element.dataset.resuming = "yes";
const letGo = () => {
  delete element.dataset.resuming;
  const button = held;
  held = null;
  if (button) setTimeout(() => button.click());
};
const hold = (event) => {
  if (!element.dataset.resuming) return;
  const { target } = event;
  if (event.type === "click" && target.closest(".kt-fresh")) {
    stored([]);
    letGo();
    return;
  }
  const enters = event.key === "Enter" && !event.shiftKey && !event.isComposing && target.matches("#kt-box textarea");
  const button = event.type === "click" ? target.closest(".kt-ask, #kt-box .submit-button") : enters && document.querySelector("#kt-box .submit-button");
  if (!button) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  held = button;
};
for (const kind of ["click", "keydown"]) window.addEventListener(kind, hold, true);
const takeUp = (answered) => {
  const turns = stored();
  if (fresh && !here.searchParams.has("q") && turns.length && !answered.length) {
    trigger("resume", { turns });
    setTimeout(letGo, LONGEST_WAIT);
  }
  else if (answered.length || !element.querySelector(".kt-turn")) stored(answered.map(asked));
  if (!fresh || answered.length) letGo();
  fresh = false;
  if (!answered.length || !here.searchParams.has("q")) return;
  const language = here.searchParams.get("lang"); // what a link asked is in the conversation now: not to be asked again
  here.search = language ? `?lang=${language}` : "";
  history.replaceState(history.state, "", here);
};
element.addEventListener("click", (event) => {
  const example = event.target.closest(".kt-ask");
  if (example) return trigger("pick", { question: example.dataset.question, alone: "alone" in example.dataset });
  const button = event.target.closest("button");
  if (button && button.matches(".kt-stop")) return trigger("stop", { question: button.dataset.question || "" });
  const tools = button && button.closest(".kt-tools");
  if (tools) {
    const { question } = tools.dataset;
    if (button.matches(".kt-again")) trigger("pick", { question, alone: true });
    else if (button.matches(".kt-share")) khamtob.copy(button, location.origin + location.pathname + button.dataset.link);
    else edit(question);
    return;
  }
  const quote = event.target.closest("blockquote");
  const selecting = String(window.getSelection()) !== "";
  const cite = quote && !selecting
    ? quote.closest(".kt-citation").querySelector(".kt-cite")
    : event.target.closest(".kt-cite");
  if (!cite) return;
  if (quote) cite.focus({ preventScroll: true });
  const { turn } = cite.closest(".kt-turn").dataset;
  trigger("cite", { turn, ...cite.dataset });
});
watch("value", () => {
  const turns = element.querySelectorAll(".kt-turn");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const answered = [...turns].filter((turn) => turn.dataset.turn);
  const last = answered[answered.length - 1];
  if (last && last.dataset.turn !== kept) {
    kept = last.dataset.turn;
    if (!element.dataset.resuming) khamtob.keep(last.querySelector(".kt-tools").dataset.question);
  }
  if (!answered.length) kept = "";
  takeUp(answered);
  if (turns.length) {
    turns[turns.length - 1].scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }
});
