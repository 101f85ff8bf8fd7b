// Opens a page in a headless browser and tells what axe-core finds, what is wider than the window, and what the tab key
// meets; with `picture`, also takes one. What is asked for comes as JSON in the one argument.
import { readFile } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const { page: file, program, flags, width = 1100, height = 900, dark = false, script = true, zoom = 1, forced = false,
  media = 'screen', open = false, picture = '', tabs = 0 } = JSON.parse(process.argv[2])
const AXE = fileURLToPath(new URL('./axe.min.js', import.meta.resolve('axe-core')))
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const browser = await chromium.launch({ executablePath: program, args: flags })
try {
  const context = await browser.newContext({
    // 400 % zoom of a window is a window of a quarter (WCAG 1.4.10).
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) }, deviceScaleFactor: zoom > 1 ? zoom : 1,
    colorScheme: dark ? 'dark' : 'light', forcedColors: forced ? 'active' : 'none', javaScriptEnabled: script,
  })
  const page = await context.newPage()
  const errors = []
  const asked = []
  page.on('pageerror', error => errors.push(String(error)))
  page.on('request', request => asked.push(request.url()))
  await page.emulateMedia({ media })
  await page.goto(pathToFileURL(file).href)
  const told = { errors, asked: asked.slice(1), scripts: 0 }
  if (script) {
    told.scripts = await page.locator('script').count()
    await page.evaluate(await readFile(AXE, 'utf8'))
    const check = async () => {
      const found = await page.evaluate(tags => axe.run(document, { runOnly: { type: 'tag', values: tags } }), TAGS)
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => node.html).join(' | ')}`)
    }
    told.violations = await check()
    if (open) {
      await page.evaluate(() => document.querySelectorAll('details').forEach(one => { one.open = true }))
      told.violations.push(...await check())
    }
    told.wide = await page.evaluate(() => {
      const most = document.documentElement.clientWidth + 1
      return [...document.body.querySelectorAll('*')].filter(one =>
        one.getBoundingClientRect().right > most && !one.closest('.scroll, .skip, .unseen, thead')
      ).map(one => one.outerHTML.slice(0, 120))
    })
    told.scrolls = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
    told.stops = []
    for (let step = 0; step < tabs; step++) {
      await page.keyboard.press('Tab')
      told.stops.push(await page.evaluate(() => {
        const one = document.activeElement
        const { outlineStyle } = getComputedStyle(one)
        return { name: one.tagName, text: one.textContent.trim().slice(0, 40), seen: outlineStyle !== 'none' }
      }))
    }
  }
  if (picture) await page.screenshot({ path: picture, fullPage: true })
  console.log(JSON.stringify(told))
} finally {
  await browser.close()
}
