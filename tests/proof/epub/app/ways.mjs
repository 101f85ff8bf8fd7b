// The ways into a book: contents, page list, landmarks, each with the words that stand where it leads.
import { tell } from './app.mjs'

await tell(page => page.evaluate(async () => {
  const documents = new Map()
  const load = index => {
    if (!documents.has(index)) documents.set(index, view.book.sections[index].createDocument())
    return documents.get(index)
  }
  const follow = async ({ label, href, type, subitems }, depth = 1) => {
    const target = await view.book.resolveHref(href)
    const document = target ? await load(target.index) : null
    const element = document ? target.anchor(document) : null
    return [{
      label, href, depth, type: type ? [...type].join(' ') : null,
      tag: element?.localName ?? null, role: element?.getAttribute?.('role') ?? null,
      name: element?.getAttribute?.('aria-label') ?? null, text: element?.textContent?.trim().slice(0, 200) ?? null,
      section: target?.index ?? null,
    }, ...(await Promise.all((subitems ?? []).map(item => follow(item, depth + 1)))).flat()]
  }
  const all = async items => (await Promise.all((items ?? []).map(item => follow(item)))).flat()
  const { toc, pageList, landmarks, metadata, dir } = view.book
  return {
    contents: await all(toc), pages: await all(pageList), landmarks: await all(landmarks), direction: dir,
    title: metadata.title, sections: view.book.sections.map(({ id, linear }) => ({ id, linear })),
  }
}))
