// The page as it changes: it is asked for again, and what reads differently takes its place.
"use strict";

const byId = (id) => document.getElementById(id);
const scroll = byId("scroll"), timeline = byId("timeline"), more = byId("more");
const scroller = () => (getComputedStyle(scroll).overflowY === "auto" ? scroll : document.scrollingElement);
const atEnd = () => scroller().scrollHeight - scroller().scrollTop - scroller().clientHeight < 120;
const toEnd = () => { scroller().scrollTop = scroller().scrollHeight; read(); };
let missed = 0, stays = true;
function read() { missed = 0; more.hidden = true; stays = true; }
function miss(number) {
  missed += number;
  more.hidden = false;
  more.querySelector(".badge").textContent = missed;
}
// Who reads further up stays there; who is at the end stays at the end when something opens below.
document.addEventListener("scroll", () => { stays = atEnd(); if (stays) read(); }, { capture: true, passive: true });
new ResizeObserver(() => { if (stays) toEnd(); }).observe(scroll);
// A screen reader says what arrives, not what is there or has only changed.
function hear(items) {
  byId("heard").replaceChildren(...items.map((one) => {
    const words = [...one.querySelectorAll(".by b, .tag, h3, .body > p:not(.by)")].map((part) => part.textContent.trim());
    return Object.assign(document.createElement("p"), { textContent: words.join(". ") });
  }));
}

// Puts new content into a region, and keeps the focus where it was.
function put(id, page) {
  const now = byId(id), then = page.getElementById(id);
  if (!then || now.innerHTML === then.innerHTML) return false;
  const focused = now.contains(document.activeElement) && document.activeElement.id;
  now.replaceChildren(...then.childNodes);
  if (focused && byId(focused)) byId(focused).focus();
  return true;
}

function putMessages(page) {
  const end = atEnd(), shown = [...page.getElementById("timeline").children];
  const kept = new Set(shown.map((one) => one.id));
  const added = [];
  let next = null;
  for (const one of shown.reverse()) {
    const before = byId(one.id);
    const known = one.matches(".day") && next && timeline.contains(next) && next.dataset.known;
    if (!before && known) continue; // its first message stands below earlier ones already
    if (!before) { timeline.insertBefore(one, next); if (!one.matches(".day, .empty")) added.unshift(one); next = one; continue; }
    before.dataset.known = "1";
    next = before;
    if (before.dataset.version === one.dataset.version) continue;
    next = one;
    one.dataset.known = "1";
    putInside(before, one);
  }
  for (let one = next; one; one = one.nextElementSibling) {
    if (!kept.has(one.id) && !one.matches(".day")) { const gone = one; one = one.previousElementSibling || next; gone.remove(); }
  }
  if (added.length) hear(added);
  if (end) toEnd();
  else if (added.length) miss(added.length);
}

// A message whose button was just pressed keeps the focus on the button in the same place.
function putInside(before, one) {
  const focusable = (item) => [...item.querySelectorAll("button, select, a")];
  const place = focusable(before).indexOf(document.activeElement);
  before.replaceWith(one);
  const next = focusable(one)[place];
  if (next) next.focus();
}

function putForm(page) {
  const now = byId("form"), then = page.getElementById("form");
  if (now.dataset.key === then.dataset.key) return;
  const had = now.children.length, focused = now.contains(document.activeElement);
  now.dataset.key = then.dataset.key;
  now.replaceChildren(...then.childNodes);
  const wrong = now.querySelector("[aria-invalid]"), title = byId("form-title");
  if (wrong) wrong.focus();
  else if (title) title.focus();
  else if (had && (focused || document.activeElement === document.body)) byId("write").focus();
}

// On a phone the people and channels are strips: whoever one is stays in view.
function toCurrent() {
  for (const one of document.querySelectorAll(".side [aria-current]")) one.parentElement.parentElement.scrollLeft = one.offsetLeft - 60;
}

let asking, again, leaving;
async function refresh() {
  if (asking) { again = true; return; }
  asking = true;
  try {
    const address = new URL(location.href);
    address.searchParams.delete("say");
    address.searchParams.set("again", "1");
    const answer = await fetch(address, { redirect: "manual" });
    if (answer.type === "opaqueredirect" && !document.body.matches(".busy")) location.reload(); // it is nobody's now
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    putMessages(page);
    if (put("side", page)) toCurrent();
    put("tries", page);
    put("clock", page);
    putForm(page);
  } catch { /* the chat is not there just now: the stream tells when it is */ } finally {
    asking = false;
    if (again) { again = false; refresh(); }
  }
}

// What went well is said for as long as reading it takes; what went wrong until the next attempt.
let telling;
function tell(said, failed) {
  clearTimeout(telling);
  if (said.length && !failed) telling = setTimeout(() => byId("said").replaceChildren(), 6000 + 80 * said.join("").length);
  byId("said").replaceChildren(...said.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-act]")) return;
  event.preventDefault();
  if (document.body.classList.contains("busy")) return;
  document.body.classList.add("busy");
  clearTimeout(saving);
  const working = setTimeout(() => tell([byId("said").dataset.working], true), 600);
  const headers = { Accept: "application/json" };
  try {
    const body = new FormData(form, event.submitter);
    const answer = await fetch(form.action, { method: "POST", body, headers });
    const { said, failed, left } = await answer.json();
    clearTimeout(working);
    if (left) { leaving = true; location.reload(); return; }
    tell(said, failed);
    if (form.id === "composer" && !failed) { form.reset(); byId("write").value = ""; hideSuggested(); }
    if (form.closest("details") && !failed) { form.reset(); closeMenus(form); }
    if (form.id === "composer") toEnd();
  } catch {
    location.reload();
  } finally {
    if (!leaving) document.body.classList.remove("busy");
  }
  await refresh();
});

