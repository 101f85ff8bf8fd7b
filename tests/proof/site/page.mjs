// Opens a page of a publication in every way in which people read it, and tells what axe-core, the keyboard and the player do.
// What it is asked for: JSON as its one argument. What it found: JSON on standard output.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const { page: address, program, flags, pictures = '', listen = false, ways } = JSON.parse(process.argv[2])
const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const DESK = { width: 1280, height: 900 }
const WAYS = {
  light: { viewport: DESK },
  dark: { viewport: DESK, colorScheme: 'dark' },
  narrow: { viewport: { width: 320, height: 640 } },
  narrowDark: { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
  contrast: { viewport: DESK, contrast: 'more' },
  forced: { viewport: DESK, forcedColors: 'active' },
  scriptless: { viewport: DESK },
}
// Ways in which the page is also asked about as it is delivered, before all is opened: what is open depends on no colour.
const DELIVERED = ['light', 'narrow', 'scriptless']
// WCAG 1.4.12
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`

const browser = await chromium.launch({
  executablePath: program, args: [...flags, '--autoplay-policy=no-user-gesture-required'],
})
const errors = []
const asked = new Set()
// axe-core is a script too: the page loses its own, and what would have been done by it is not done.
const SCRIPT = /<script>[^]*?<\/script>/g
const open = async (options, scriptless = false) => {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  if (scriptless) {
    const body = (await readFile(fileURLToPath(address), 'utf8')).replace(SCRIPT, '')
    await page.route(address, route => route.fulfill({ contentType: 'text/html; charset=utf-8', body }))
  }
  page.on('pageerror', error => errors.push(String(error)))
  page.on('console', message => { if (message.type() === 'error') errors.push(message.text()) })
  page.on('request', request => { if (!request.url().startsWith('data:')) asked.add(request.url()) })
  await page.goto(address)
  return page
}

const wide = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

// Elements whose words do not fit into them; what scrolls by itself is meant to.
const cut = page => page.evaluate(() => {
  const own = '.heard, .heard *, .skip, .table-scroll, .table-scroll *, .formula, .formula *, math, math *, audio, select'
  return [...document.querySelectorAll('body *')].filter(one => !one.matches(own))
    .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
    .map(one => `${one.tagName}.${one.className} ${one.textContent.slice(0, 40)}`)
})

const told = { ways: {} }
for (const [name, options] of Object.entries(WAYS).filter(([name]) => ways.includes(name))) {
  const page = await open(options, name === 'scriptless')
  await page.evaluate(AXE)
  const check = () => page.evaluate(tags => axe.run(document, { runOnly: tags }), TAGS)
  // As it is delivered, if anything is closed there, and with all that can be opened.
  const closed = DELIVERED.includes(name) && await page.locator('details:not([open])').count()
  const delivered = closed ? await check() : { violations: [] }
  await page.evaluate(() => document.querySelectorAll('details').forEach(one => one.setAttribute('open', '')))
  const found = await check()
  told.ways[name] = {
    violations: [...delivered.violations, ...found.violations].map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 200)).slice(0, 3).join(' | ')}`),
    passes: found.passes.length,
    overflow: await wide(page),
  }
  if (pictures) {
    const fullPage = await page.evaluate(() => document.documentElement.scrollHeight < 16000)
    await page.screenshot({ path: `${pictures}-${name}.png`, fullPage })
  }
  if (name === 'narrow') {
    told.cut = await cut(page)
    await page.evaluate(css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet] }, SPACING)
    told.spaced = { overflow: await wide(page), cut: await cut(page) }
  }
  if (name === 'light') {
    told.lists = await page.evaluate(() => [...document.querySelectorAll('ol[type]')].map(
      one => [one.getAttribute('type'), getComputedStyle(one).listStyleType]))
    told.uneven = await page.evaluate(() => [...document.querySelectorAll('code')].filter(one => {
      const pen = document.createElement('canvas').getContext('2d')
      pen.font = `40px ${getComputedStyle(one).fontFamily}`
      return Math.abs(pen.measureText('iiii').width - pen.measureText('mmmm').width) > 1
    }).map(one => one.textContent.slice(0, 40)))
    const pdf = await page.pdf({ preferCSSPageSize: true, ...(pictures && { path: `${pictures}.pdf` }) })
    told.paper = pdf.length
  }
  if (name === 'scriptless') {
    told.dead = await page.evaluate(() => [...document.querySelectorAll('.knobs')].filter(one => one.getClientRects().length).length)
  }
  await page.context().close()
}

