// The conversation: choosing a citation or an example, and keeping the newest turn in sight.
element.addEventListener("click", (event) => {
  const example = event.target.closest(".kt-ask");
  if (example) return trigger("pick", { question: example.dataset.question, alone: "alone" in example.dataset });
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
  if (turns.length) {
    turns[turns.length - 1].scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }
});
