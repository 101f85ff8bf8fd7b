// Goes through the studio with the keyboard alone, from a Word report to its downloads, and asks axe-core about every page.
// What it is asked for: JSON as its one argument. What it found: JSON on standard output.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const { address, manuscript, words, program, flags, pictures = '', handbook = '' } = JSON.parse(process.argv[2])
const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const DESK = { width: 1280, height: 900 }
const WAYS = {
  light: { viewport: DESK, colorScheme: 'light' },
  dark: { viewport: DESK, colorScheme: 'dark' },
  narrow: { viewport: { width: 320, height: 640 } },
  narrowDark: { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
  tablet: { viewport: { width: 768, height: 1024 } },
  contrast: { viewport: DESK, contrast: 'more' },
  forced: { viewport: DESK, forcedColors: 'active' },
}

const told = { errors: [], axe: {}, overflow: {}, steps: [], focus: {}, unseen: [], small: [] }
const browser = await chromium.launch({ executablePath: program, args: flags })
const first = await browser.newContext({ viewport: DESK, locale: 'en-GB', acceptDownloads: true })
// Machines of CI may be busy with other proofs.
first.setDefaultTimeout(180_000)
const page = await first.newPage()
const watch = one => {
  one.on('pageerror', error => told.errors.push(String(error)))
  one.on('console', message => {
    // Forms that are not valid (422) and the page that is not there (404) are answered as they should be.
    if (message.type() === 'error' && !/ (422|404) /.test(message.text())) told.errors.push(`${one.url()} ${message.text()}`)
  })
}
watch(page)

// A picture of what is in the window, for the handbook.
const portray = async (name, one, top) => {
  if (!handbook) return
  await one.setViewportSize({ width: 1040, height: 860 })
  await one.locator(top).first().evaluate(part => part.scrollIntoView())
  await one.waitForTimeout(500)
  await one.screenshot({ path: `${handbook}/studio-${name}.png` })
  await one.setViewportSize(DESK)
}

const heading = () => page.locator('h1').innerText()
const focused = () => page.evaluate(() => {
  const one = document.activeElement
  const style = getComputedStyle(one)
  const box = one.getBoundingClientRect()
  const behind = document.elementFromPoint(box.x + box.width / 2, Math.min(box.y + box.height / 2, innerHeight - 1))
  return {
    name: `${one.tagName} ${one.id} ${one.textContent.trim().slice(0, 40)}`,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1,
    small: box.height < 24 || box.width < 24,
    inView: box.bottom > 0 && box.top < innerHeight && (behind === null || one.contains(behind) || behind.contains(one) || one.type === 'radio' || one.type === 'checkbox'),
  }
})
// Presses Tab until the element has the focus; each stop on the way shows where it is.
const tabTo = async selector => {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab')
    const stop = await focused()
    if (!stop.ring || !stop.inView) told.unseen.push(`${page.url()} ${stop.name}`)
    if (stop.small && !/^(A|SUMMARY)/.test(stop.name)) told.small.push(`${page.url()} ${stop.name}`)
    if (await page.evaluate(one => document.activeElement.matches(one), selector)) return
  }
  throw new Error(`Not reached with Tab: ${selector} on ${page.url()}`)
}
const press = async (selector, key = 'Enter') => { await tabTo(selector); await page.keyboard.press(key) }
const step = async name => told.steps.push([name, await heading()])

await page.goto(address)
await step('home')
// The dialog of the system to choose a file is no part of the page.
await page.setInputFiles('#files', manuscript)
const before = Date.now()
await press('[data-drop] button')
await page.waitForSelector('#tasks')
told.verdictSeconds = (Date.now() - before) / 1000
await step('verdict')
const verdict = await first.newPage()
await verdict.goto(page.url().split('?')[0])
await portray('verdict', verdict, 'body')
await verdict.close()
const base = page.url().split('#')[0].split('?')[0]

await press('a[href$="/pictures/1"]')
await page.waitForURL('**/pictures/1')
await step('picture')
// Saved without a description: the focus is on what is missing.
await press('button[name=next]')
await page.waitForSelector('.summary')
told.focus.problem = await page.evaluate(() => document.activeElement.className)
await press('#kind-photo', 'Space')
await page.keyboard.press('ArrowRight')
told.questions = await page.locator('.ask:visible').allInnerTexts()
await tabTo('#something')
await tabTo('#text')
await page.keyboard.type(words[0])
told.focus.typing = await page.evaluate(() => document.activeElement.id)
told.heard = await page.locator('[data-heard]').innerText()
await portray('picture', page, '.two')
await press('button[name=next]')
await page.waitForURL('**/pictures/2?done=saved')
told.focus.result = await page.evaluate(() => document.activeElement.className)
await tabTo('#text')
await page.keyboard.type(words[1])
await press('.describe .actions button:not([name=next])')
await page.waitForURL('**/pictures?done=saved')
await step('pictures')

