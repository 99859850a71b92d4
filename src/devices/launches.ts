/** When what is installed at homes was first sold, by the name of its model: what came after 2019, as far as it is known. */
export const launches: ReadonlyMap<string, number> = new Map(Object.entries({
  2020: ['LUNA2000-10-S0', 'LUNA2000-5-S0', 'LUNA2000-15-S0', 'SUN2000-5KTL-M1', 'SUN2000-8KTL-M1', 'SUN2000-10KTL-M1', 'Symo GEN24 6.0', 'Symo GEN24 10.0', 'SH8.0RT', 'SH10RT', 'IQ Battery 10'],
  2021: ['Powerwall+', 'IQ Battery 10T', 'SBR096', 'SBR128', 'SBR160', 'Solar Inverter 3.8 kW', 'Solar Inverter 5.7 kW', 'Solar Inverter 7.6 kW', 'DS3 (6 units)', 'SH5.0RS', 'SUN-5K-SG04LP1', 'H3-8.0-E', 'H3-10.0-E', 'IQ8 (20 units)', 'IQ8+ (20 units)', 'IQ8M (24 units)'],
  2022: ['Home Battery 400V', 'Home Battery 48V', 'Home Storage 9.8', 'Home Storage 6.5', 'Home Storage 13.1', 'QT2 (3 units)', 'Sunny Tripower 10.0 SE', 'SUN-8K-SG05LP1', 'SUN-12K-SG04LP3', 'HMS-2000 (3 units)', 'S6-EH1P5K', 'S6-EH3P10K'],
  2023: ['IQ Battery 5P', 'All in One', 'EP11', 'EP5', 'EZ1-M', 'HMS-800-2T', 'Gen 3 Hybrid 5.0', 'Gen 3 Hybrid 3.6'],
  2024: ['Powerwall 3'],
  2025: ['IQ Meter Collar']
}).flatMap(([year, models]) => models.map(model => [model, Number(year)] as const)))