// By keyboard alone: where the focus goes, whether it can be seen, and whether anything lies over it.
const page = await open(WAYS.light)
const focused = () => page.evaluate(() => {
  const one = document.activeElement
  const style = getComputedStyle(one)
  const box = one.getClientRects()[0] ?? one.getBoundingClientRect()
  const top = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2)
  return {
    name: one.getAttribute('href') || one.className || one.tagName,
    ring: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1) || one.tagName === 'AUDIO',
    clear: Boolean(top && (one.contains(top) || top.contains(one))),
    small: one.tagName === 'A' && one.matches('.skip, .files a, .contents a, .chapters a') && box.height < 24,
  }
})
const walk = async limit => {
  const stops = []
  for (let step = 0; step < limit; step++) {
    await page.keyboard.press('Tab')
    const stop = await focused()
    if (stop.name === 'BODY') break
    stops.push(stop)
  }
  return stops
}
await page.evaluate(() => { document.documentElement.style.scrollBehavior = 'auto' })
told.stops = await walk(600)
await page.goto(address)
await page.keyboard.press('Tab')
await page.keyboard.press('Enter')
told.skipped = await page.evaluate(() => document.activeElement.className || document.activeElement.tagName)

if (listen) {
  await page.goto(address)
  const state = () => page.evaluate(() => {
    const words = CSS.highlights.get('heard')
    return {
      time: document.querySelector('audio').currentTime,
      error: document.querySelector('audio').error?.message ?? '',
      paused: document.querySelector('audio').paused,
      words: words ? [...words].map(String).join('') : '',
      whole: document.querySelector('.heard-now')?.tagName ?? '',
      current: document.querySelectorAll('.text [aria-current]').length,
      chapter: document.querySelector('.chapters [aria-current] .name')?.textContent ?? '',
      scrolled: scrollY,
    }
  })
  told.still = await state()
  await page.focus('.follow')
  await page.keyboard.press('Space')
  told.follows = await page.getAttribute('.follow', 'aria-pressed')
  await page.selectOption('.speed', '2.0')
  told.speed = await page.evaluate(() => document.querySelector('audio').playbackRate)
  await page.focus('.chapters summary')
  await page.keyboard.press('Enter')
  await page.focus('.chapters li:nth-child(2) a')
  await page.keyboard.press('Enter')
  told.heard = []
  // Until three passages have been heard, however long they are and however busy the machine.
  const passages = () => new Set(told.heard.map(one => one.words).filter(Boolean)).size
  for (let step = 0; step < 240 && (step < 24 || passages() < 3); step++) {
    await page.waitForTimeout(250)
    told.heard.push(await state())
  }
  if (pictures) await page.screenshot({ path: `${pictures}-heard.png` })
  // Into the next chapter without a hand.
  await page.evaluate(() => {
    document.querySelector('audio').currentTime = Number(document.querySelectorAll('.chapters a')[2].dataset.at) - 0.6
  })
  await page.waitForTimeout(2500)
  told.onwards = await state()
  // With the player over the end of the window, the focus is still in sight (WCAG 2.4.11).
  await page.evaluate(() => { document.querySelector('audio').pause(); document.activeElement.blur() })
  await page.evaluate(() => { document.documentElement.style.scrollBehavior = 'auto' })
  await page.evaluate(() => scrollTo(0, 0))
  told.under = (await walk(600)).filter(stop => !stop.clear).map(stop => stop.name)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  told.calm = await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)
}
await browser.close()
console.log(JSON.stringify({ ...told, errors, asked: [...asked] }))
