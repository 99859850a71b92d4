/** The path of an image, as views are kept. The base is told when they are handed out, since it depends on who asks. */
const kept = '"imageUrl":"/'

/** JSON text of views with whole URLs of images, which begin with `baseUrl`; without one, with none. No text of a user reads like the key: its quotes are escaped. */
export function withImageUrls (json: string, baseUrl: string | null): string {
  if (baseUrl === null) return json.replaceAll(/"imageUrl":"\/[^"]*"/g, '"imageUrl":null')
  return json.replaceAll(kept, () => `"imageUrl":${JSON.stringify(`${baseUrl}/`).slice(0, -1)}`)
}
