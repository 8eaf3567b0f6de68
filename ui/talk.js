// The conversation: choosing a citation or an example, and keeping the newest turn in sight.
const edit = (question) => {
  const box = document.querySelector("#kt-box textarea");
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
};
let kept = "";
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
    khamtob.keep(last.querySelector(".kt-tools").dataset.question);
  }
  if (!answered.length) kept = "";
  if (turns.length) {
    turns[turns.length - 1].scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }
});
