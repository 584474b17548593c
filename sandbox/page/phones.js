"use strict";

/** Every text of the page: Chinese, English. The browser's language decides which is large. */
const texts = {
  five: ["+5 分钟", "+5 min"],
  hour: ["+1 小时", "+1 h"],
  next: ["下个工作日", "next workday"],
  date: ["到某时", "to a date"],
  go: ["去", "go"],
  breaking: ["弄坏它", "break it"],
  rate_429: ["请求太多", "429"],
  rate_5xx: ["服务器出错", "5xx"],
  rate_reset: ["连接中断", "reset"],
  rate_lost_answer: ["回答丢失", "dropped answer"],
  network_off: ["断网", "network off"],
  seed: ["骰子种子", "dice seed"],
  mend: ["全部恢复", "all well again"],
  send: ["发送", "Send"],
  write: ["写消息…", "Message…"],
  menu: ["命令", "commands"],
  photo: ["照片", "photo"],
  attach: ["文件", "file"],
  protected: ["不可转发或保存", "not to be forwarded or saved"],
  place: ["位置", "location"],
  block: ["屏蔽", "block"],
  unblock: ["解除屏蔽", "unblock"],
  blocked: ["已屏蔽机器人", "has blocked the bot"],
  map: ["在地图上看", "on the map"],
  edited: ["已编辑", "edited"],
  quiet: ["还没有消息", "no messages yet"],
  nobody: ["还没有人。", "Nobody here yet."],
  lost: ["与沙盒的连接断了，正在重连…", "sandbox out of reach, trying again…"],
};
const english = navigator.language.startsWith("en");
const locale = english ? "en-GB" : "zh-CN";
const say = (key) => texts[key][english ? 1 : 0];
const aside = (key) => texts[key][english ? 0 : 1];

const COMMANDS = ["report", "alerts", "duty", "me", "help"];
const RATES = ["rate_429", "rate_5xx", "rate_reset", "rate_lost_answer"];
const STREET = { latitude: 31.1128, longitude: 121.3835 };
const ADDRESS = /(https?:\/\/[^\s<>"'，。；！？、（）《》「」]+)/;
const STYLES = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "code" };

const phones = new Map();
const $ = (query) => document.querySelector(query);
let zone = "Asia/Shanghai";

// -- small tools --

async function call(path, body) {
  const json = { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const asked = body && { method: "POST", ...(body instanceof FormData ? { body } : json) };
  const answer = await fetch(`/sandbox/${path}`, asked);
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error || `HTTP ${answer.status}`);
  return said;
}
function make(tag, name, ...inside) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...inside);
  return element;
}
function button(name, act, ...inside) {
  const element = make("button", name, ...inside);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}
/** A label in the large language with the other one small beside it. */
function both(element, key) {
  element.replaceChildren(say(key), make("small", "other", aside(key)));
  return element;
}
function link(address, ...inside) {
  const element = make("a", "", ...inside);
  element.href = address;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
  return element;
}
const formats = new Map();
function moment(date, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: "h23", ...options }));
  return formats.get(key).format(date);
}
/** What somebody does on a phone; what the sandbox refuses is shown there. */
async function act(phone, what, body) {
  try {
    await call(`chats/${phone.person.id}/${what}`, body instanceof FormData ? body : { from: phone.person.id, ...body });
  } catch (trouble) {
    toast(phone, trouble.message, "trouble");
  }
}
/** A tool that opens this device's file dialog; `kindOf` says how what was chosen is sent. */
function chooser(phone, sign, key, accept, kindOf) {
  const input = make("input");
  Object.assign(input, { type: "file", multiple: true, accept });
  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    for (const file of files) {
      const form = new FormData();
      for (const [name, value] of Object.entries({ from: phone.person.id, kind: kindOf(file), file })) form.append(name, value);
      await act(phone, "send", form);
    }
  });
  const opener = button("", () => input.click(), sign, say(key));
  opener.title = aside(key);
  return opener;
}

// -- messages; their text only ever becomes text nodes --

