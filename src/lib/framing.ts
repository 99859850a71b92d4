/** Headers by which HTTP tells where a message ends and who passes it on: a sender sets them itself. */
export const framing = /^(content-.*|transfer-encoding|connection|keep-alive|host|upgrade|expect|te|trailer|proxy-.*)$/i
