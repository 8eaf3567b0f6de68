// Removing the article that is read: asked once more before it is done.
element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const removal = button && button.closest(".kt-removal");
  if (!removal) return;
  const [ask, sure] = [removal.querySelector(".kt-ask-removal"), removal.querySelector(".kt-sure")];
  const asking = button.matches(".kt-ask-removal");
  ask.hidden = asking;
  sure.hidden = !asking;
  if (button.matches(".kt-remove")) trigger("remove", { document: button.dataset.document });
  else (asking ? removal.querySelector(".kt-keep") : ask).focus();
});
