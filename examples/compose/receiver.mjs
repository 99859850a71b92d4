// Takes webhooks on port 4000, or that of PORT, verifies them and prints what they say.
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'

const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray())
  const signature = `sha1=${createHmac('sha1', 'a secret of client and receiver').update(body).digest('hex')}`
  const isSigned = request.headers['x-enode-signature'] === signature
  for (const { event, vendorAction } of JSON.parse(body)) console.log(event, vendorAction?.state ?? '', isSigned ? 'signed' : 'WRONG SIGNATURE')
  response.writeHead(isSigned ? 200 : 401).end()
})
server.listen(Number(process.env.PORT ?? 4000), () => console.log(`waits for webhooks on port ${server.address().port}`))
