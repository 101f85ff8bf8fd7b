// Every note: a click on its mark in the text, the words of the pop-up, and where its way back leads.
import { options, tell } from './app.mjs'

await tell(page => page.evaluate(async most => {
  const { FootnoteHandler } = await import('/foliate-js/footnotes.js')
  const handler = new FootnoteHandler()
  const notes = []
  const settle = () => new Promise(resolve => setTimeout(resolve, 0))
  for (const [index, section] of view.book.sections.entries()) {
    const source = await section.createDocument()
    const marks = [...source.querySelectorAll('a[role~="doc-noteref"]')]
    if (!marks.length || notes.length >= most) continue
    await view.goTo(index)
    const { doc } = view.renderer.getContents().find(each => each.index === index)
    for (const mark of marks.slice(0, most - notes.length)) {
      const a = doc.getElementById(mark.id)
      const shown = new Promise((resolve, reject) => {
        handler.addEventListener('render', ({ detail }) => {
          const back = [...detail.view.renderer.getContents()[0].doc.body.querySelectorAll('[role~="doc-backlink"]')]
          resolve({
            type: detail.type, text: detail.view.renderer.getContents()[0].doc.body.textContent.trim(),
            back: back.map(link => link.getAttribute('href').split('#').pop()), before: detail.view,
          })
        }, { once: true })
        handler.addEventListener('before-render', ({ detail }) => {
          // The pop-up has to be in the page to be laid out.
          detail.view.style.cssText = 'position:absolute;inset:0;width:300px;height:200px'
          document.body.append(detail.view)
        }, { once: true })
        view.addEventListener('link', event => {
          const pending = handler.handle(view.book, event)
          if (pending) pending.catch(reject)
          else resolve({ type: null, text: null, back: [] })
        }, { once: true })
        a.click()
      })
      const { before, ...note } = await shown
      before?.close?.()
      before?.remove?.()
      await settle()
      notes.push({ mark: a.id, label: a.getAttribute('aria-label'), number: a.textContent, ...note })
    }
  }
  return { notes }
}, options.most ?? 40))
