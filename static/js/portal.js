// The frame: keyboard shortcuts, menus that close, focus after errors, words for screen readers.
"use strict";

const say = (words) => {
  const region = document.getElementById("loi-bao");
  if (region) region.textContent = words;
};

const isTyping = (target) =>
  target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

const press = (form, selector) => {
  const button = form?.querySelector(selector);
  if (button) button.click();
  return Boolean(button);
};

let lastKey = "";
const singleKeys = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => document.getElementById("phim-tat")?.showModal(),
  v: () => lastKey === "g" && window.location.assign("/"),
};

const controlKeys = {
  Enter: (form) => press(form, "[data-primary], button.btn-primary, .btn-danger"),
  s: (form) => press(form, "[data-draft]"),
};

document.addEventListener("keydown", (event) => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if ((event.ctrlKey || event.metaKey) && controlKeys[key]) {
    const form = event.target.closest("form") ?? document.querySelector("main form");
    if (controlKeys[key](form)) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target) || document.body.dataset.shortcuts === "off") return;
  if (singleKeys[key]) {
    if (key !== "v") event.preventDefault();
    singleKeys[key]();
  }
  lastKey = key;
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.drop[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keyup", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.drop[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

const focusErrors = (root) => root.querySelector?.("[data-focus]")?.focus();

document.addEventListener("DOMContentLoaded", () => focusErrors(document));
document.addEventListener("htmx:load", (event) => focusErrors(event.detail.elt));
document.addEventListener("htmx:sendError", () =>
  say("Mất kết nối. Nội dung được giữ trên máy này và sẽ lưu khi có mạng."));
document.addEventListener("htmx:afterSwap", (event) => {
  const count = event.detail.target.dataset?.results;
  if (count) say(`Đã tải ${count} kết quả`);
});