function* pieces(text) {
  for (const part of text.split(ADDRESS)) {
    if (!part) continue;
    if (!ADDRESS.test(part)) yield part;
    else {
      const tail = part.match(/[.,;:!?)\]]*$/)[0];
      const address = part.slice(0, part.length - tail.length);
      yield link(address, address);
      if (tail) yield tail;
    }
  }
}
function written(phone, message) {
  const text = message.text, entities = message.entities || [];
  const cuts = new Set([0, text.length]);
  for (const one of entities) cuts.add(one.offset).add(one.offset + one.length);
  const places = [...cuts].filter((place) => place <= text.length).sort((a, b) => a - b);
  const box = make("div", "text");
  places.slice(1).forEach((end, index) => {
    const part = text.slice(places[index], end);
    const over = entities.filter((one) => one.offset <= places[index] && one.offset + one.length >= end);
    const target = over.find((one) => one.type === "text_link" && /^(https?|tg):/.test(one.url));
    const address = over.find((one) => one.type === "url");
    const whole = address && text.slice(address.offset, address.offset + address.length);
    let inside = [part];
    if (target) inside = [link(target.url, part)];
    else if (whole && /^https?:/.test(whole)) inside = [link(whole, part)];
    else if (!over.some((one) => one.type === "code" || one.type === "pre")) {
      if (over.some((one) => one.type === "bot_command") && message.from === "bot")
        inside = [button("command", () => act(phone, "say", { text: part }), part)];
      else inside = [...pieces(part)];
    }
    for (const one of over) if (STYLES[one.type]) inside = [make(STYLES[one.type], "", ...inside)];
    box.append(...inside);
  });
  return box;
}
function carried(message) {
  if (message.location) {
    const { latitude, longitude } = message.location;
    const where = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
    const pin = make("span", "pin", "📍");
    const map = link(`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`);
    map.className = "place";
    map.append(pin, make("span", "", say("map"), make("small", "", where)));
    return map;
  }
  if (message.kind === "photo") {
    const frame = make("div", "photo", `🖼 ${say("photo")}`);
    if (message.file) {
      const picture = make("img");
      picture.alt = say("photo");
      picture.addEventListener("error", () => picture.remove());
      picture.addEventListener("load", () => (frame.style.aspectRatio = Math.max(0.5, picture.naturalWidth / picture.naturalHeight)));
      picture.src = message.file;
      frame.append(link(message.file, picture));
    }
    return frame;
  }
  if (message.kind === "text") return "";
  const name = `📎 ${message.file_name || message.kind}`;
  return make("div", "file", message.file ? link(message.file, name) : name);
}
function drawn(phone, message) {
  const mine = message.from !== "bot";
  const element = make("div", mine ? "message mine" : "message");
  element.dataset.messageId = message.message_id;
  element.dataset.date = message.date;
  const guard = message.protected ? "🔒 " : "";
  const stamp = make("span", "stamp", guard, message.edited ? `${say("edited")} ` : "", moment(new Date(message.date), { hour: "2-digit", minute: "2-digit" }));
  if (guard) stamp.title = say("protected");
  const bubble = make("div", "bubble", carried(message));
  if (message.text) bubble.append(written(phone, message));
  else if (message.kind === "photo") bubble.classList.add("bare");
  bubble.append(stamp);
  element.append(bubble);
  if (message.keyboard?.length) {
    element.classList.add("keyed");
    const keyboard = make("div", "keyboard");
    for (const row of message.keyboard) {
      const line = make("div");
      for (const key of row) {
        const one = button("", () => {
          if (key.url) return window.open(key.url, "_blank", "noopener");
          one.classList.add("busy");
          setTimeout(() => one.classList.remove("busy"), 8000);
          return act(phone, "press", { message_id: message.message_id, data: key.data });
        }, key.text);
        if (key.url) one.classList.add("away");
        line.append(one);
      }
      keyboard.append(line);
    }
    element.append(keyboard);
  }
  return element;
}
/** Day headings between the messages, drawn anew: there are few. */
function days(phone) {
  for (const old of phone.scroll.querySelectorAll(".day")) old.remove();
  let last = "";
  for (const message of phone.scroll.querySelectorAll(".message")) {
    const day = moment(new Date(message.dataset.date), { month: "long", day: "numeric", weekday: "short" });
    if (day !== last) message.before(make("div", "day", day));
    last = day;
  }
}
function put(phone, message) {
  const old = phone.scroll.querySelector(`.message[data-message-id="${message.message_id}"]`);
  if (message.deleted) {
    old?.remove();
    return false;
  }
  const element = drawn(phone, message);
  if (old) {
    element.classList.add("changed");
    old.replaceWith(element);
    return false;
  }
  if (phone.met) element.classList.add("new");
  const later = [...phone.scroll.querySelectorAll(".message")].find((other) => Number(other.dataset.messageId) > message.message_id);
  phone.scroll.insertBefore(element, later || null);
  return true;
}
function toast(phone, text, kind) {
  const shown = make("div", `toast ${kind}`, text);
  shown.addEventListener("click", () => shown.remove());
  phone.toasts.append(shown);
  setTimeout(() => shown.remove(), kind === "alert" ? 9000 : 4500);
}
function bottom(phone) {
  phone.scroll.scrollTop = phone.scroll.scrollHeight;
}
async function update(phone) {
  let chat = await call(`chats/${phone.person.id}?after=${phone.seq}`);
  if (chat.seq < phone.seq) {
    // another sandbox than before: begin anew
    phone.seq = 0;
    phone.met = false;
    phone.scroll.replaceChildren();
    chat = await call(`chats/${phone.person.id}?after=0`);
  }
  const near = phone.scroll.scrollHeight - phone.scroll.scrollTop - phone.scroll.clientHeight < 120;
  const fresh = chat.messages.filter((message) => put(phone, message));
  if (chat.messages.length) days(phone);
  if (phone.met) for (const one of chat.toasts) toast(phone, one.text, one.alert ? "alert" : "note");
  if (phone.met && !phone.element.classList.contains("shown")) phone.unread += fresh.filter((message) => message.from === "bot").length;
  if (fresh.length || near) bottom(phone);
  if (!chat.unanswered) for (const key of phone.scroll.querySelectorAll(".busy")) key.classList.remove("busy");
  if (chat.commands) phone.offered = chat.commands;
  if (chat.blocked !== undefined) mark(phone, chat.blocked);
  phone.seq = Math.max(phone.seq, chat.seq);
  phone.met = true;
  phone.count.textContent = phone.unread || "";
}
/** One look at a chat at a time; whatever happens meanwhile is fetched by one more. */
async function refresh(phone) {
  phone.asked = true;
  if (phone.busy) return;
  phone.busy = true;
  try {
    while (phone.asked) {
      phone.asked = false;
      await update(phone);
    }
  } finally {
    phone.busy = false;
  }
}

