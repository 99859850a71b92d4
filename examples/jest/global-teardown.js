module.exports = async function teardown () {
  await globalThis.mockEnode.close()
}
