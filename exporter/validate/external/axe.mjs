// Opens a page in Chromium, without its scripts and without a network, and prints what axe-core finds in it as JSON.
// The one argument is JSON with the paths of the page, the browser, playwright-core and axe-core, and the browser's options.
import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'

const ADDRESS = 'http://page.invalid/'
const { page: path, program, flags, playwright, axe: axePath } = JSON.parse(process.argv[2])
let browser
try {
  const { chromium } = await import(pathToFileURL(playwright))
  // No limit of time here: that of the check counts the time by the share of the machine.
  browser = await chromium.launch({ executablePath: program, args: flags, timeout: 0 })
  const page = await browser.newPage()
  page.setDefaultTimeout(0)
  // The page has an address that does not exist, so that it can be given a policy by which none of its scripts run.
  const headers = { 'Content-Security-Policy': "script-src 'none'" }
  await page.route('**', route => route.request().url() === ADDRESS
    ? route.fulfill({ path, contentType: 'text/html', headers }) : route.abort())
  await page.goto(ADDRESS)
  await page.evaluate(await readFile(axePath, 'utf8'))
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const results = await page.evaluate(values => axe.run(document, { runOnly: { type: 'tag', values } }), tags)
  const violations = results.violations.map(({ id, impact, help, helpUrl, tags: own, nodes }) =>
    ({ id, impact: impact ?? '', help, url: helpUrl, tags: own, nodes: nodes.map(({ target }) => target.flat().join(' ')) }))
  console.log(JSON.stringify({ source: path, passes: results.passes.length, failed: results.violations.length, violations }))
} catch (error) {
  // Node.js would print its version last, and the lines of the program before.
  console.error(error.message.split('\n')[0])
  process.exitCode = 1
} finally {
  await browser?.close()
}
