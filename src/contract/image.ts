import { Type, type Static } from '@sinclair/typebox'
import { Formed, StringEnum } from './kit.ts'

/** What an image can show: a car of a body in a paint, or a charging box of a form in a finish. */
export const carBodies = ['city-car', 'hatchback', 'saloon', 'suv', 'pickup', 'van'] as const
export const carPaints = ['white', 'silver', 'graphite', 'blue', 'teal', 'green', 'red', 'copper', 'sand', 'violet'] as const
export const boxForms = ['pebble', 'square', 'shield', 'slim', 'round'] as const
export const boxFinishes = ['white', 'graphite', 'black', 'steel'] as const

export type CarBody = typeof carBodies[number]
export type CarPaint = typeof carPaints[number]
export type BoxForm = typeof boxForms[number]
export type BoxFinish = typeof boxFinishes[number]

/** The id says what is shown, so that nothing has to be stored and equal models share an image. */
export type ImageId = `vehicle-${CarBody}-${CarPaint}` | `charger-${BoxForm}-${BoxFinish}`

export const imageFormats = ['png', 'webp', 'avif'] as const
export const imageFits = ['cover', 'contain', 'fill', 'inside', 'outside'] as const

/** Pixels of a side at most, as documented. */
const mostPixels = 2048
const side = Type.Optional(Type.Integer({ minimum: 1, maximum: mostPixels }))

export const ImageParams = Type.Object({ imageId: Type.String(), format: StringEnum(imageFormats) })
export type ImageFormat = Static<typeof ImageParams>['format']

/** Sizes are those of the original and quality is `auto` where they are left out; quality says nothing about a PNG. */
export const ImageQuery = Type.Object({
  width: side,
  height: side,
  fit: Type.Optional(StringEnum(imageFits)),
  quality: Type.Optional(Formed('^(auto|[1-9][0-9]?|100)$', 'auto, or a whole number from 1 to 100'))
})
export type ImageQuery = Static<typeof ImageQuery>
