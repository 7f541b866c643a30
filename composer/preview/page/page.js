"use strict";

/* CSS pixels; the page's buttons have the same values. */
const PHONE = "375";
const WINDOW = "700";

/* What the reader chose, kept in the address, so that a reload or a bookmark leads back to it. */
const USUAL = { draft: "", view: "mail", width: WINDOW, scheme: "light", pictures: "on", client: "" };
const chosen = { ...USUAL };
/* What the server last said: of all drafts, and of the one that is shown. */
let drafts = [];
let latest = null;
let shown = null;
let state = "";
let lines = [];
/* How often the page was asked for something else, all of it or its stage: an answer that comes late is not shown. */
let turn = 0;
let scene = 0;
/* Milliseconds in which a draft that an editor takes away to save it is there again, and a preview may be. */
const MOMENT = 500;
const REST = 3000;
/* The finding that waits for its mail to be there, to be shown in it. */
let waiting = null;
/* What the server says by itself. */
let events = null;

const by = (id) => document.getElementById(id);
const make = (tag, className, ...inside) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...inside);
  return element;
};

function readAddress() {
  const wishes = new URLSearchParams(location.hash.slice(1));
  for (const [name, usual] of Object.entries(USUAL)) {
    const buttons = document.querySelectorAll(`[data-choice="${name}"] button`);
    const value = wishes.get(name) ?? usual;
    chosen[name] = !buttons.length || [...buttons].some((button) => button.value === value) ? value : usual;
  }
}