// -- phones --

function mark(phone, blocked) {
  phone.person.blocked = blocked;
  phone.element.classList.toggle("blocked", blocked);
  phone.input.disabled = blocked;
  phone.input.placeholder = say(blocked ? "blocked" : "write");
  both(phone.block, blocked ? "unblock" : "block");
}
function menu(phone) {
  const offered = new Map((phone.offered || []).map((one) => [one.command, one.description]));
  for (const command of COMMANDS) if (!offered.has(command)) offered.set(command, "");
  phone.menu.replaceChildren();
  for (const [command, description] of offered) {
    const line = button("", () => {
      phone.menu.hidden = true;
      act(phone, "say", { text: `/${command}` });
    }, `/${command}`);
    if (description) line.append(make("small", "", description));
    phone.menu.append(line);
  }
}
function select(id) {
  for (const [key, phone] of phones) {
    phone.element.classList.toggle("shown", key === id);
    phone.tab.setAttribute("aria-selected", String(key === id));
  }
  const phone = phones.get(id);
  phone.unread = 0;
  phone.count.textContent = "";
  phone.tab.scrollIntoView({ block: "nearest", inline: "center" });
  bottom(phone);
}
function face(person) {
  const element = make("span", "face", [...person.name][0] || "?");
  element.style.setProperty("--hue", String((person.id * 137) % 360));
  return element;
}
function add(person) {
  const phone = { person, seq: 0, met: false, unread: 0, busy: false, asked: false, offered: [] };
  phone.element = make("section", "phone");
  phone.element.dataset.person = person.id;
  phone.element.setAttribute("aria-label", person.name);
  phone.block = button("block", () =>
    call(`people/${person.id}/block`, { blocked: !phone.person.blocked })
      .then((now) => mark(phone, now.blocked ?? !phone.person.blocked))
      .catch((trouble) => toast(phone, trouble.message, "trouble")));
  const title = make("h2", "", face(person), make("span", "who", person.name, make("small", "", person.role || person.username || "")), phone.block);
  phone.scroll = make("div", "scroll");
  phone.scroll.dataset.quiet = say("quiet");
  phone.scroll.setAttribute("role", "log");
  phone.toasts = make("div", "toasts");
  phone.menu = make("div", "menu");
  phone.menu.hidden = true;
  const talk = make("div", "talk", phone.scroll, phone.toasts, phone.menu);
  const opener = button("opener", () => {
    menu(phone);
    phone.menu.hidden = !phone.menu.hidden;
  }, make("b", "", "/"), say("menu"));
  const photo = chooser(phone, "📷 ", "photo", "image/*,video/*", (file) => (file.type.startsWith("video/") ? "video" : "photo"));
  const file = chooser(phone, "📎 ", "attach", "", (file) => (file.type.startsWith("audio/") ? "audio" : "document"));
  const place = button("", () => act(phone, "send", { kind: "location", ...STREET }), "📍 ", say("place"));
  opener.title = aside("menu");
  place.title = aside("place");
  const tools = make("div", "tools", opener, photo, file, place);
  phone.input = make("input");
  phone.input.setAttribute("aria-label", `${person.name}: ${say("write")}`);
  phone.input.autocomplete = "off";
  phone.input.enterKeyHint = "send";
  const sending = make("button", "", make("span", "", "➤"));
  sending.setAttribute("aria-label", say("send"));
  const composer = make("form", "composer", phone.input, sending);
  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = phone.input.value.trim();
    if (text) act(phone, "say", { text });
    phone.input.value = "";
  });
  phone.element.append(title, talk, tools, composer);
  $("main").append(phone.element);
  phone.count = make("span", "count");
  phone.tab = button("tab", () => select(person.id), person.name, phone.count);
  phone.tab.dataset.person = person.id;
  phone.tab.setAttribute("role", "tab");
  $("nav").append(phone.tab);
  phones.set(person.id, phone);
  mark(phone, Boolean(person.blocked));
}
async function people() {
  const all = await call("people");
  const ids = new Set(all.map((person) => person.id));
  for (const [id, phone] of phones)
    if (!ids.has(id)) {
      phone.element.remove();
      phone.tab.remove();
      phones.delete(id);
    }
  for (const person of all) if (!phones.has(person.id)) add(person);
  $("main").dataset.nobody = phones.size ? "" : say("nobody");
  if (phones.size && !$(".phone.shown")) select(phones.keys().next().value);
  await Promise.all([...phones.values()].map(refresh));
}

