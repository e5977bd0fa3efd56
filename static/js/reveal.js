// Beside each password (data-reveal): a button that shows what was typed, and hides it again.
"use strict";

portal.each("input[data-reveal]", (field) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-text";
  button.setAttribute("aria-controls", field.id);
  const say = () => {
    button.textContent = field.type === "password" ? "Hiện mật khẩu" : "Ẩn mật khẩu";
  };
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    say();
  });
  say();
  field.after(button);
});
