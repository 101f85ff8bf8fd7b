// Drop, live progress and the preview of a description. Every page works without it.
const live = document.getElementById('live')

// A browser that has no autofocus for these elements, or has lost it to a fragment of the address.
document.querySelector('[autofocus]')?.focus()

for (const form of document.querySelectorAll('[data-drop]')) {
  const input = form.querySelector('input[type=file]')
  form.addEventListener('dragover', event => { event.preventDefault(); form.classList.add('over') })
  form.addEventListener('dragleave', () => form.classList.remove('over'))
  form.addEventListener('drop', event => {
    event.preventDefault()
    form.classList.remove('over')
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files
      form.requestSubmit()
    }
  })
}

for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', event => {
    const button = event.submitter ?? form.querySelector('button')
    if (button?.dataset.listen !== undefined) {
      event.preventDefault()
      listen(button)
    } else if (button?.dataset.busy) {
      button.textContent = button.dataset.busy
      live.textContent = button.dataset.busy
    }
  })
}

// Plays the sample on this page; without a script it opens in a page of its own.
const listen = async button => {
  const audio = document.getElementById('sample')
  live.textContent = button.dataset.busyText
  const answer = await fetch(`${button.getAttribute('formaction')}?voice=${encodeURIComponent(document.getElementById('voice').value)}`)
  if (answer.ok) {
    audio.hidden = false
    audio.src = answer.url
    await audio.play().catch(() => {})
  }
  live.textContent = answer.ok ? '' : button.dataset.failed
}

// A manuscript that was changed by another program since it was checked.
const watched = document.querySelector('[data-watch]')
if (watched) {
  const timer = setInterval(async () => {
    const answer = await fetch(watched.dataset.watch)
    if (answer.ok && (await answer.json()).changed) {
      clearInterval(timer)
      watched.hidden = false
      live.textContent = watched.querySelector('h2').textContent
    }
  }, 3000)
}

const shown = document.querySelector('[data-progress]')
if (shown) {
  const bar = shown.querySelector('progress')
  const text = shown.querySelector('[data-text]')
  const events = new EventSource(shown.dataset.progress)
  let files = null
  let quarter = -1
  events.addEventListener('progress', async event => {
    const job = JSON.parse(event.data)
    if (text) {
      text.textContent = job.text
      bar.value = job.percent
      // Often enough to know that it goes on, not so often that nothing else can be heard.
      if (Math.floor(job.percent / 25) !== quarter) {
        quarter = Math.floor(job.percent / 25)
        live.textContent = job.text
      }
    }
    if (files !== null && job.files !== files) {
      const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), 'text/html')
      const downloads = document.getElementById('downloads')
      const focused = downloads?.contains(document.activeElement)
      if (downloads && !focused) downloads.replaceChildren(...page.getElementById('downloads').childNodes)
    }
    files = job.files
  })
  // The page that follows begins with the result, which gets the focus.
  events.addEventListener('end', () => {
    events.close()
    const query = new URLSearchParams(location.search)
    query.delete('done')
    query.set('ended', '')
    location.replace(`${location.pathname}?${query}`)
  })
}

// The contrast of a colour with white paper (WCAG 2.2) while it is chosen.
for (const part of document.querySelectorAll('[data-contrast]')) {
  const input = part.querySelector('input')
  const output = part.querySelector('output')
  input.addEventListener('input', () => {
    const [red, green, blue] = [1, 3, 5].map(start => parseInt(input.value.slice(start, start + 2), 16) / 255)
      .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    const ratio = 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    const words = ratio >= Number(part.dataset.least) ? part.dataset.good : part.dataset.low
    output.textContent = words.replace('{ratio}', ratio.toFixed(1))
  })
}

const describe = document.querySelector('[data-describe]')
if (describe) {
  const heard = describe.querySelector('[data-heard]')
  const text = describe.querySelector('#text')
  const update = () => {
    const lost = describe.querySelector('[name=lost]:checked')?.value
    const words = text.value.trim()
    heard.textContent = lost === 'nothing' ? describe.dataset.nothing
      : words ? describe.dataset.image.replace('{text}', () => words) : describe.dataset.yet
  }
  // Writing a description is the choice that something is lost; the focus stays where it is.
  text.addEventListener('input', () => { if (text.value.trim()) describe.querySelector('#something').checked = true; update() })
  describe.addEventListener('change', update)
}

// The words of a recording in step with it: the line that is spoken is marked, and a line that is chosen is played.
const player = document.querySelector('[data-words]')
if (player) {
  const lines = [...document.querySelectorAll(`#${player.dataset.words} li`)]
  for (const line of lines) {
    const button = document.createElement('button')
    button.append(...line.childNodes)
    line.append(button)
    button.addEventListener('click', () => { player.currentTime = Number(line.dataset.begin); player.play() })
  }
  let last
  player.addEventListener('timeupdate', () => {
    const line = lines.findLast(each => Number(each.dataset.begin) <= player.currentTime)
    if (line === last) return
    last?.classList.remove('now')
    line?.classList.add('now')
    // Who reads elsewhere is not taken away from there.
    if (!document.activeElement?.closest('.words')) line?.scrollIntoView({ block: 'nearest' })
    last = line
  })
}
