/** What an early exit adds to the redirectUri; Enode names the parameters but publishes no values. */
export const userExited = { error: 'user_exited', message: 'The user left Link UI before any device was connected' } as const

/** The redirectUri with the reason of an exit added; its own query and fragment stay byte for byte, whatever its scheme. */
export function exitUrl (redirectUri: string, { error, message }: { error: string, message: string } = userExited): string {
  const [, before = '', fragment = ''] = /^([^#]*)(#.*)?$/s.exec(redirectUri) ?? []
  const joint = !before.includes('?') ? '?' : /[?&]$/.test(before) ? '' : '&'
  return `${before}${joint}error=${encodeURIComponent(error)}&error_message=${encodeURIComponent(message)}${fragment}`
}
