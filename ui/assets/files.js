// An answer's files, when its menu has been opened: into the menu with them.
watch("value", () => {
  const files = element.querySelector("template")?.content.querySelector("ul");
  const menu = files && document.querySelector(`.kt-turn[data-turn="${CSS.escape(files.dataset.turn)}"] .kt-saving ul`);
  menu?.replaceChildren(...files.cloneNode(true).children);
});