// -- the clock --

let ahead = 0, stopped = null;
function tick() {
  const now = stopped ?? new Date(Date.now() + ahead);
  const day = moment(now, { year: "numeric", month: "long", day: "numeric", weekday: "short" });
  const clock = $("#clock");
  clock.dateTime = now.toISOString();
  clock.replaceChildren(make("b", "", moment(now, { hour: "2-digit", minute: "2-digit", second: "2-digit" })), make("span", "", day));
}
function set(state) {
  const now = new Date(state.now);
  zone = state.zone;
  ahead = now - Date.now();
  stopped = state.frozen ? now : null;
  $("#clock").title = zone;
  if (!$("#date").open) {
    const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(now);
    $("#to-date").value = parts.replace(" ", "T");
  }
  tick();
}
const read = () => call("clock").then(set);
const move = (body) => call("clock", body).then(set).catch(() => read().catch(() => {}));
function lever(query, key, body) {
  both($(query), key).addEventListener("click", () => move(body));
}

// -- breakage --

function fault(name, state) {
  const output = make("output");
  const happened = state.happened?.[name];
  const input = make("input");
  const show = () => (output.textContent = `${Math.round(input.value * 100)}%`);
  Object.assign(input, { type: "range", min: 0, max: 1, step: 0.05, value: state[name] });
  input.addEventListener("input", show);
  input.addEventListener("change", () => shift({ [name]: Number(input.value) }));
  show();
  const label = both(make("span"), name);
  if (happened) label.append(make("small", "happened", `×${happened}`));
  return make("label", "", label, input, output);
}
function panel(state) {
  const off = make("input");
  Object.assign(off, { type: "checkbox", checked: state.network_off });
  off.addEventListener("change", () => shift({ network_off: off.checked }));
  const seed = make("input");
  Object.assign(seed, { type: "number", step: 1, value: state.seed ?? 0 });
  seed.addEventListener("change", () => shift({ seed: Math.trunc(Number(seed.value)) || 0 }));
  const well = { ...Object.fromEntries(RATES.map((name) => [name, 0])), network_off: false };
  const inputs = () => [...document.querySelectorAll("#breakage > div input")];
  const held = inputs().indexOf(document.activeElement);
  $("#breakage > div").replaceChildren(
    ...RATES.map((name) => fault(name, state)),
    make("label", "switch", both(make("span"), "network_off"), off),
    make("label", "seed", both(make("span"), "seed"), seed),
    both(button("mend", () => shift(well)), "mend"),
  );
  inputs()[held]?.focus();
  $("#breakage").classList.toggle("broken", state.network_off || RATES.some((name) => state[name] > 0));
}
const inspect = () => call("breakage").then(panel);
const shift = (body) => call("breakage", body).then(panel, inspect);

