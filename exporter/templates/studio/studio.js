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
    if (button?.dataset.busy) {
      button.textContent = button.dataset.busy
      live.textContent = button.dataset.busy
    }
  })
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
  events.addEventListener('end', () => { events.close(); location.replace(`${location.pathname}?ended`) })
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