// A menu closes as another opens, at Escape, and at a click elsewhere; the focus goes back to it.
function closeMenus(from, but) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu === but) continue;
    menu.open = false;
    if (menu.contains(from)) menu.querySelector("summary").focus();
  }
}
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenus(document.activeElement); });

// What is typed into a form is kept meanwhile.
let saving;
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (!form) return;
  clearTimeout(saving);
  saving = setTimeout(async () => {
    const typed = new FormData(form);
    for (const file of form.querySelectorAll("input[type=file]")) typed.delete(file.name);
    const answer = await fetch(form.dataset.draft, { method: "POST", body: typed }).catch(() => null);
    form.querySelector(".saved").hidden = !(answer && answer.ok);
  }, 700);
});

// What is tried is put into the message field, to be looked at before it is sent.
document.addEventListener("click", async (event) => {
  closeMenus(null, event.target.closest("details.menu"));
  const tried = event.target.closest("[data-say]");
  if (tried) {
    event.preventDefault();
    byId("write").value = tried.dataset.say;
    byId("write").focus();
  }
  if (event.target.closest("#more")) { toEnd(); write.focus(); }
  const earlier = event.target.closest("#earlier a");
  if (earlier) {
    event.preventDefault();
    const answer = await fetch(earlier.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const from = scroller().scrollHeight - scroller().scrollTop;
    timeline.prepend(...page.getElementById("timeline").children);
    const next = page.getElementById("earlier");
    if (next) byId("earlier").replaceWith(next); else byId("earlier").remove();
    scroller().scrollTop = scroller().scrollHeight - from;
  }
});

// The message field: Enter sends, Shift+Enter begins a line; a list below it suggests.
const write = byId("write"), list = byId("suggested");
let chosen = -1, looking;
function hideSuggested() {
  list.hidden = true;
  chosen = -1;
  write.removeAttribute("aria-activedescendant");
}
function choose(n) {
  const items = [...list.children];
  chosen = (n + items.length) % items.length;
  items.forEach((one, at) => one.setAttribute("aria-selected", String(at === chosen)));
  write.setAttribute("aria-activedescendant", items[chosen].id);
  items[chosen].scrollIntoView({ block: "nearest" });
}
function take() {
  write.value = list.children[chosen].dataset.words;
  if (!write.value.endsWith("=")) write.value += " ";
  hideSuggested();
  suggest();
}
function suggest() {
  clearTimeout(looking);
  looking = setTimeout(async () => {
    const typed = write.value;
    const answer = await fetch(`${write.dataset.suggest}&typed=${encodeURIComponent(typed)}`).catch(() => null);
    if (!answer || !answer.ok || write.value !== typed) return;
    const found = (await answer.json()).filter(([words]) => words.trim() !== typed.trim());
    list.replaceChildren(...found.map(([words, about], n) => {
      const item = Object.assign(document.createElement("li"), { id: `suggested-${n}`, role: "option" });
      item.dataset.words = words;
      item.append(words.split(" ").pop(), Object.assign(document.createElement("small"), { textContent: about }));
      return item;
    }));
    if (!found.length || document.activeElement !== write) hideSuggested();
    else {
      list.hidden = false;
      chosen = -1;
      byId("heard").textContent = `${list.getAttribute("aria-label")}: ${found.length}`;
    }
  }, 120);
}
write.setAttribute("aria-haspopup", "listbox");
write.setAttribute("aria-autocomplete", "list");
write.setAttribute("aria-controls", "suggested");
write.addEventListener("input", () => {
  if (/^\/|(^|\s)[@#]\S*$/.test(write.value)) suggest(); else hideSuggested();
});
write.addEventListener("keydown", (event) => {
  const open = !list.hidden && list.children.length;
  if (event.isComposing) return;
  if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
  } else if (open && event.key === "Tab" && !event.shiftKey) {
    event.preventDefault();
    if (chosen < 0) choose(0);
    take();
  } else if (open && event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    take();
  } else if (event.key === "Escape") {
    hideSuggested();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    hideSuggested();
    byId("composer").requestSubmit();
  }
});
write.addEventListener("blur", () => setTimeout(hideSuggested, 150));
list.addEventListener("mousedown", (event) => {
  const item = event.target.closest("li");
  if (!item) return;
  event.preventDefault();
  choose([...list.children].indexOf(item));
  take();
});

// Fields of forms that look something up.
document.addEventListener("input", async (event) => {
  const field = event.target;
  if (!field.list || !field.closest("#form")) return;
  const typed = field.value, name = field.name.slice(2);
  const address = `${write.dataset.suggest}&field=${encodeURIComponent(name)}&typed=${encodeURIComponent(typed)}`;
  const answer = await fetch(address).catch(() => null);
  if (!answer || !answer.ok || field.value !== typed) return;
  const found = await answer.json();
  if (found.length) field.list.replaceChildren(...found.map(([words, about]) => new Option(about || words, words)));
});

// Only a window that is seen stays connected: browsers keep six connections to a server at most.
let events;
function listen() {
  if (events) events.close();
  events = null;
  if (document.hidden) return;
  events = new EventSource(`events${location.search}`);
  events.onmessage = refresh;
  events.addEventListener("run", (event) => { if (event.data !== document.body.dataset.run) location.reload(); });
}
listen();
setInterval(() => { if (!document.hidden) refresh(); }, 30000);
document.addEventListener("visibilitychange", () => { listen(); if (!document.hidden) refresh(); });
toCurrent();
if (!location.hash.startsWith("#m")) toEnd(); else stays = false;
if (location.hash === "#write" || new URLSearchParams(location.search).has("say")) write.focus();
