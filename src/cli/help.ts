import { usage } from '../config.ts'
import { exported } from './exec.ts'

/** Prints the commands, the flags and what `exec` exports. */
export function help (): void {
  const variables = Object.entries(exported).map(([name, { says }]) => `  ${name.padEnd(27)}${says}`)
  console.log(`mock-enode [start] [flags]             serves
mock-enode exec [flags] -- COMMAND …   serves while COMMAND runs, ends as it ends
mock-enode healthcheck [flags]         exits 0 when the server on the same settings is healthy
mock-enode healthcheck --pid N         the same for the server that is process N (Linux)
mock-enode tail [--url U] [--world N]  prints what happens in a running server; --control-token if it asks for one
mock-enode replay FILE                 plays a log from GET /_mock/log, and tells the first difference

${usage()}

exec takes a free port, is silent unless told otherwise, and leaves PORT, HOST and LOG_LEVEL to COMMAND. It exports:

${variables.join('\n')}`)
}
