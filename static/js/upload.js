// Say that a file is too large (data-max-size, in bytes) or of another kind (accept) before it travels.
// The browser's own control speaks the language of the computer: words of ours stand in its place.
"use strict";

{
  const MEGABYTE = 1024 * 1024;
  const megabytes = (size) =>
    (size / MEGABYTE).toLocaleString("vi-VN", { maximumFractionDigits: 1 });

  const isOther = (file, accept) =>
    accept.length > 0 && !accept.some((ending) => file.name.toLowerCase().endsWith(ending));

  const complaint = (field, file) => {
    const limit = Number(field.dataset.maxSize || Infinity);
    const accept = field.accept.split(",").map((one) => one.trim().toLowerCase()).filter(Boolean);
    if (file.size > limit) {
      return `Tệp ${file.name} nặng ${megabytes(file.size)} MB. Chọn tệp dưới ${megabytes(limit)} MB.`;
    }
    return isOther(file, accept) ? "Chọn tệp PDF, Word, Excel hoặc ảnh (JPG, PNG)." : "";
  };

  // The file that is held for this field, where the form came back.
  const heldBefore = (field) => {
    const before = field.previousElementSibling;
    return before?.matches("[data-held]") ? before : null;
  };

  const dressed = (field, none) => {
    const shown = document.createElement("span");
    const words = document.createElement("span");
    const frame = document.createElement("span");
    shown.className = "filebtn";
    shown.textContent = field.multiple ? "Chọn các tệp" : "Chọn tệp";
    words.className = "filename";
    words.textContent = none;
    frame.className = "filepick";
    field.before(frame);
    frame.append(shown, words, field);
    for (const part of [shown, words]) part.setAttribute("aria-hidden", "true");
    return words;
  };

  portal.each("input[type=file]", (field) => {
    const held = heldBefore(field);
    const none = held ? "Chưa chọn tệp khác" : "Chưa chọn tệp";
    const words = dressed(field, none);
    const line = document.createElement("p");
    line.className = "errmsg";
    line.setAttribute("role", "alert");
    field.parentElement.before(line);
    field.addEventListener("change", () => {
      const complaints = [...field.files].map((file) => complaint(field, file)).filter(Boolean);
      line.textContent = complaints[0] ?? "";
      field.classList.toggle("bad-in", complaints.length > 0);
      if (complaints.length > 0) field.value = "";
      words.textContent = [...field.files].map((file) => file.name).join(", ") || none;
      if (held) held.hidden = field.files.length > 0;
    });
  });
}
