// What is said of quotes: thumbs and a comment. The page is written anew with every turn, so what was said
// is remembered here and shown again.
{
  const said = (window.khamtobSaid ??= new Map());
  const place = (inside) => {
    const cite = inside.closest(".kt-citation").querySelector(".kt-cite");
    return { turn: cite.closest(".kt-turn").dataset.turn, n: cite.dataset.n };
  };
  const name = (where) => `${where.turn} ${where.n}`;
  const show = (verdict) => {
    const { helpful, comment, open } = said.get(name(place(verdict))) ?? {};
    for (const thumb of verdict.querySelectorAll(".kt-thumb")) {
      thumb.setAttribute("aria-pressed", String(thumb.dataset.helpful === helpful));
    }
    verdict.querySelector(".kt-comment").hidden = !open;
    if (comment !== undefined) verdict.querySelector("textarea").value = comment;
  };
  const send = (verdict, now) => {
    const where = place(verdict);
    const all = { ...said.get(name(where)), ...now };
    said.set(name(where), all);
    show(verdict);
    trigger("judge", { ...where, helpful: all.helpful ?? "", comment: all.comment ?? "" });
  };
  element.addEventListener("click", (event) => {
    const menu = event.target.closest(".kt-saving summary")?.parentElement;
    if (menu && !menu.querySelector("li")) return trigger("save", { turn: menu.closest(".kt-turn").dataset.turn });
    const thumb = event.target.closest(".kt-thumb");
    if (!thumb) return;
    const pressed = thumb.getAttribute("aria-pressed") === "true";
    send(thumb.closest(".kt-verdict"), pressed ? { helpful: undefined, open: false } : { helpful: thumb.dataset.helpful, open: true });
  });
  element.addEventListener("submit", (event) => {
    const form = event.target.closest(".kt-comment");
    if (!form) return;
    event.preventDefault();
    const verdict = form.closest(".kt-verdict");
    send(verdict, { comment: form.querySelector("textarea").value, open: false });
    verdict.querySelector('[aria-pressed="true"]').focus();
  });
  element.addEventListener("input", (event) => {
    const form = event.target.closest(".kt-comment");
    if (!form) return;
    const where = name(place(form));
    said.set(where, { ...said.get(where), comment: event.target.value });
  });
  watch("value", () => requestAnimationFrame(() => element.querySelectorAll(".kt-verdict").forEach(show)));
}
