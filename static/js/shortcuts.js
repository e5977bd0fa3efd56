// Keys: / search, g v home, ? this list, 1–9 in a marked group of choices, Ctrl+Enter, Ctrl+S.
// data-shortcuts="off" on <body> turns the single keys off.
"use strict";

{
  const PRIMARY = "[data-primary], button.btn-primary, button.btn-danger";
  let before = "";

  const isTyping = (target) =>
    target.isContentEditable ||
    target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

  const press = (target, selector) => {
    const form = target.closest("form") ?? document.querySelector("main form");
    const button = form?.querySelector(selector);
    button?.click();
    return Boolean(button);
  };

  const choose = (target, number) => {
    const choices = target.closest("[data-choices]")?.querySelectorAll("input[type=radio]");
    const choice = choices?.[number - 1];
    choice?.click();
    choice?.focus();
    return Boolean(choice);
  };

  const single = {
    "/": () => document.querySelector("[data-search]")?.focus(),
    "?": () => document.getElementById("phim-tat")?.showModal(),
    v: () => before === "g" && window.location.assign("/"),
  };

  const act = (event) => {
    if (event.key >= "1" && event.key <= "9") return choose(event.target, Number(event.key));
    if (!Object.hasOwn(single, event.key)) return false;
    single[event.key]();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      const selector = { Enter: PRIMARY, s: "[data-draft]" }[event.key];
      if (selector && press(event.target, selector)) event.preventDefault();
      return;
    }
    if (isTyping(event.target) || document.body.dataset.shortcuts === "off") return;
    if (act(event)) event.preventDefault();
    before = event.key;
  });
}
