// Fills mails in as Ghost does, by Ghost's own files out of its npm package: the HTML card as the editor renders it, the
// links as they are written anew, the definitions of fields, and the message for Mailgun. What these files require and
// do not use here (logging, dates, subscriptions) is left empty. Left out: the newsletter's frame, the CSS inliner and
// Mailgun itself, of which the last lines do what its documentation says: `%recipient.name%` becomes the value.
// Arguments: the folder of Ghost's files. In: a list of {part, source, reader}; out: a list of {text} or {error}.
"use strict";
const Module = require("node:module");
const path = require("node:path");

const nothing = () => new Proxy(function () {}, { get: (_, key) => (key === Symbol.toPrimitive ? () => "" : nothing()), apply: nothing });
const load = Module._load;
Module._load = function (request, parent, isMain) {
  try {
    return load.call(this, request, parent, isMain);
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    return nothing();
  }
};

const ghost = path.resolve(process.argv[2]);
const services = path.join(ghost, "package/core/server/services");
const EmailRenderer = require(path.join(services, "email-service/email-renderer.js"));
const MailgunEmailProvider = require(path.join(services, "email-service/mailgun-email-provider.js"));
const linkReplacer = require(path.join(services, "lib/link-replacer.js"));
const { renderHtmlNode } = require(path.join(ghost, "nodes/package/build/cjs/nodes/html/html-renderer.js"));

async function filled({ source, reader, feature }) {
  const renderer = new EmailRenderer({
    settingsCache: { get: (key) => ({ locale: "en", timezone: "Etc/UTC" })[key] },
    settingsHelpers: { createUnsubscribeUrl: () => reader.leave, getMembersValidationKey: () => "key" },
    urlUtils: { urlFor: () => "https://site.example/" },
    t: (words) => words,
  });
  const card = renderHtmlNode({ html: source }, { createDocument: () => ({ createElement: () => ({}) }), target: "email", feature });
  const own = (url, typed) => (typed.startsWith("%%{") && typed.endsWith("}%%") ? typed : url);
  const html = await linkReplacer.replace(card.element.value, own, { base: "https://site.example/" });
  const definitions = renderer.buildReplacementDefinitions({ html, newsletterUuid: "n" });
  let sent;
  const provider = new MailgunEmailProvider({ config: { get: () => undefined }, mailgunClient: { send: async (...all) => ((sent = all), { id: "<1>" }) } });
  const member = { uuid: "u", name: reader.name, email: reader.email, status: "free" };
  const replacements = definitions.map(({ id, token, getValue }) => ({ id, token, value: getValue(member) || "" }));
  await provider.send(
    { subject: "", html, plaintext: "", from: "", replyTo: "", emailId: "1", recipients: [{ email: reader.email, replacements }], replacementDefinitions: definitions },
    {},
  );
  const values = sent[1][reader.email];
  return sent[0].html.replace(/%recipient\.(\w+)%/g, (typed, key) => (key in values ? values[key] : typed));
}

async function main() {
  const jobs = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
  const done = [];
  for (const job of jobs) {
    try {
      done.push({ text: job.part === "html" ? await filled(job) : job.source });
    } catch (error) {
      done.push({ error: String(error) });
    }
  }
  process.stdout.write(JSON.stringify(done));
}
main();
