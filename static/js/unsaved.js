// Forms marked data-unsaved: leaving asks once, and what was typed outlives a lost session.
// The text lies in this tab's storage, under the person and the page; signing out empties it.
"use strict";

{
  const PLACE = `viet:${document.body.dataset.person ?? ""}:${window.location.pathname}`;
  const FIELDS = "textarea, select, input:not([type=hidden], [type=password], [type=file])";
  const PAUSE = 500;

  const fields = (form) => [...form.querySelectorAll(FIELDS)].filter((one) => one.name);
  const isTick = (field) => field.matches("[type=radio], [type=checkbox]");
  const slot = (field) => (isTick(field) ? `${field.name}=${field.value}` : field.name);
  const state = (field) => (isTick(field) ? field.checked : field.value);

  const keep = (form, extra = {}) => {
    const typed = Object.fromEntries(fields(form).map((field) => [slot(field), state(field)]));
    const at = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    sessionStorage.setItem(PLACE, JSON.stringify({ typed, at, ...extra }));
  };

  const restore = (form, typed) => {
    for (const field of fields(form).filter((one) => Object.hasOwn(typed, slot(one)))) {
      if (isTick(field)) field.checked = typed[slot(field)];
      else field.value = typed[slot(field)];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const button = (label, act) => {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "btn btn-sm btn-quiet";
    element.textContent = label;
    element.addEventListener("click", act);
    return element;
  };

  const offer = (form, kept) => {
    const notice = document.createElement("div");
    const line = document.createElement("p");
    notice.className = "notice notice-blue keptnotice";
    notice.setAttribute("role", "status");
    line.textContent = `Nội dung viết lúc ${kept.at} còn được giữ trên máy này.`;
    const settle = (act) => () => {
      act();
      notice.remove();
    };
    notice.append(
      line,
      button("Giữ bản của tôi", settle(() => restore(form, kept.typed))),
      button("Lấy bản mới", settle(() => sessionStorage.removeItem(PLACE))),
    );
    form.prepend(notice);
  };

  const offerWhenDifferent = (form) => {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    if (!kept) return;
    const differs = fields(form).some(
      (field) => Object.hasOwn(kept.typed, slot(field)) && kept.typed[slot(field)] !== state(field),
    );
    if (differs) offer(form, kept);
    else sessionStorage.removeItem(PLACE);
  };

  // A form that was sent and led elsewhere has arrived; back on its own page it may have not.
  const forgetArrived = () => {
    if (!document.body.dataset.person) return;
    for (const place of Object.keys(sessionStorage).filter((one) => one.startsWith("viet:"))) {
      if (place !== PLACE && JSON.parse(sessionStorage.getItem(place)).sent) {
        sessionStorage.removeItem(place);
      }
    }
  };

  forgetArrived();

  portal.each("form[data-unsaved]", (form) => {
    let isDirty = false;
    let pause = 0;
    offerWhenDifferent(form);
    form.addEventListener("input", () => {
      isDirty = true;
      clearTimeout(pause);
      pause = setTimeout(() => keep(form), PAUSE);
    });
    form.addEventListener("submit", () => {
      isDirty = false;
      clearTimeout(pause);
      keep(form, { sent: true });
    });
    form.addEventListener("htmx:afterRequest", (event) => {
      if (!event.detail.successful || event.detail.requestConfig.verb !== "post") return;
      isDirty = false;
      clearTimeout(pause);
      sessionStorage.removeItem(PLACE);
    });
    window.addEventListener("beforeunload", (event) => {
      if (!isDirty) return;
      keep(form);
      event.preventDefault();
    });
  });

  portal.each("form[data-sign-out]", (form) =>
    form.addEventListener("submit", () => sessionStorage.clear()),
  );
}
