// A calendar for dates that are typed as day/month/year: the button opens the browser's own.
"use strict";

{
  const toIso = (text) => {
    const [, day, month, year] = text.match(/^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/) ?? [];
    return year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
  };

  portal.each("[data-date]", (group) => {
    const field = group.querySelector("input");
    const button = group.querySelector("button");
    const picker = document.createElement("input");
    if (!button || !picker.showPicker) return;
    picker.type = "date";
    picker.className = "picker";
    picker.tabIndex = -1;
    picker.setAttribute("aria-hidden", "true");
    group.append(picker);
    button.hidden = false;

    button.addEventListener("click", () => {
      picker.value = toIso(field.value);
      picker.showPicker();
    });
    picker.addEventListener("change", () => {
      field.value = picker.value.split("-").reverse().join("/");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    });
  });
}
