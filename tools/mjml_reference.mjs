// Makes composer/facts/mjml_reference.json from npm's own MJML packages.
//
//     npm install --prefix FOLDER mjml@5.4.1
//     node tools/mjml_reference.mjs FOLDER > composer/facts/mjml_reference.json
//
// Each component says itself which attributes it takes and of what type; the preset says what may stand in what.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

const folder = resolve(process.argv[2] ?? '.')
const require = createRequire(join(folder, 'node_modules', 'mjml', 'package.json'))
const { version } = require('mjml/package.json')
const preset = require('mjml-preset-core').default ?? require('mjml-preset-core')
const colours = require('mjml-core/lib/types/helpers/colors')
const licence = readFileSync(join(folder, 'node_modules', 'mjml', 'LICENSE.md'), 'utf8').trim()

const names = new Set(preset.components.map((component) => component.componentName))
const tags = {}
for (const component of [...preset.components].sort((a, b) => (a.componentName < b.componentName ? -1 : 1))) {
  tags[component.componentName] = {
    takes_html: component.endingTag === true,
    attributes: component.allowedAttributes ?? {},
    children: (preset.dependencies[component.componentName] ?? []).map((child) => (child instanceof RegExp ? '*' : child)),
  }
}
// Tags that have no component of their own and are allowed all the same (mjml-validator, validTag).
const plain = Object.fromEntries(Object.keys(preset.dependencies).filter((tag) => !names.has(tag)).map((tag) => [tag, preset.dependencies[tag]]))

const reference = {
  source: 'https://www.npmjs.com/package/mjml: the components, their attributes and what may stand in what',
  version,
  date: process.env.REFERENCE_DATE ?? new Date().toISOString().slice(0, 10),
  licence,
  colours: colours.default ?? colours,
  plain,
  tags,
}
process.stdout.write(`${JSON.stringify(reference, null, 1)}\n`)
