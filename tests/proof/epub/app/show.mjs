// Pictures of a book as a reader sees it, and whether anything of it is wider than the window.
import { options, tell } from './app.mjs'

await tell(async page => {
  const wide = []
  const pictures = []
  const { sections, folder } = options
  const names = await page.evaluate(() => view.book.sections.map(({ id }) => id.split('/').pop()))
  for (const [index, name] of names.entries()) {
    if (sections && !sections.includes(name)) continue
    await page.evaluate(index => view.goTo(index), index)
    await page.waitForTimeout(150)
    wide.push(...await page.evaluate(({ index, name }) => {
      const { doc } = view.renderer.getContents().find(each => each.index === index)
      const room = doc.documentElement.clientWidth
      return [...doc.body.querySelectorAll('*')].filter(element => {
        const frame = element.closest('.table-scroll, math')
        const { width } = element.getBoundingClientRect()
        // The title of a table does not scroll with it.
        if (frame && element.localName === 'caption') return width > frame.clientWidth + 1
        return width > room + 1 && (!frame || frame === element)
      }).map(element => `${name}: ${element.localName}.${element.className}`)
    }, { index, name }))
    if (folder) {
      pictures.push(`${folder}/${name.replace('.xhtml', '')}.png`)
      await page.screenshot({ path: pictures.at(-1) })
    }
  }
  return { pictures, wide }
})
