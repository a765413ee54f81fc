import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type {
  ApprovalDetail,
  CommandOption,
  Hold,
} from '@modelhub/backstage-plugin-models-common';
import {
  Person,
  RelativeTime,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { isOpen } from './buttons';

const kinds: Record<Hold['kind'], string> = {
  manual: 'Placed by a person',
  advisory: 'Security advisory',
  'subject-changed': 'The model changed',
  'policy-changed': 'The policies ask for more now',
  drift: 'Its behaviour drifted',
  ownerless: 'It has no owner',
  'waiver-ended': 'A waiver ended',
  'batch-off': 'Switched off by an administrator',
};

/** Why it is off, one by one, and who may clear it. */
export function HoldsSection(props: {
  approval: ApprovalDetail;
  onChoose: (option: CommandOption) => void;
}) {
  const { approval, onChoose } = props;
  if (approval.holds.length === 0) return null;
  return (
    <Section
      title="Holds"
      description="While one of them is open, every call is refused."
    >
      {approval.holds.map(hold => {
        const clear = approval.commands.find(
          option =>
            option.command === 'clear-hold' && option.holdId === hold.id,
        );
        return (
          <div key={hold.id} style={{ marginBottom: 16 }}>
            <Typography variant="subtitle2" component="h3">
              {hold.reason}
            </Typography>
            <Typography variant="body2" color="textSecondary">
              {kinds[hold.kind]}, by <Person entityRef={hold.placedBy} />,{' '}
              <RelativeTime at={hold.placedAt} />
            </Typography>
            {hold.clearedAt ? (
              <Typography variant="body2">
                Cleared by{' '}
                {hold.clearedBy ? (
                  <Person entityRef={hold.clearedBy} />
                ) : (
                  'somebody'
                )}
                , <RelativeTime at={hold.clearedAt} />
                {hold.clearReason && `: ${hold.clearReason}`}
              </Typography>
            ) : (
              <>
                {hold.mayClear && clear && isOpen(clear) && (
                  <Button
                    size="small"
                    variant="outlined"
                    color="primary"
                    onClick={() => onChoose(clear)}
                  >
                    Clear hold…
                  </Button>
                )}
                {clear && !isOpen(clear) && clear.refusal && (
                  <Typography variant="body2">
                    {clear.refusal.message}
                  </Typography>
                )}
              </>
            )}
          </div>
        );
      })}
    </Section>
  );
}
