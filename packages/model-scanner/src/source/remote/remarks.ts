import { climbsOut, shownName } from '../../formats/archive/names';
import type { ArtifactProblem } from '../ArtifactSource';

/** What the name of a file alone says about whoever gave it. */
export function remarksOn(path: string): ArtifactProblem[] {
  return climbsOut(path)
    ? [
        {
          rule: 'archive-climbs-out',
          message: `${shownName(path)} is unpacked outside its folder`,
        },
      ]
    : [];
}
