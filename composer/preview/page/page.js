"use strict";

/* CSS pixels; the page's buttons have the same values. */
const PHONE = "375";
const WINDOW = "700";

/* What the reader chose, kept in the address, so that a reload or a bookmark leads back to it. */
const chosen = { draft: "", view: "mail", width: WINDOW, scheme: "light", pictures: "on", client: "" };
/* What the server last said: of all drafts, and of the one that is shown. */
let drafts = [];
let latest = null;
let shown = null;
let state = "";
let lines = [];
/* How often the page was asked to show something else: an answer that comes late is not shown. */
let turn = 0;
/* The finding that waits for its mail to be there, to be shown in it. */
let waiting = null;

const by = (id) => document.getElementById(id);
const make = (tag, className, ...inside) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...inside);
  return element;
};

function readAddress() {
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) if (name in chosen) chosen[name] = value;
}

function writeAddress() {
  history.replaceState(null, "", "#" + new URLSearchParams(chosen));
}

const current = () => drafts.find((draft) => draft.path === chosen.draft) ?? drafts.find((draft) => draft.number === latest);

async function ask(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

/* Everything again, after a file has changed or another draft was chosen. */
async function refresh() {
  const own = ++turn;
  try {
    ({ drafts, latest, state } = await (await ask("drafts.json")).json());
    const draft = current();
    const answer = draft ? await (await ask(`${draft.number}/draft.json`)).json() : null;
    const source = draft ? await (await ask(`${draft.number}/source.txt`)).text() : "";
    if (own !== turn) return;
    shown = answer;
    lines = source.split(/\r\n|\n|\r/);
    if (draft) chosen.draft = draft.path;
  } catch (error) {
    /* Where nobody answers at all, the line at the top says so. */
    if (own === turn && !(error instanceof TypeError)) notice(error.message, true);
    return;
  }
  writeAddress();
  showDrafts();
  showHead();
  showFindings();
  showToolbar();
  await showStage();
}

function showDrafts() {
  const groups = new Map();
  for (const draft of drafts) groups.set(draft.folder, [...(groups.get(draft.folder) ?? []), draft]);
  by("drafts").replaceChildren(...[...groups].flatMap(([folder, own]) => [make("h3", "", folder), ...own.map(draftButton)]));
}

function draftButton(draft) {
  const [, day, name] = /^(\d{4}-\d\d-\d\d)?-?(.*)$/.exec(draft.name);
  const button = make("button", "", name || draft.name);
  if (day) button.append(make("time", "", day));
  if (draft === current()) button.setAttribute("aria-current", "true");
  button.onclick = () => {
    chosen.draft = draft.path;
    by("typed").hidden = true;
    refresh();
  };
  return button;
}

function showHead() {
  const inbox = shown?.inbox ?? {};
  by("newsletter").textContent = inbox.newsletter ?? "";
  by("subject").textContent = inbox.subject || shown?.path || "Preview";
  document.title = inbox.subject ? `${inbox.subject} – preview` : "Preview";
  by("weight").hidden = !shown?.size?.words;
  if (shown?.size?.words) {
    by("meter").value = shown.size.share;
    by("size").textContent = `${shown.size.words} on its way; Gmail cuts a mail at ${shown.size.limit}.`;
  }
}

function showFindings() {
  by("summary").textContent = shown?.summary ?? "";
  by("findings").replaceChildren(...(shown?.findings ?? []).map(findingItem));
}

function findingItem(finding) {
  const [before, marked, behind] = finding.excerpt;
  const button = make("button", "", make("span", "level", finding.level), " ", make("span", "rule", `${finding.rule}, line ${finding.line}`));
  button.append(make("br"), make("span", "said", ...withCode(finding.message)));
  if (before || marked || behind) button.append(make("code", "excerpt", before, make("mark", "", marked || " "), behind));
  if (finding.help) button.append(make("span", "help", ...withCode(finding.help), finding.fixable ? "\ncomposer check --fix does it." : ""));
  button.onclick = () => {
    showSource(finding);
    if (chosen.view !== "mail") choose({ view: "mail" });
    pointOut(finding);
  };
  return make("li", finding.level, button);
}

/* Words with what stands between backticks as code. */
const withCode = (words) => words.split(/`([^`]+)`/).map((part, index) => (index % 2 ? make("code", "", part) : part));

function showToolbar() {
  for (const group of document.querySelectorAll("[data-choice]")) {
    for (const button of group.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(chosen[group.dataset.choice] === button.value));
    }
  }
  for (const element of document.querySelectorAll("[data-for]")) element.hidden = !element.dataset.for.split(" ").includes(chosen.view);
  const clients = shown?.clients ?? [];
  if (!clients.some((client) => client.name === chosen.client)) chosen.client = "";
  by("client").replaceChildren(new Option("your browser shows it", ""), ...clients.map((client) => new Option(client.title, client.name)));
  by("client").value = chosen.client;
}

function notice(words, grave = false) {
  by("notice").hidden = !words;
  by("notice").textContent = words;
  by("notice").classList.toggle("grave", grave);
}

async function showStage() {
  const notices = [];
  if (shown?.shown === "earlier") notices.push("This is the issue as it was before. As it stands now it cannot be shown: see the findings.");
  const client = (shown?.clients ?? []).find((one) => one.name === chosen.client);
  if (chosen.view === "mail" && chosen.scheme === "dark" && client && !client.dark) notices.push(`${client.title} ${withoutDark}`);
  if (chosen.view === "mail" && chosen.width === PHONE && client?.wide) notices.push(`${client.title} runs on no phone, so this is its window.`);
  notice(notices.join("\n"), shown?.shown === "earlier");
  const stage = by("stage");
  stage.classList.toggle("stale", shown?.shown === "earlier");
  stage.dataset.view = chosen.view;
  if (!shown || shown.shown === "nothing") {
    stage.replaceChildren(make("p", "empty", shown ? "This draft cannot be shown yet: see the findings." : "There is no draft here yet. composer new NEWSLETTER starts one."));
  } else if (chosen.view === "mail") {
    const frame = stage.querySelector(":scope > .frame") ?? make("div", "frame");
    frame.style.width = `${widthFor(client)}px`;
    if (frame.parentElement !== stage) stage.replaceChildren(frame);
    await showFrame(frame, frameAddress(chosen.client), "The mail");
  } else if (chosen.view === "clients") {
    showClients(stage);
  } else if (chosen.view === "text") {
    const text = await (await ask(`${current().number}/mail.txt`)).text();
    if (chosen.view === "text") stage.replaceChildren(pageOf(text));
  } else {
    stage.replaceChildren(inboxes(shown.inbox));
  }
}

const withoutDark = "does not show a mail’s own dark colors. What it makes of a light mail in the dark, if anything, its makers do not say.";

/* Some clients are on no phone. */
const widthFor = (client) => (client?.wide ? WINDOW : chosen.width);

function frameAddress(client) {
  const wishes = new URLSearchParams({ scheme: chosen.scheme, pictures: chosen.pictures, at: state });
  if (client) wishes.set("client", client);
  return `${current().number}/mail.html?${wishes}`;
}

/* The new page takes the old one's place only once it is there, and at the same words, so that nothing flickers while one writes. */
function showFrame(around, address, title) {
  const before = around.querySelector("iframe:not(.coming)");
  for (const late of around.querySelectorAll("iframe.coming")) late.remove();
  const frame = make("iframe", "coming");
  frame.title = title;
  frame.src = address;
  around.append(frame);
  return new Promise((done) => {
    frame.onload = () => {
      if (before?.contentWindow && before.isConnected) frame.contentWindow.scrollTo(0, before.contentWindow.scrollY);
      frame.classList.remove("coming");
      before?.remove();
      frame.contentDocument?.addEventListener("click", followToDraft);
      if (waiting) pointOut(waiting);
      done();
    };
  });
}

function showClients(stage) {
  const cell = chosen.width === PHONE ? 225 : 288;
  const list = make("ul", "clients");
  list.style.setProperty("--cell", `${cell}px`);
  for (const client of shown.clients) {
    const button = make("button", "", client.title);
    button.onclick = () => choose({ view: "mail", client: client.name });
    const frame = make("div", "frame");
    frame.style.width = `${cell}px`;
    frame.style.setProperty("--full", `${widthFor(client)}px`);
    frame.style.setProperty("--scale", cell / widthFor(client));
    const item = make("li", "", button, frame);
    if (chosen.scheme === "dark" && !client.dark) item.append(make("p", "", "Shows its light colors, or colors of its own."));
    list.append(item);
    showFrame(frame, frameAddress(client.name), client.title);
  }
  stage.replaceChildren(list);
}

function pageOf(text) {
  const page = make("div", "page", make("pre", "", text));
  /* Narrow windows scroll it sideways, also by keys. */
  Object.assign(page, { tabIndex: 0, role: "region", ariaLabel: "The plain text" });
  return page;
}

function inboxes(inbox) {
  const subject = () => make("b", "", inbox.subject || "(no subject)");
  const behind = inbox.preheader || "(no preheader: mail programs show the first words of the mail)";
  const phone = make("div", "row phone", make("p", "sender", inbox.from), make("p", "line", subject()), make("p", "behind", behind));
  const wide = make(
    "div",
    "row wide",
    make("p", "sender", inbox.from),
    make("p", "line", subject(), make("span", "behind", behind)),
    make("p", "day", inbox.date),
  );
  return make("div", "inboxes", make("div", "", make("h2", "", "On a phone"), phone), make("div", "", make("h2", "", "In a window, on one line"), wide));
}

/* From the mail to the draft: a click leads to where the words were typed; links are shown, not followed. */
function followToDraft(click) {
  click.preventDefault();
  const element = click.target.closest?.("[data-place]");
  if (!element) return;
  const [line, column, end_line, end_column] = element.dataset.place.split(":").map(Number);
  outline(click.target.ownerDocument, element);
  showSource({ path: element.dataset.path ?? shown.path, line, column, end_line, end_column }, click.target.closest("a")?.getAttribute("href"));
}

/* A line of the draft; what is at fault on it is marked where that is less than the line. Columns count characters, not their halves. */
function withMark(number, place) {
  const characters = [...(lines[number - 1] || " ")];
  const [start, end] = [place.column - 1, place.end_column - 1];
  if (number !== place.line || place.end_line !== place.line || characters.slice(start, end).length === 0) return [characters.join("")];
  return [characters.slice(0, start).join(""), make("mark", "", characters.slice(start, end).join("")), characters.slice(end).join("")];
}

function showSource(place, link) {
  by("typed").hidden = false;
  by("where").textContent = `${place.path}:${place.line}:${place.column}`;
  by("leads").hidden = !link;
  const anchor = by("leads").querySelector("a");
  anchor.textContent = link ?? "";
  anchor.href = /^https?:/i.test(link ?? "") ? link : "#";
  const here = place.path === shown.path;
  by("source").hidden = !here;
  const rows = [];
  for (let number = Math.max(1, place.line - 2); here && number <= Math.min(lines.length, place.end_line + 2, place.line + 40); number++) {
    const row = make("div", number >= place.line && number <= place.end_line ? "here" : "", make("span", "", ...withMark(number, place)));
    row.dataset.line = number;
    rows.push(row);
  }
  by("source").replaceChildren(...rows);
  by("source").scrollTop = (by("source").querySelector(".here")?.offsetTop ?? 0) - 24;
  by("typed").scrollIntoView({ block: "nearest" });
}

/* From a finding to the mail: the smallest piece typed around its line, else the last one typed before it. */
function pointOut(finding) {
  const page = document.querySelector("#stage > .frame iframe:not(.coming)")?.contentDocument;
  waiting = page ? null : finding;
  if (!page) return;
  const pieces = [...page.querySelectorAll("[data-place]")]
    .filter((element) => (element.dataset.path ?? shown.path) === finding.path)
    .map((element) => ({ element, span: element.dataset.place.split(":").map(Number) }));
  const around = pieces.filter(({ span }) => span[0] <= finding.line && finding.line <= span[2]);
  around.sort((a, b) => a.span[2] - a.span[0] - (b.span[2] - b.span[0]) || nearness(b.span, finding) - nearness(a.span, finding));
  const before = pieces.filter(({ span }) => span[0] < finding.line).sort((a, b) => b.span[0] - a.span[0]);
  outline(page, (around[0] ?? before[0])?.element);
}

/* Of two pieces on one line the one that begins last, yet not behind the finding. */
const nearness = (span, finding) => (span[0] < finding.line || span[1] <= finding.column ? span[1] : -span[1]);

function outline(page, element) {
  for (const old of page.querySelectorAll("[data-outlined]")) {
    old.style.outline = "";
    old.removeAttribute("data-outlined");
  }
  if (!element) return;
  element.setAttribute("data-outlined", "");
  element.style.outline = "3px solid #E8A400";
  element.scrollIntoView({ block: "center" });
}

function choose(wishes) {
  Object.assign(chosen, wishes);
  writeAddress();
  showToolbar();
  showStage().catch((error) => notice(String(error.message), true));
}

function listen() {
  const events = new EventSource("events");
  const live = by("live");
  events.onmessage = (event) => {
    live.className = "following";
    live.textContent = "Follows what you save";
    if (event.data !== state) refresh();
  };
  events.onerror = () => {
    live.className = "ended";
    live.textContent = "The preview has ended; composer preview starts it again";
  };
}

for (const group of document.querySelectorAll("[data-choice]")) {
  group.addEventListener("click", (click) => {
    if (click.target.value) choose({ [group.dataset.choice]: click.target.value });
  });
}
by("client").onchange = (change) => choose({ client: change.target.value });
by("copy").onclick = () => navigator.clipboard.writeText(by("where").textContent);
readAddress();
refresh();
listen();
