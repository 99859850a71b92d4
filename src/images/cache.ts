/** Keeps what was used last, up to so many bytes. */
export class ImageCache {
  readonly #images = new Map<string, Buffer>()
  readonly #mostBytes: number
  #bytes = 0

  constructor (mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  get bytes (): number { return this.#bytes }

  get (key: string): Buffer | undefined {
    const image = this.#images.get(key)
    if (image === undefined) return undefined
    // A map keeps the order in which keys were set: the first is the one that was longest not used.
    this.#images.delete(key)
    this.#images.set(key, image)
    return image
  }

  set (key: string, image: Buffer): void {
    this.#forget(key)
    this.#images.set(key, image)
    this.#bytes += image.length
    for (const oldest of this.#images.keys()) {
      if (this.#bytes <= this.#mostBytes) return
      this.#forget(oldest)
    }
  }

  #forget (key: string): void {
    this.#bytes -= this.#images.get(key)?.length ?? 0
    this.#images.delete(key)
  }
}
