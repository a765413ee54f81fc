/** A number for people: 87.5 %, 123 ms, 0.00042 USD. */
export function quantity(value: number, unit: string): string {
  const text = bare(value, unit);
  if (unit === 'ratio') return `${text} %`;
  return unit === '1' ? text : `${text} ${unit}`;
}

/** The same without its unit; percent of a ratio. */
export function bare(value: number, unit: string): string {
  const number = unit === 'ratio' ? value * 100 : value;
  const size = Math.abs(number);
  let text = String(Number(number.toPrecision(3)));
  if (size >= 100 && unit !== 'ratio') text = number.toFixed(0);
  else if (size >= 10 || (unit === 'ratio' && size >= 0.05)) {
    text = number.toFixed(1);
  } else if (size >= 1) text = number.toFixed(2);
  else if (unit === 'ratio') text = number === 0 ? '0' : number.toPrecision(1);
  return text.replace(/^-/, '−');
}

/** Two ends, with the unit once. */
export function span([low, high]: [number, number], unit: string): string {
  return `${bare(low, unit)} to ${quantity(high, unit)}`;
}

/** With a plus where it has no minus; percentage points of a ratio. */
export function signed(value: number, unit: string): string {
  const text = bare(value, unit);
  const withSign = value > 0 ? `+${text}` : text;
  if (unit === 'ratio') return `${withSign} points`;
  return unit === '1' ? withSign : `${withSign} ${unit}`;
}

export function signedSpan(
  [low, high]: [number, number],
  unit: string,
): string {
  const plus = (value: number) => `${value > 0 ? '+' : ''}${bare(value, unit)}`;
  return `${plus(low)} to ${signed(high, unit)}`;
}

/** 1 case, 2 cases. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** 2026-11-21 10:01 UTC. */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** 1 min 30 s. */
export function duration(from: string, to: string): string {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
