// Recordings in a browser: how long it takes them to be, whether it plays them at the start, in the middle and to the end.
import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { basename } from 'node:path'

import { chromium } from 'playwright-core'

const { program, flags, files, types } = JSON.parse(process.argv[2])

// Players ask for parts of a file, so that nobody waits for an hour of sound to come.
const server = createServer((request, response) => {
  const place = Number(request.url.split('/')[1])
  if (!(place in files)) return response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>x</title>')
  const size = statSync(files[place]).size
  const [, first = 0, last = ''] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? []
  const [begin, end] = [Number(first), last === '' ? size - 1 : Number(last)]
  response.writeHead(206, {
    'Content-Type': types[place],
    'Content-Length': end - begin + 1,
    'Content-Range': `bytes ${begin}-${end}/${size}`,
    'Accept-Ranges': 'bytes',
  })
  createReadStream(files[place], { start: begin, end }).pipe(response)
})
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const base = `http://127.0.0.1:${server.address().port}`
const browser = await chromium.launch({ executablePath: program, args: [...flags, '--autoplay-policy=no-user-gesture-required'] })
try {
  const page = await browser.newPage()
  await page.goto(`${base}/page`)
  const told = []
  for (const [place, path] of files.entries()) {
    told.push(await page.evaluate(async address => {
      const audio = new Audio()
      const once = (name, seconds = 60) => new Promise((resolve, reject) => {
        audio.addEventListener(name, resolve, { once: true })
        audio.addEventListener('error', () => reject(new Error(audio.error.message)), { once: true })
        setTimeout(() => reject(new Error(`no ${name} in ${seconds} s`)), seconds * 1000)
      })
      const heard = async at => {
        const there = once('seeked')
        audio.currentTime = at
        await there
        await audio.play()
        const limit = Date.now() + 60000
        while (audio.currentTime < at + 0.3 && Date.now() < limit) await new Promise(resolve => setTimeout(resolve, 50))
        audio.pause()
        return audio.currentTime - at
      }
      const loaded = once('loadedmetadata')
      audio.src = address
      await loaded
      const { duration } = audio
      const played = [await heard(0.01), await heard(duration / 2)]
      const over = once('ended')
      audio.currentTime = duration - 0.5
      await audio.play()
      await over
      return { duration, played, end: audio.currentTime }
    }, `${base}/${place}/${encodeURIComponent(basename(path))}`))
  }
  console.log(JSON.stringify(told))
} finally {
  await browser.close()
  server.close()
}
