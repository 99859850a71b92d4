/** Something wrong with a setting; the message fits on one line and says what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
