import { type Position } from '../lib/distance.ts'

/** What the weather of a place is like over the years. */
export interface Climate {
  /** Degrees Celsius over a year. */
  meanC: number
  /** How much warmer than that the middle of summer is, and colder the middle of winter. */
  seasonC: number
  /** How cloudy each month is, from January: 0 is a blue sky, 1 a covered one, and beyond that the clouds are thick. */
  cloudiness: Float64Array
}

/**
 * City, latitude, longitude, mean and season in °C, and percent of clouds from January to December. The temperatures
 * are rounded normals, moved by up to a degree so that degree days to 18 °C fit; the clouds are those under which a
 * roof near the best tilt gives 97.5 % of the monthly yields that PVGIS and PVWatts tell for 14 % losses, since what is
 * measured lies somewhat lower. `test/devices/climate.test.ts` has the figures and their sources.
 */
const cities: ReadonlyArray<readonly [name: string, latitude: number, longitude: number, meanC: number, seasonC: number, clouds: readonly number[]]> = [
  ['Oslo', 59.91, 10.75, 7, 10.5, [96, 77, 64, 62, 63, 66, 68, 73, 73, 90, 93, 96]],
  ['Stockholm', 59.33, 18.07, 7.8, 10.2, [94, 77, 59, 52, 54, 58, 60, 67, 71, 85, 94, 97]],
  ['Berlin', 52.52, 13.4, 10.1, 9.7, [95, 81, 72, 52, 65, 62, 64, 64, 67, 76, 93, 96]],
  ['Utrecht', 52.09, 5.12, 10.7, 7.5, [94, 81, 72, 56, 66, 68, 67, 69, 71, 80, 92, 96]],
  ['London', 51.51, -0.13, 11.3, 6.8, [90, 81, 74, 61, 70, 70, 69, 73, 71, 81, 83, 88]],
  ['Paris', 48.86, 2.35, 12.2, 8, [88, 75, 67, 53, 66, 63, 59, 62, 58, 76, 84, 87]],
  ['Vienna', 48.21, 16.37, 11.2, 10.2, [83, 74, 59, 42, 63, 57, 53, 54, 52, 70, 85, 87]],
  ['Madrid', 40.42, -3.7, 14.7, 9.8, [34, 23, 31, 39, 41, 29, 3, 8, 28, 41, 39, 36]],
  ['Rome', 41.9, 12.5, 15.8, 8.8, [52, 50, 46, 49, 49, 40, 26, 32, 44, 50, 57, 53]],
  ['San Francisco', 37.77, -122.42, 14.2, 3, [59, 53, 46, 34, 30, 18, 22, 32, 32, 47, 55, 60]],
  ['Seattle', 47.61, -122.33, 11.5, 7, [97, 86, 74, 70, 61, 63, 43, 52, 59, 80, 93, 97]],
  ['Denver', 39.74, -104.99, 10.5, 12, [25, 33, 34, 46, 51, 44, 48, 50, 39, 38, 29, 29]],
  ['Austin', 30.27, -97.74, 20.1, 9.6, [61, 56, 58, 55, 58, 47, 45, 45, 55, 49, 52, 58]],
  ['Sydney', -33.87, 151.21, 18, 5.3, [50, 58, 57, 57, 61, 57, 55, 51, 50, 54, 54, 52]],
  ['Kathmandu', 27.72, 85.32, 18.1, 7.2, [24, 15, 30, 36, 51, 72, 88, 81, 71, 38, 1, -11]]
]

const radians = Math.PI / 180
/** Kilometres at which a city tells as much about a place as its latitude does. */
const reachKm = 1000
const earthKm = 6371

const known = cities.map(([, latitude, longitude, meanC, seasonC, clouds]) => ({
  direction: directionOf({ latitude, longitude }), meanC, seasonC, cloudiness: Float64Array.from(clouds, percent => percent / 100)
}))

/** The climate of a place: that of the cities around it, each by the cube of its nearness, and far from all of them that of its latitude. */
export function climateAt (position: Position): Climate {
  const here = directionOf(position)
  const { cloudiness, ...typical } = byLatitude(position.latitude)
  let { meanC, seasonC } = typical
  let weights = 1
  for (const city of known) {
    const [x, y, z] = [here.x - city.direction.x, here.y - city.direction.y, here.z - city.direction.z]
    const nearness = reachKm / Math.max(1, earthKm * Math.sqrt(x * x + y * y + z * z))
    const weight = nearness * nearness * nearness
    weights += weight
    const share = weight / weights
    meanC += (city.meanC - meanC) * share
    seasonC += (city.seasonC - seasonC) * share
    for (let month = 0; month < 12; month++) cloudiness[month] = (cloudiness[month] ?? 0) * (1 - share) + (city.cloudiness[month] ?? 0) * share
  }
  return { meanC, seasonC, cloudiness }
}

/** What is typical of a latitude: each degree from the equator is cooler and has more of a winter, and the sky is clearest at 25 degrees. */
function byLatitude (latitude: number): Climate {
  const degrees = Math.abs(latitude)
  return {
    meanC: 27 - 0.35 * degrees,
    seasonC: 0.2 * degrees,
    cloudiness: new Float64Array(12).map((_, month) => 0.4 + 0.01 * Math.abs(degrees - 25) + 0.003 * degrees * winter(latitude, (month + 0.5) / 12))
  }
}

/** From 1 in the middle of winter to -1 in that of summer, by the share of the year that has gone by. */
export function winter (latitude: number, yearShare: number): number {
  return Math.cos(2 * Math.PI * (yearShare - (latitude >= 0 ? 20 : 202) / 365))
}

/** Where a position lies as seen from the middle of the earth, whose radius is 1. */
function directionOf ({ latitude, longitude }: Position): { x: number, y: number, z: number } {
  const fromAxis = Math.cos(latitude * radians)
  return { x: fromAxis * Math.cos(longitude * radians), y: fromAxis * Math.sin(longitude * radians), z: Math.sin(latitude * radians) }
}
