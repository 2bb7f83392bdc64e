// Shows the contract, and exchanges a token for a session, whose cookie no script can read.
const signIn = document.getElementById('sign-in')
const signOut = document.getElementById('sign-out')
const token = document.getElementById('token')
const message = document.getElementById('message')

/** What the server compares with its cookie of the same name: no page of another site can read it. */
function csrfHeader() {
  const cookie = document.cookie.split('; ').find(pair => pair.startsWith('XSRF-TOKEN='))
  return cookie ? { 'X-XSRF-TOKEN': decodeURIComponent(cookie.slice('XSRF-TOKEN='.length)) } : {}
}

function session(method, headers) {
  return fetch('/v1/session', { method, headers, credentials: 'same-origin' })
}

async function show(answer) {
  const isKnown = answer.ok
  signIn.hidden = isKnown
  signOut.hidden = !isKnown
  if (isKnown) {
    const { owner, scopes } = await answer.json()
    document.getElementById('who').textContent = `Signed in as ${owner} (${scopes.join(', ')})`
  }
}

async function open(secret) {
  const answer = await session('POST', { Authorization: `Bearer ${secret}` })
  message.textContent = answer.ok ? '' : (await answer.json()).detail
  await show(answer)
}

signIn.addEventListener('submit', async event => {
  event.preventDefault()
  await open(token.value.trim())
  token.value = ''
})

signOut.addEventListener('submit', async event => {
  event.preventDefault()
  await session('DELETE', csrfHeader())
  await show(await session('GET', {}))
})

// The link that the service prints at its first start.
const given = new URLSearchParams(location.hash.slice(1)).get('token')
if (given) {
  history.replaceState(null, '', location.pathname)
  await open(given)
} else {
  await show(await session('GET', {}))
}

SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#contract',
  deepLinking: true,
  tryItOutEnabled: true,
  requestInterceptor: request => {
    Object.assign(request.headers, csrfHeader())
    return request
  },
})
