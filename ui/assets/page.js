// What every part of the page uses: a word for screen readers, and copying with a word that it is done.
window.khamtob = {
  say(words) {
    let said = document.querySelector(".kt-live[role=status]");
    if (!said) {
      said = document.createElement("div");
      said.className = "kt-live";
      said.setAttribute("role", "status");
      document.body.append(said);
    }
    said.textContent = words;
  },
  async copy(button, text) {
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch { // no permission, or not over https
      const box = document.createElement("textarea");
      box.value = text;
      box.className = "kt-live";
      button.after(box);
      box.select();
      done = document.execCommand("copy");
      box.remove();
      button.focus();
    }
    const said = done ? button.dataset.done : button.dataset.failed;
    button.dataset.label ||= button.textContent;
    button.textContent = said;
    khamtob.say(said);
    setTimeout(() => { if (button.isConnected) button.textContent = button.dataset.label; }, 2500);
  },
};
