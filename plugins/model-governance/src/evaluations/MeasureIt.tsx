import Typography from '@material-ui/core/Typography';
import type { AskedPack } from '@modelhub/backstage-plugin-models-common';
import type { Subject } from '../approval/SubjectContext';
import { Command } from '../shared/Command';

/** How to get a result of a pack: the one command to copy. */
export function MeasureIt(props: {
  pack: AskedPack;
  subject?: Subject;
  /** Why a result is wanted; without it there is one that counts. */
  because?: string;
}) {
  const { pack, because } = props;
  if (!because) return null;
  return (
    <>
      <Typography variant="body2">{because} This makes one:</Typography>
      <Command text={pack.command} />
    </>
  );
}
