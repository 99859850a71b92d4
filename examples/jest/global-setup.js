const { startMock } = require('mock-enode')

/** One server for all test files; what they inherit is the environment. */
module.exports = async function setup () {
  const mock = await startMock({ port: 0, clock: 'frozen', fixture: 'empty', seed: 7 })
  globalThis.mockEnode = mock
  Object.assign(process.env, {
    ENODE_API_URL: mock.url, ENODE_TOKEN_URL: mock.tokenUrl, ENODE_CLIENT_ID: mock.clientId, ENODE_CLIENT_SECRET: mock.clientSecret
  })
}
