import sharp from 'sharp'
import { boxFinishes, boxForms, carBodies, carPaints, type ImageFormat, type ImageQuery } from '../contract/image.ts'
import { drawBox } from './box.ts'
import { drawCar } from './car.ts'

// What was made is remembered as a whole, so libvips need remember nothing of it.
sharp.cache(false)

/** All that there is to see, by id. */
const drawings = new Map<string, () => string>([
  ...carBodies.flatMap(body => carPaints.map(paint => [`vehicle-${body}-${paint}`, () => drawCar(body, paint)] as const)),
  ...boxForms.flatMap(form => boxFinishes.map(finish => [`charger-${form}-${finish}`, () => drawBox(form, finish)] as const))
])

const nothing = { r: 0, g: 0, b: 0, alpha: 0 }

/** Effort of the AVIF encoder, 0 to 9: above this a picture takes twice the time and is hardly smaller. */
const avifEffort = 2

/** The bytes of an image as a query asks for it; undefined when there is none with the id. `auto` quality is the encoder's own. */
export async function render (imageId: string, format: ImageFormat, { width, height, fit = 'cover', quality = 'auto' }: ImageQuery): Promise<Buffer | undefined> {
  const draw = drawings.get(imageId)
  if (draw === undefined) return undefined
  const picture = sharp(Buffer.from(draw())).resize({
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    fit,
    background: nothing,
    withoutEnlargement: fit === 'inside',
    withoutReduction: fit === 'outside'
  })
  const chosen = quality === 'auto' ? {} : { quality: Number(quality) }
  switch (format) {
    case 'png': return await picture.png().toBuffer()
    case 'webp': return await picture.webp(chosen).toBuffer()
    case 'avif': return await picture.avif({ ...chosen, effort: avifEffort }).toBuffer()
  }
}
