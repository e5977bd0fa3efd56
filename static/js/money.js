// The amount or number that was typed, said again below its field: "42 triệu đồng".
// Reads as organisation/formfields.py does; what could be meant in two ways is left to the server.
"use strict";

{
  const NUMBER = /^-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/;
  const MONEY = /^(.*?)\s*(nghìn|ngàn|triệu|tỷ|tỉ)?\s*(đồng|đ)?$/i;
  const SCALES = { nghìn: 1e3, ngàn: 1e3, triệu: 1e6, tỷ: 1e9, tỉ: 1e9 };
  const SPOKEN = [
    [1e9, "tỷ đồng"],
    [1e6, "triệu đồng"],
  ];
  const WORTH_SAYING = 1000;

  const written = (number) => number.toLocaleString("vi-VN", { maximumFractionDigits: 9 });

  const read = (text) => {
    const bare = text.replace(/\s/g, "");
    return NUMBER.test(bare) ? Number(bare.replaceAll(".", "").replace(",", ".")) : NaN;
  };

  const amount = (text) => {
    const [, number, unit] = text.normalize("NFC").trim().match(MONEY) ?? [];
    const value = read(number ?? "");
    return unit ? Math.round(value * SCALES[unit.toLowerCase()]) : value;
  };

  // To the last đồng: a scale is used only where three digits after the comma hold all of it.
  const money = (text) => {
    const value = amount(text);
    if (!Number.isSafeInteger(value)) return "";
    const found = SPOKEN.find(([scale]) => value >= scale && value % (scale / 1000) === 0);
    return found ? `${written(value / found[0])} ${found[1]}` : `${written(value)} đồng`;
  };

  const number = (text) => {
    const value = read(text);
    return Math.abs(value) >= WORTH_SAYING ? written(value) : "";
  };

  const say = (selector, words) =>
    portal.each(selector, (field) => {
      const line = document.createElement("p");
      line.className = "counter";
      line.setAttribute("aria-live", "polite");
      field.after(line);
      const show = () => {
        line.textContent = field.value.trim() ? words(field.value) : "";
        line.hidden = !line.textContent;
      };
      show();
      field.addEventListener("input", show);
    });

  say("input[data-money]", money);
  say("input[data-number]:not([data-money])", number);
}
