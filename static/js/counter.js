// How many characters (maxlength) or words (data-words) are left, from four fifths on.
"use strict";

{
  const NEAR = 0.8;
  const ALOUD = 50;

  const words = (text) => text.split(/\s+/).filter(Boolean).length;

  const measure = (field) =>
    field.dataset.words
      ? { limit: Number(field.dataset.words), used: words(field.value), unit: "chữ" }
      : { limit: Number(field.dataset.limit), used: field.value.length, unit: "ký tự" };

  const show = (field, line) => {
    const { limit, used, unit } = measure(field);
    const left = limit - used;
    line.hidden = used < limit * NEAR;
    line.classList.toggle("over", left < 0);
    line.textContent = left < 0 ? `Bớt ${-left} ${unit}` : `Còn ${left} ${unit}`;
    return left;
  };

  portal.each("textarea[maxlength], [data-words]", (field) => {
    if (field.maxLength > 0) field.dataset.limit = field.maxLength;
    field.removeAttribute("maxlength"); // a pasted text is told to be too long, never cut unseen
    const line = document.createElement("p");
    line.className = "counter";
    line.setAttribute("aria-hidden", "true");
    field.after(line);
    show(field, line);
    let pause = 0;
    field.addEventListener("input", () => {
      const left = show(field, line);
      clearTimeout(pause);
      if (left < ALOUD) pause = setTimeout(() => portal.say(line.textContent), 1000);
    });
  });
}
