// Opens a book in foliate-js, in a headless browser, and hands the page to what wants to know something about it.
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const TYPES = { html: 'text/html', js: 'text/javascript', mjs: 'text/javascript', epub: 'application/epub+zip' }
const HERE = new URL('./', import.meta.url)
const FOLIATE = new URL('./', import.meta.resolve('foliate-js/view.js'))

const serve = async book => {
  const server = createServer(async ({ url }, response) => {
    const path = new URL(url, 'http://localhost').pathname
    const file = path === '/book.epub' ? book
      : path.startsWith('/foliate-js/') ? fileURLToPath(new URL(path.slice('/foliate-js/'.length), FOLIATE))
        : fileURLToPath(new URL('.' + path, HERE))
    try {
      const data = await readFile(file)
      response.writeHead(200, { 'content-type': TYPES[path.split('.').pop()] ?? 'application/octet-stream' }).end(data)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  return server
}

// What the script was asked for: JSON as its one argument.
export const options = JSON.parse(process.argv[2])

// Calls `use(page)` with the book open: in the page, `view` is the `foliate-view`. Prints what it gives, as JSON.
export const tell = async use => {
  const { book, program, flags, width = 800, height = 1000, dark = false, style = '', scrolled = false } = options
  const server = await serve(book)
  const browser = await chromium.launch({
    executablePath: program, args: [...flags, '--autoplay-policy=no-user-gesture-required'],
  })
  try {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' })
    const errors = []
    page.on('pageerror', error => errors.push(String(error)))
    await page.goto(`http://127.0.0.1:${server.address().port}/index.html`)
    await page.evaluate(async ({ style, scrolled }) => {
      await customElements.whenDefined('foliate-view')
      const view = document.createElement('foliate-view')
      window.view = view
      document.body.append(view)
      await view.open('/book.epub')
      // A reading app lays its own theme over the book: colours of the system, and what the reader has chosen.
      view.renderer.setStyles?.(`html { color-scheme: light dark; } ${style}`)
      if (scrolled) view.renderer.setAttribute('flow', 'scrolled')
      await view.init({})
    }, { style, scrolled })
    const told = await use(page)
    console.log(JSON.stringify({ ...told, errors }))
  } finally {
    await browser.close()
    server.close()
  }
}
