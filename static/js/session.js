// Two minutes before the session ends for want of use (data-idle, in seconds): say so, and let one
// button keep it. Any answer of the server counts as use.
"use strict";

{
  const WARN_BEFORE = 120;
  const idle = Number(document.body.dataset.idle ?? 0);
  let timer = 0;
  let notice = null;

  const settle = () => {
    notice?.remove();
    notice = null;
    clearTimeout(timer);
    timer = setTimeout(warn, (idle - WARN_BEFORE) * 1000);
  };

  // What unsaved.js keeps of this page names the minute up to which nothing is lost.
  const lostWords = () => {
    const place = `viet:${document.body.dataset.person ?? ""}:${window.location.pathname}`;
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
    const until = kept ? ` Nội dung đã lưu đến ${kept.at}.` : "";
    return `Phiên làm việc đã hết.${until} Đăng nhập để viết tiếp.`;
  };

  const keepOn = async () => {
    const answer = await fetch(window.location.href);
    const isLost = answer.redirected && new URL(answer.url).pathname !== window.location.pathname;
    if (isLost) notice.firstChild.textContent = lostWords();
    else settle();
  };

  const warn = () => {
    notice = document.createElement("div");
    notice.className = "notice notice-amber sessionend";
    notice.setAttribute("role", "alert");
    const line = document.createElement("p");
    line.textContent = "Phiên làm việc hết sau 2 phút.";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-primary";
    button.textContent = "Tiếp tục làm việc";
    button.addEventListener("click", keepOn);
    notice.append(line, button);
    document.body.append(notice);
  };

  if (idle > WARN_BEFORE) {
    settle();
    document.addEventListener("htmx:afterRequest", settle);
  }
}
