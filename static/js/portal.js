// The frame: menus that close, focus on what must be mended, buttons pressed once, words said aloud.
"use strict";

const portal = {
  // Put words into the live region.
  say(words) {
    const region = document.getElementById("loi-bao");
    if (region) region.textContent = words;
  },

  // Call `begin` once for each element that matches, now and in what htmx brings later.
  each(selector, begin) {
    const begun = new WeakSet();
    const look = (root) => {
      const found = [...root.querySelectorAll(selector)];
      if (root.matches?.(selector)) found.push(root);
      for (const element of found.filter((one) => !begun.has(one))) {
        begun.add(element);
        begin(element);
      }
    };
    look(document);
    document.addEventListener("htmx:load", (event) => look(event.detail.elt));
  },
};

portal.each("[data-focus]", (summary) => summary.focus());

// The tab one is on, also where the row of tabs is wider than the screen.
portal.each(".tabsbar [aria-current]", (tab) => {
  const bar = tab.parentElement;
  bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
});

// Tabs that do not fit beside each other lie behind "Thêm", the one that is shown never.
const TABS_IN_A_ROW = window.matchMedia("(min-width: 992px)");

const fitTabs = (bar) => {
  const more = bar.querySelector(".drop");
  if (!more) return;
  const list = more.querySelector(".list");
  more.before(...list.children);
  more.hidden = true;
  if (!TABS_IN_A_ROW.matches) return;
  const tabs = [...bar.querySelectorAll(":scope > a")];
  const inOneRow = () => bar.lastElementChild.offsetTop === tabs[0].offsetTop;
  if (tabs.at(-1).offsetTop === tabs[0].offsetTop) return;
  more.hidden = false;
  for (const tab of tabs.filter((one) => !one.hasAttribute("aria-current")).reverse()) {
    if (inOneRow()) return;
    list.prepend(tab);
  }
};

portal.each(".tabsbar", fitTabs);
window.addEventListener("resize", () => document.querySelectorAll(".tabsbar").forEach(fitTabs));

const openMenus = () => document.querySelectorAll("details.drop[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const label = event.submitter?.dataset.busy;
  if (label) event.submitter.textContent = label;
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.addEventListener("htmx:sendError", () =>
  portal.say("Mất kết nối. Nội dung được giữ trên máy này và sẽ lưu khi có mạng."),
);
