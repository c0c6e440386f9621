// The zone of the visitor, times on public pages in it, and what is typed into a form saved meanwhile.
"use strict";

for (const field of document.querySelectorAll("input[data-zone]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
}

const lang = document.documentElement.lang;
for (const time of document.querySelectorAll("[data-local] time")) {
  const shown = new Date(time.dateTime).toLocaleString(lang === "en" ? "en-GB" : lang, {
    weekday: "short", day: "numeric", month: "short", year: "numeric",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
  });
  time.title = time.textContent;
  time.textContent = shown;
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const typed = new FormData(form);
      for (const file of form.querySelectorAll("input[type=file]")) typed.delete(file.name);
      const answer = await fetch(form.dataset.draft, { method: "POST", body: typed }).catch(() => null);
      form.querySelector(".saved").hidden = !(answer && answer.ok);
    }, 1500);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
