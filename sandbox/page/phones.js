"use strict";
const words = {
  zh: { five: "+5 分钟", hour: "+1 小时", next: "下个工作日", breaking: "弄坏它", send: "发送", photo: "照片", place: "位置", block: "屏蔽", unblock: "解除屏蔽", picture: "🖼 照片", off: "断网" },
  en: { five: "+5 min", hour: "+1 h", next: "next working day", breaking: "break it", send: "Send", photo: "Photo", place: "Location", block: "Block", unblock: "Unblock", picture: "🖼 photo", off: "network off" },
}[navigator.language.startsWith("en") ? "en" : "zh"];
const commands = ["/report", "/alerts", "/duty", "/me", "/help", "/cancel"];
const phones = new Map();
const $ = (query) => document.querySelector(query);

async function call(path, body) {
  const answer = await fetch(`/sandbox/${path}`, body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  return answer.json();
}
function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
}
function button(text, act) {
  const element = make("button", "", text);
  element.addEventListener("click", act);
  return element;
}
/** Text with its addresses as links; never parsed as HTML. */
function linked(text) {
  const bubble = make("div", "bubble");
  for (const part of text.split(/(https?:\/\/\S+)/)) {
    if (/^https?:/.test(part)) {
      const link = make("a", "", part);
      link.href = part;
      link.target = "_blank";
      bubble.append(link);
    } else bubble.append(part);
  }
  return bubble;
}
function drawn(person, message, changed) {
  const element = make("div", `message${message.from === "bot" ? "" : " mine"}${changed ? " changed" : ""}`);
  element.dataset.messageId = message.message_id;
  element.append(linked(message.text || (message.kind === "photo" ? words.picture : message.kind)));
  if (message.keyboard) {
    const keyboard = make("div", "keyboard");
    for (const row of message.keyboard) {
      const line = make("div");
      for (const key of row)
        line.append(button(key.text, () => key.url ? window.open(key.url) : call(`chats/${person.id}/press`, { from: person.id, message_id: message.message_id, data: key.data })));
      keyboard.append(line);
    }
    element.append(keyboard);
  }
  return element;
}
async function refresh(id) {
  const phone = phones.get(id);
  if (!phone) return;
  const chat = await call(`chats/${id}?after=${phone.seq}`);
  phone.seq = Math.max(phone.seq, chat.seq);
  for (const message of chat.messages) {
    const old = phone.talk.querySelector(`[data-message-id="${message.message_id}"]`);
    if (message.deleted) old?.remove();
    else if (old) old.replaceWith(drawn(phone.person, message, true));
    else phone.talk.append(drawn(phone.person, message, false));
  }
  for (const toast of chat.toasts) {
    const shown = make("div", "toast", toast.text);
    phone.talk.append(shown);
    setTimeout(() => shown.remove(), 4000);
  }
  phone.talk.scrollTop = phone.talk.scrollHeight;
}
function select(id) {
  for (const [key, phone] of phones) phone.element.classList.toggle("shown", key === id);
  for (const tab of document.querySelectorAll(".tab")) tab.setAttribute("aria-selected", String(Number(tab.dataset.person) === id));
  const talk = phones.get(id).talk;
  talk.scrollTop = talk.scrollHeight;
}
function add(person) {
  const element = make("section", "phone");
  element.dataset.person = person.id;
  const title = make("h2", "", person.name);
  title.append(make("small", "", person.role));
  const talk = make("div", "talk");
  const more = make("div", "more");
  for (const command of commands) more.append(button(command, () => call(`chats/${person.id}/say`, { from: person.id, text: command })));
  more.append(button(words.photo, () => call(`chats/${person.id}/send`, { from: person.id, kind: "photo" })));
  more.append(button(words.place, () => call(`chats/${person.id}/send`, { from: person.id, kind: "location", latitude: 31.1, longitude: 121.2 })));
  const block = button(person.blocked ? words.unblock : words.block, async () => {
    person.blocked = !person.blocked;
    await call(`people/${person.id}/block`, { blocked: person.blocked });
    block.textContent = person.blocked ? words.unblock : words.block;
  });
  more.append(block);
  const composer = make("form", "composer");
  const input = make("input");
  input.setAttribute("aria-label", person.name);
  composer.append(input, make("button", "", words.send));
  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value) call(`chats/${person.id}/say`, { from: person.id, text: input.value });
    input.value = "";
  });
  element.append(title, talk, more, composer);
  $("main").append(element);
  const tab = button(person.name, () => select(person.id));
  tab.className = "tab";
  tab.dataset.person = person.id;
  $("nav").append(tab);
  phones.set(person.id, { person, element, talk, seq: 0 });
}
async function people() {
  for (const person of await call("people")) if (!phones.has(person.id)) add(person);
  if (phones.size && !$(".phone.shown")) select(phones.keys().next().value);
  await Promise.all([...phones.keys()].map(refresh));
}
async function clock() {
  const { now, zone } = await call("clock");
  $("#clock").textContent = new Intl.DateTimeFormat(navigator.language, { timeZone: zone, dateStyle: "medium", timeStyle: "short" }).format(new Date(now));
}
async function breakage() {
  const panel = $("#breakage div");
  const state = await call("breakage");
  panel.replaceChildren();
  for (const [name, label] of [["rate_429", "429"], ["rate_5xx", "5xx"], ["rate_reset", "reset"], ["rate_lost_answer", "lost answer"], ["network_off", words.off]]) {
    const on = Boolean(state[name]);
    const key = button(label, async () => {
      await call("breakage", { [name]: name === "network_off" ? !on : on ? 0 : 0.3 });
      breakage();
    });
    key.setAttribute("aria-pressed", String(on));
    panel.append(key);
  }
}
function move(id, text, body) {
  const key = $(id);
  key.textContent = text;
  key.addEventListener("click", () => call("clock", body).then(clock));
}
move("#advance-5", words.five, { advance_seconds: 300 });
move("#advance-60", words.hour, { advance_seconds: 3600 });
move("#next-working-day", words.next, { next_working_day: true });
$("#to-date").addEventListener("change", (event) => call("clock", { to: new Date(event.target.value).toISOString() }).then(clock));
$("#breakage summary").textContent = words.breaking;
new EventSource("/sandbox/events").addEventListener("message", (event) => {
  const change = JSON.parse(event.data);
  if (change.chat) phones.has(change.chat) ? refresh(change.chat) : people();
  else clock();
});
setInterval(clock, 5000);
people();
clock();
breakage();
