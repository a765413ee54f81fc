/** A label that belongs at a height. */
export interface Placed {
  id: string;
  y: number;
}

/**
 * Heights of labels that do not cover each other and stay as near as they can
 * to where they belong, from top to bottom.
 */
export function placeLabels<T extends Placed>(
  labels: T[],
  room: { top: number; bottom: number; height: number },
): T[] {
  const placed = [...labels].sort((a, b) => a.y - b.y);
  let above = room.top;
  for (let index = 0; index < placed.length; index += 1) {
    const y = Math.max(placed[index].y, above);
    placed[index] = { ...placed[index], y };
    above = y + room.height;
  }
  let below = room.bottom;
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    const y = Math.min(placed[index].y, below);
    placed[index] = { ...placed[index], y };
    below = y - room.height;
  }
  return placed;
}

/** The points on an axis of categories that a time begins and ends at. */
export function snap(
  ats: string[],
  from: string,
  to: string,
): [string, string] | undefined {
  const inside = ats.filter(
    at => at.slice(0, to.length) <= to && at >= from.slice(0, at.length),
  );
  if (inside.length === 0) return undefined;
  return [inside[0], inside[inside.length - 1]];
}
