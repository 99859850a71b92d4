/** An image as views are stored: by its path. The base is told when they are handed out, since it depends on who asks. */
const paths = /"imageUrl":"(\/[^"]+)"/g

/**
 * JSON text of views with whole URLs of images, which begin with `baseUrl`, or null where that is not known. No text of a
 * user reads like the key: its quotes are escaped.
 */
export function withImageUrls (json: string, baseUrl: string | null): string {
  return json.replaceAll(paths, (_, path: string) => `"imageUrl":${JSON.stringify(baseUrl === null ? null : baseUrl + path)}`)
}
