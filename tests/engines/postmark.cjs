// Fills mails in with mustache.js. A stand-in: Postmark runs Mustachio, which is published for .NET only; both read
// sections, inverted sections, `{{.}}` and `{{{…}}}` alike (Parser.cs of github.com/ActiveCampaign/mustachio, read on
// 2026-11-22), and escape for HTML. In: a list of {part, source, reader}; out: a list of {text} or {error}.
"use strict";
const mustache = require("mustache");

const jobs = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const done = jobs.map(({ part, source, reader }) => {
  try {
    return { text: mustache.render(source, reader, {}, part === "html" ? {} : { escape: String }) };
  } catch (error) {
    return { error: String(error) };
  }
});
process.stdout.write(JSON.stringify(done));