// -- begin --

lever("#advance-5", "five", { advance_seconds: 300 });
lever("#advance-60", "hour", { advance_seconds: 3600 });
lever("#next-working-day", "next", { next_working_day: true });
both($("#date summary"), "date");
$("#date button").textContent = say("go");
$("#date form").addEventListener("submit", (event) => {
  event.preventDefault();
  $("#date").open = false;
  move({ to: $("#to-date").value }); // without an offset: local time of the sandbox's zone, not of this browser's
});
both($("#breakage summary"), "breaking");
$("#breakage").addEventListener("toggle", () => $("#breakage").open && inspect());
$("#lost").textContent = `${say("lost")} ${aside("lost")}`;
document.documentElement.lang = english ? "en" : "zh";
document.addEventListener("click", (event) => {
  for (const drawer of document.querySelectorAll(".drawer[open]")) if (!event.composedPath().includes(drawer)) drawer.open = false;
  for (const phone of phones.values())
    if (!event.composedPath().some((node) => node.classList?.contains("opener") && phone.element.contains(node))) phone.menu.hidden = true;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const drawer of document.querySelectorAll(".drawer[open]")) drawer.open = false;
  for (const phone of phones.values()) phone.menu.hidden = true;
});
function all() {
  Promise.all([read(), people(), inspect()]).catch(() => {});
}
const events = new EventSource("/sandbox/events");
events.addEventListener("open", () => {
  $("#lost").hidden = true;
  all();
});
events.addEventListener("error", () => ($("#lost").hidden = false));
events.addEventListener("message", (event) => {
  const change = JSON.parse(event.data);
  if (change.clock) return void (change.clock.now ? set(change.clock) : read().catch(() => {}));
  const phone = phones.get(change.chat);
  if (phone) refresh(phone).catch(() => {});
  else if (change.chat > 0) people().catch(() => {});
});
setInterval(tick, 1000);
all();
