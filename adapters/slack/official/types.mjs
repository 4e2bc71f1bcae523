// Writes a file of TypeScript in which each golden message and form must satisfy Slack's own types: types.mjs FOLDER > golden.ts
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
console.log("import type { KnownBlock, ModalView } from '@slack/types'")
for (const name of readdirSync(folder).filter((n) => n.endsWith('.golden.json'))) {
  const { blocks, type, text, ...rest } = JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const what = type === 'modal' ? [{ type, blocks, ...rest }, 'ModalView'] : [blocks, 'KnownBlock[]']
  console.log(`// ${name}\n;(${JSON.stringify(what[0], null, 2)}) satisfies ${what[1]}`)
}
