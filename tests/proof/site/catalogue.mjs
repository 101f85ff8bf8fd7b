// Opens the catalogue in every way in which people read it, and tells what axe-core and the keyboard find.
// What it is asked for: JSON as its one argument. What it found: JSON on standard output.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const { page: address, program, flags, pictures = '' } = JSON.parse(process.argv[2])
const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const WAYS = {
  light: { viewport: { width: 1280, height: 900 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 320, height: 640 } },
  narrowDark: { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
  contrast: { viewport: { width: 1280, height: 900 }, contrast: 'more' },
  forced: { viewport: { width: 1280, height: 900 }, forcedColors: 'active' },
}
// WCAG 1.4.12
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`

const browser = await chromium.launch({ executablePath: program, args: flags })

const open = async options => {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  await page.goto(address)
  return page
}

// Ways in which the page is also asked about as it is delivered, before all is opened: what is open depends on no colour.
const DELIVERED = ['light', 'narrow']

const wide = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

// Elements whose words do not fit into them.
const cut = page => page.evaluate(() => [...document.querySelectorAll('body *:not(.heard, .heard *, .skip)')]
  .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
  .map(one => `${one.tagName}.${one.className}`))

const shown = page => page.evaluate(() => [...document.querySelectorAll('.card')]
  .filter(card => card.getClientRects().length).map(card => card.querySelector('h2').textContent))

const told = { ways: {} }
for (const [name, options] of Object.entries(WAYS)) {
  const page = await open(options)
  await page.evaluate(AXE)
  const check = () => page.evaluate(tags => axe.run(document, { runOnly: tags }), TAGS)
  // As it is delivered, if anything is closed there, and with all that can be opened.
  const closed = DELIVERED.includes(name) && await page.locator('details:not([open])').count()
  const delivered = closed ? await check() : { violations: [] }
  await page.evaluate(() => document.querySelectorAll('details').forEach(one => one.setAttribute('open', '')))
  const found = await check()
  told.ways[name] = {
    violations: [...delivered.violations, ...found.violations].map(one => `${one.id}: ${one.nodes.map(node => node.html).slice(0, 3).join(' | ')}`),
    passes: found.passes.length,
    overflow: await wide(page),
  }
  if (pictures) await page.screenshot({ path: `${pictures}-${name}.png`, fullPage: true })
  if (name === 'narrow') {
    told.cut = await cut(page)
    await page.addStyleTag({ content: SPACING }).catch(() => {})
    await page.evaluate(css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet] }, SPACING)
    told.spaced = { overflow: await wide(page), cut: await cut(page) }
  }
  if (name === 'light') {
    const pdf = await page.pdf({ format: 'A4', ...(pictures && { path: `${pictures}.pdf` }) })
    told.paper = pdf.length
  }
  await page.context().close()
}

// By keyboard alone.
const page = await open(WAYS.light)
const focused = () => page.evaluate(() => {
  const one = document.activeElement
  const ring = [one, one.closest('label')].filter(Boolean).map(each => getComputedStyle(each))
    .some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1)
  const name = one.id || one.getAttribute('href') || one.tagName
  return { name, ring, inside: one.getBoundingClientRect().right > 0 && one.getBoundingClientRect().left < innerWidth }
})
told.stops = []
for (let step = 0; step < 400; step++) {
  await page.keyboard.press('Tab')
  const stop = await focused()
  if (stop.name === 'BODY' || (told.stops.length && stop.name === told.stops[0].name)) break
  told.stops.push(stop)
}
await page.goto(address)
await page.keyboard.press('Tab')
await page.keyboard.press('Enter')
told.skipped = await page.evaluate(() => document.activeElement.id || location.hash)

await page.goto(address)
told.all = await shown(page)
await page.focus('#kind-0')
await page.keyboard.press('ArrowDown')
told.chosen = { label: await page.evaluate(() => document.activeElement.closest('label').textContent.trim()), cards: await shown(page) }
await page.focus('#language-0')
told.empty = []
for (const language of await page.evaluate(() => [...document.querySelectorAll('[name=language]')].map(one => one.id))) {
  await page.check(`#${language}`)
  const cards = await shown(page)
  const none = await page.evaluate(() => document.querySelector('.none').getClientRects().length > 0)
  told.empty.push({ cards: cards.length, none })
}
await browser.close()
console.log(JSON.stringify(told))
