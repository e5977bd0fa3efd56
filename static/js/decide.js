// The decision screen: on a wide screen the keys 1–5 work at once, without scrolling the page.
"use strict";

{
  const panel = document.querySelector("form.decide[data-choices]");
  const isWide = window.matchMedia("(min-width: 1200px)").matches;
  const isMending = document.querySelector("[data-focus]");
  if (panel && isWide && !isMending) {
    const choices = [...panel.querySelectorAll("input[type=radio]")];
    (choices.find((one) => one.checked) ?? choices[0])?.focus({ preventScroll: true });
  }
}
