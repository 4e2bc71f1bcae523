// An app made with Slack's own Bolt, on the workspace whose address is given: official_test.go acts as its people. Each line that it writes
// says what it heard.
import bolt from '@slack/bolt'

const [, , slackApiUrl, token, appToken] = process.argv
const app = new bolt.App({ token, appToken, socketMode: true, clientOptions: { slackApiUrl }, logLevel: bolt.LogLevel.ERROR })
const heard = (...words) => console.log(words.join(' '))
const text = (words) => ({ type: 'plain_text', text: words })

app.message(async ({ message, say, client }) => {
  if (message.subtype) return // news of a change, of our own among them
  heard('message', message.text)
  const posted = await say({
    text: 'reçu', metadata: { event_type: 'bolt', event_payload: { key: 'k' } },
    blocks: [
      { type: 'section', text: text('reçu') },
      { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: text('Aller'), value: 'v' }] },
    ],
  })
  await client.reactions.add({ channel: posted.channel, timestamp: posted.ts, name: 'raising_hand' })
  await client.chat.update({ channel: posted.channel, ts: posted.ts, text: 'reçu et changé' })
  const history = await client.conversations.history({ channel: posted.channel, include_all_metadata: true })
  heard('history', history.messages.length, history.messages[0].text, history.messages[0].metadata?.event_payload.key)
  const user = await client.users.info({ user: message.user })
  heard('user', user.user.name, user.user.profile.email)
})
app.command('/sdc', async ({ command, ack, respond, client }) => {
  await ack()
  heard('command', command.text)
  await respond({ response_type: 'ephemeral', text: 'pour vous seul' })
  await client.views.open({
    trigger_id: command.trigger_id,
    view: {
      type: 'modal', callback_id: 'form', title: text('Compléter'), submit: text('Envoyer'),
      blocks: [{ type: 'input', block_id: 'notice', label: text('Préavis'), element: { type: 'plain_text_input', action_id: 'value' } }],
    },
  })
})
app.view('form', async ({ view, ack }) => {
  const value = view.state.values.notice.value.value
  heard('form', value)
  await (value === '3' ? ack() : ack({ response_action: 'errors', errors: { notice: 'un nombre' } }))
})
app.action('go', async ({ action, ack }) => {
  await ack()
  heard('action', action.value)
})
app.event('reaction_added', async ({ event }) => {
  if (event.user !== event.item_user) heard('reaction', event.reaction)
})
app.message(/fichier/, async ({ message, client }) => {
  const up = await client.filesUploadV2({ channel_id: message.channel, filename: 'a.csv', file: Buffer.from('a;b') })
  heard('file', up.ok)
})
app.error(async (error) => heard('error', error.message))
await app.start()
heard('started')
