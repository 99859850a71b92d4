import { drawMap } from './map.ts'

drawMap()
