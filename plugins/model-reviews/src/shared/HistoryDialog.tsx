import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { Loaded, RelativeTime } from '@modelhub/backstage-plugin-models-react';
import { useReviews } from '../lib/useReviews';
import { WrittenContent } from './WrittenContent';

/** What something said before it was edited. */
export function HistoryDialog(props: {
  id: string;
  noun: string;
  onClose: () => void;
}) {
  const { id, noun, onClose } = props;
  const query = useReviews(`history ${id}`, (api, signal) =>
    api.getContributionHistory({ id }, { signal }),
  );
  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      onClose={onClose}
      aria-labelledby="model-reviews-history"
    >
      <DialogTitle id="model-reviews-history">
        History of this {noun}
      </DialogTitle>
      <DialogContent>
        <Loaded
          query={query}
          room="model-reviews"
          failure="The history could not be loaded"
        >
          {({ items }) => (
            <ol style={{ listStyle: 'none', margin: 0, padding: 0 }}>
              {items.map(({ revision, at, content }, index) => (
                <li key={revision}>
                  <Typography variant="subtitle2" component="h3">
                    {index === 0 ? 'Now' : `Revision ${revision}`},{' '}
                    <RelativeTime at={at} />
                  </Typography>
                  <WrittenContent content={content} />
                </li>
              ))}
            </ol>
          )}
        </Loaded>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}
