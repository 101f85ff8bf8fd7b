// What a listener hears and sees: the book is played from a section on, and each highlight is noted with the sound's time.
import { options, tell } from './app.mjs'

await tell(async page => {
  const { from, rate = 1, pictures = 0, folder = '.' } = options
  await page.evaluate(({ from, rate }) => {
    const sounds = []
    const Sound = window.Audio
    window.Audio = function (url) {
      sounds.push(new Sound(url))
      return sounds.at(-1)
    }
    window.told = { heard: [], shown: [], failed: null }
    const { mediaOverlay: overlay, book } = view
    const { activeClass, playbackActiveClass } = book.media
    overlay.setRate(rate)
    overlay.addEventListener('error', ({ detail }) => { told.failed = String(detail) })
    overlay.addEventListener('highlight', ({ detail }) => {
      told.heard.push({ ...detail, at: sounds.at(-1).currentTime })
      setTimeout(() => {
        for (const { doc } of view.renderer.getContents()) {
          for (const element of doc.querySelectorAll(`.${CSS.escape(activeClass)}`)) {
            const { backgroundColor, color } = doc.defaultView.getComputedStyle(element)
            const playing = doc.documentElement.classList.contains(playbackActiveClass)
            told.shown.push({ id: element.id, backgroundColor, color, playing })
          }
        }
      }, 60)
    })
    window.ended = () => {
      const last = sounds.at(-1)
      return told.failed || (last?.ended && last)
    }
    const index = book.sections.findIndex(({ id }) => id.endsWith(from))
    view.goTo(index).then(() => overlay.start(index))
  }, { from, rate })
  const taken = []
  let still = 0
  // A second of silence after a sound that has ended, with no other begun, is the end of the book.
  while (still < 10) {
    await page.waitForTimeout(100)
    still = await page.evaluate(() => Boolean(ended())) ? still + 1 : 0
    if (taken.length < pictures && await page.evaluate(n => told.shown.length > 3 * n, taken.length)) {
      taken.push(`${folder}/voice-${taken.length}.png`)
      await page.screenshot({ path: taken.at(-1) })
    }
  }
  return { ...await page.evaluate(() => told), pictures: taken }
})
