/** Which calibration a command is about, as commander takes it. */
export const USE = [
  '--use <calibration>',
  'name or number of the calibration, as `cascade show` lists them (default: the active one)',
] as const;