await page.goto(base)
await page.waitForSelector('#tasks')
await press('form[action$="/fix"] button')
await page.waitForURL(/done=saved/)
await page.waitForSelector('#tasks')
await step('table')

await page.goto(`${base}/details`)
await tabTo('#authors')
await page.keyboard.type('Ana Ruiz')
await press('.fields button')
await page.waitForURL('**/details?done=saved')
await step('details')

// Every page in every way, in both languages, before there are editions and after.
const cookies = await first.cookies()
const survey = async (names, languages = ['en-GB', 'es-MX']) => {
  if (handbook) return
  for (const locale of languages) {
    for (const [way, options] of Object.entries(WAYS)) {
      if (locale !== 'en-GB' && !['light', 'narrow'].includes(way)) continue
      const context = await browser.newContext({ ...options, locale })
      await context.addCookies(cookies)
      context.setDefaultTimeout(180_000)
      const one = await context.newPage()
      watch(one)
      for (const [name, target] of Object.entries(names)) {
        await one.goto(target)
        const key = `${name} ${locale} ${way}`
        // axe-core is run from outside the page, whose policy forbids scripts of others.
        await one.evaluate(AXE)
        const check = async state => {
          const found = await one.evaluate(tags => axe.run(document, { runOnly: tags }), TAGS)
          if (found.passes.length < 10) told.errors.push(`axe has not looked at ${key}`)
          if (found.violations.length) told.axe[`${key} ${state}`] = found.violations.map(each => `${each.id}: ${each.nodes.map(node => node.html.slice(0, 120)).join(' | ')}`)
        }
        // What is open depends on no colour, and axe-core finds the same in a page that has nothing to open.
        if (['light', 'narrow'].includes(way) && await one.locator('details:not([open])').count()) await check('as delivered')
        await one.evaluate(() => document.querySelectorAll('details').forEach(each => each.setAttribute('open', '')))
        await check('opened')
        told.overflow[key] = await one.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        if (pictures && locale === 'en-GB') await one.screenshot({ path: `${pictures}/${name}-${way}.png`, fullPage: true })
      }
      await context.close()
    }
  }
}
const home = address.replace(/\?.*/, '')
// The check after the last change has ended.
await page.goto(base)
await page.waitForSelector('#tasks')
await survey({
  home, tasks: base, pictures: `${base}/pictures`, picture: `${base}/pictures/1`, tables: `${base}/tables`, details: `${base}/details`,
  read: `${base}/read`, place: `${base}/read?finding=0#here`, publisher: `${home}publisher`,
  editions: `${base}/editions`, versions: `${base}/versions`, delete: `${base}/delete`, missing: `${home}p/none`,
})

await page.goto(`${base}/editions`)
await step('editions')
for (const name of await page.locator('[name=edition]:checked').evaluateAll(all => all.map(one => one.value))) {
  if (!['docx', 'epub'].includes(name)) await press(`[value=${name}]`, 'Space')
}
await press('form .actions button')
await page.waitForSelector('[data-progress]')
await step('progress')
told.live = []
const end = Date.now() + 240_000
while (Date.now() < end && await page.locator('[data-progress]').count()) {
  const said = await page.locator('#live').innerText().catch(() => '')
  if (said && said !== told.live.at(-1)) told.live.push(said)
  await page.waitForTimeout(200)
}
await page.waitForSelector('.files')
await step('downloads')
await tabTo('a[href$=".docx"]')
const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
told.download = download.suggestedFilename()
await survey({ downloads: `${base}/editions`, home, book: `${base}/read?edition=epub&chapter=2` }, ['en-GB'])
// The Word edition as pages, where LibreOffice and Poppler are there.
await page.goto(`${base}/read?edition=docx`)
await page.waitForSelector('.paper', { timeout: 120_000 })
told.paper = await page.locator('.paper').first().evaluate(async one => { await one.decode(); return one.naturalWidth })
await portray('look', page, '#main')
told.met = await page.locator('.met').first().innerText()
await survey({ pages: `${base}/read?edition=docx` }, ['en-GB'])
await page.goto(`${base}/editions`)
await press('a[href*="/view/"]')
await page.waitForURL('**/view/**')
told.report = await page.locator('h1').innerText()

await page.goto(`${base}/delete`)
await press('button.danger')
await page.waitForURL('**/?done=deleted')
await step('deleted')

await browser.close()
console.log(JSON.stringify(told))
