// The questions asked from this browser, kept in it and nowhere else, and the way back to the start.
const KEY = "khamtob-questions";
const MOST = 30;
const read = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
    return kept.filter((question) => typeof question === "string");
  } catch { // nothing kept, or not allowed to keep anything
    return [];
  }
};
const write = (questions) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(questions.slice(0, MOST)));
  } catch { /* not allowed to: the list is as long as the visit */ }
};
const details = () => element.querySelector(".kt-history");
const draw = () => {
  const list = element.querySelector(".kt-earlier");
  if (!list) return;
  const questions = read();
  list.replaceChildren(...questions.map((question) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = question;
    button.dir = "auto";
    button.className = "kt-ask";
    button.dataset.question = question;
    item.append(button);
    return item;
  }));
  element.querySelector(".kt-none-yet").hidden = questions.length > 0;
  element.querySelector(".kt-kept").hidden = questions.length === 0;
};
window.khamtob.keep = (question) => {
  if (!question) return;
  write([question, ...read().filter((other) => other !== question)]);
  draw();
};
watch("value", draw);
draw();
const box = () => document.querySelector("#kt-box textarea");
element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".kt-ask")) {
    details().open = false;
    trigger("pick", { question: button.dataset.question, alone: true });
  } else if (button.matches(".kt-forget")) {
    write([]);
    draw();
    details().querySelector("summary").focus();
  } else if (button.matches(".kt-fresh")) {
    trigger("fresh");
    box().focus();
  }
});
document.addEventListener("click", (event) => {
  const open = details();
  if (open && !open.contains(event.target) && event.target.isConnected) open.open = false;
});
element.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !details().open) return;
  event.stopPropagation();
  details().open = false;
  details().querySelector("summary").focus();
});