function writeAddress() {
  history.replaceState(null, "", "#" + new URLSearchParams(chosen));
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const isThere = (said) => said.drafts.some((draft) => draft.path === chosen.draft);
const current = (said = { drafts, latest }) =>
  said.drafts.find((draft) => draft.path === chosen.draft) ?? said.drafts.find((draft) => draft.number === said.latest);

async function ask(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

/* Everything again, after a file has changed or another draft was chosen. */
async function refresh() {
  const own = ++turn;
  const before = shown?.path;
  try {
    let said = await (await ask("drafts.json")).json();
    if (before && before === chosen.draft && !isThere(said)) {
      await pause(MOMENT);
      said = await (await ask("drafts.json")).json();
    }
    const draft = current(said);
    const answer = draft ? await (await ask(`${draft.number}/draft.json`)).json() : null;
    const source = draft ? await (await ask(`${draft.number}/source.txt`)).text() : "";
    if (own !== turn) return;
    ({ drafts, latest, state } = said);
    shown = answer;
    lines = source.split(/\r\n|\n|\r/);
    /* A draft that is gone stays chosen: it may come back. */
    chosen.draft ||= draft?.path ?? "";
    writeAddress();
    showDrafts(before);
    showHead();
    showFindings();
    showToolbar();
    await showStage();
  } catch (error) {
    if (own === turn) tellOf(error);
  }
}

/* Where nobody answers at all, the line at the top says so. */
function tellOf(error) {
  if (!(error instanceof TypeError)) notice(error.message, true);
}

/* Other buttons instead of those that were there; the keyboard stays where it was among them. */
function replaceButtons(around, ...others) {
  const place = [...around.querySelectorAll("button")].indexOf(document.activeElement);
  around.replaceChildren(...others);
  around.querySelectorAll("button")[place]?.focus({ preventScroll: true });
}

function showDrafts(before) {
  const groups = new Map();
  for (const draft of drafts) groups.set(draft.folder, [...(groups.get(draft.folder) ?? []), draft]);
  replaceButtons(by("drafts"), ...[...groups].flatMap(([folder, own]) => [make("h3", "", folder), ...own.map(draftButton)]));
  if (shown?.path !== before) by("drafts").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

function draftButton(draft) {
  const [, day, name] = /^(\d{4}-\d\d-\d\d)?-?(.*)$/.exec(draft.name);
  const button = make("button", "", inItsDirection(name || draft.name));
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
  by("subject").replaceChildren(inItsDirection(inbox.subject || shown?.path || "Preview"));
  document.title = inbox.subject ? `${inbox.subject} – preview` : "Preview";
  by("weight").hidden = !shown?.size?.words;
  if (shown?.size?.words) {
    by("meter").value = shown.size.share;
    by("size").textContent = `${shown.size.words} on its way; Gmail cuts a mail at ${shown.size.limit}.`;
  }
}

function showFindings() {
  by("summary").textContent = shown?.summary ?? "";
  replaceButtons(by("findings"), ...(shown?.findings ?? []).map(findingItem));
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

/* Words from right to left, or from left to right, whatever stands around them. */
const inItsDirection = (words) => make("bdi", "", words);

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
  const own = ++scene;
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
    if (own === scene) stage.replaceChildren(pageOf(text));
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
  frame.dataset.draft = shown.path;
  around.append(frame);
  return new Promise((done) => {
    frame.onload = () => {
      if (frame.contentDocument?.contentType !== "text/html") {
        /* Words of the server's, or a page of the browser's own where nobody answers: what was shown stays. */
        if (frame.contentDocument) notice(frame.contentDocument.body.textContent, true);
        frame.remove();
        done();
        return;
      }
      if (before?.isConnected && before.dataset.draft === frame.dataset.draft) frame.contentWindow.scrollTo(0, before.contentWindow.scrollY);
      frame.classList.remove("coming");
      before?.remove();
      frame.contentDocument?.addEventListener("click", followToDraft);
      /* the wheel of a mouse follows links, too */
      frame.contentDocument?.addEventListener("auxclick", (click) => click.preventDefault());
      if (waiting) pointOut(waiting);
      done();
    };
  });
}

function showClients(stage) {
  const cell = chosen.width === PHONE ? 225 : 288;
  const names = shown.clients.map((client) => client.name).join();
  let list = stage.querySelector(":scope > .clients");
  if (list?.dataset.names !== names) {
    list = make("ul", "clients", ...shown.clients.map(clientItem));
    list.dataset.names = names;
    stage.replaceChildren(list);
  }
  list.style.setProperty("--cell", `${cell}px`);
  for (const [place, client] of shown.clients.entries()) {
    const [, frame, words] = list.children[place].children;
    frame.style.width = `${cell}px`;
    frame.style.setProperty("--full", `${widthFor(client)}px`);
    frame.style.setProperty("--scale", cell / widthFor(client));
    words.hidden = chosen.scheme !== "dark" || client.dark;
    showFrame(frame, frameAddress(client.name), client.title);
  }
}

function clientItem(client) {
  const button = make("button", "", client.title);
  button.onclick = () => {
    choose({ view: "mail", client: client.name });
    by("client").focus();
  };
  return make("li", "", button, make("div", "frame"), make("p", "", "Shows its light colors, or colors of its own."));
}

function pageOf(text) {
  const page = make("div", "page", make("pre", "", text));
  /* Narrow windows scroll it sideways, also by keys. */
  Object.assign(page, { tabIndex: 0, role: "region", ariaLabel: "The plain text" });
  return page;
}

function inboxes(inbox) {
  const subject = () => make("b", "", inItsDirection(inbox.subject || "(no subject)"));
  const behind = () => inItsDirection(inbox.preheader || "(no preheader: mail programs show the first words of the mail)");
  const phone = make("div", "row phone", make("p", "sender", inbox.from), make("p", "line", subject()), make("p", "behind", behind()));
  const wide = make(
    "div",
    "row wide",
    make("p", "sender", inbox.from),
    make("p", "line", subject(), make("span", "behind", behind())),
    make("p", "day", inbox.date),
  );
  return make("div", "inboxes", make("div", "", make("h2", "", "On a phone"), phone), make("div", "", make("h2", "", "In a window, on one line"), wide));
}

/* From the mail to the draft: a click leads to where the words were typed; links are shown, not followed. */
function followToDraft(click) {
  click.preventDefault();
  const element = click.target.closest?.("[data-place]");
  if (!element) return;
  outline(click.target.ownerDocument, element);
  showSource(placeOf(element), click.target.closest("a")?.getAttribute("href"));
}

/* Where an element of the mail was typed, as findings say it. */
function placeOf(element) {
  const [line, column, end_line, end_column] = element.dataset.place.split(":").map(Number);
  return { path: element.dataset.path ?? shown.path, line, column, end_line, end_column };
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
  const pieces = [...page.querySelectorAll("[data-place]")].map((element) => ({ element, ...placeOf(element) })).filter(({ path }) => path === finding.path);
  const around = pieces.filter(({ line, end_line }) => line <= finding.line && finding.line <= end_line);
  around.sort((a, b) => a.end_line - a.line - (b.end_line - b.line) || nearness(b, finding) - nearness(a, finding));
  const before = pieces.filter(({ line }) => line < finding.line).sort((a, b) => b.line - a.line);
  outline(page, (around[0] ?? before[0])?.element);
}

/* Of two pieces on one line the one that begins last, yet not behind the finding. */
const nearness = ({ line, column }, finding) => (line < finding.line || column <= finding.column ? column : -column);

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
  showStage().catch(tellOf);
}

function listen() {
  let missed = events !== null;
  const own = (events = new EventSource("events"));
  own.onmessage = (event) => {
    tell("following", "Follows what you save");
    /* Another preview may have come in its place, with other numbers for the same drafts. */
    if (event.data !== state || missed) refresh();
    missed = false;
  };
  own.onerror = () => {
    missed = true;
    tell("ended", "The preview has ended; composer preview starts it again");
    if (own.readyState === EventSource.CLOSED) setTimeout(() => own === events && listen(), REST);
  };
}

/* Said anew only where it is another thing: it is read aloud. */
function tell(kind, words) {
  if (by("live").className === kind) return;
  by("live").className = kind;
  by("live").textContent = words;
}

/* A browser opens six connections to one server, for all of its tabs: one that nobody looks at gives its own back. */
function listenWhileLookedAt() {
  events?.close();
  if (!document.hidden) listen();
}

for (const group of document.querySelectorAll("[data-choice]")) {
  group.addEventListener("click", (click) => {
    if (click.target.value) choose({ [group.dataset.choice]: click.target.value });
  });
}
by("client").onchange = (change) => choose({ client: change.target.value });
by("copy").onclick = () => navigator.clipboard.writeText(by("where").textContent);
addEventListener("hashchange", () => {
  readAddress();
  refresh();
});
document.addEventListener("visibilitychange", listenWhileLookedAt);
readAddress();
refresh();
listenWhileLookedAt();
