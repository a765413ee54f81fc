import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import ThumbUpIcon from '@material-ui/icons/ThumbUp';
import ThumbUpOutlinedIcon from '@material-ui/icons/ThumbUpOutlined';
import type {
  ModelContribution,
  ModelReviewVotes,
} from '@modelhub/backstage-plugin-models-common';
import {
  errorText,
  modelReviewsApiRef,
} from '@modelhub/backstage-plugin-models-react';
import { useRef, useState } from 'react';
import { countText } from '../lib/words';

/**
 * Says that something helped, or takes that back. Shown at once; when the
 * backend refuses, it is as before and the reason is given.
 */
export function HelpfulButton(props: {
  contribution: ModelContribution;
  /** What helped, e.g. `the review of Ann`. */
  what: string;
}) {
  const { contribution, what } = props;
  const api = useApi(modelReviewsApiRef);
  const underWay = useRef(false);
  const [error, setError] = useState<unknown>();
  const [shown, setShown] = useState<{
    over: ModelContribution;
    votes: ModelReviewVotes;
  }>();
  // What came from the backend since then knows better.
  const { helpful, votedHelpful } =
    shown && shown.over === contribution ? shown.votes : contribution;

  if (contribution.mine) {
    return helpful > 0 ? (
      <Typography variant="body2" color="textSecondary" component="span">
        {countText(helpful, 'person', 'people')} found it helpful
      </Typography>
    ) : null;
  }

  const vote = async () => {
    if (underWay.current) return;
    underWay.current = true;
    setError(undefined);
    setShown({
      over: contribution,
      votes: {
        helpful: helpful + (votedHelpful ? -1 : 1),
        votedHelpful: !votedHelpful,
      },
    });
    try {
      const { id } = contribution;
      const votes = votedHelpful
        ? await api.unvoteHelpful({ id })
        : await api.voteHelpful({ id });
      setShown({ over: contribution, votes });
    } catch (cause) {
      setShown(undefined);
      setError(cause);
    } finally {
      underWay.current = false;
    }
  };

  return (
    <>
      <Button
        size="small"
        onClick={vote}
        aria-pressed={votedHelpful}
        aria-label={`Helpful: ${what} (${helpful})`}
        startIcon={votedHelpful ? <ThumbUpIcon /> : <ThumbUpOutlinedIcon />}
      >
        Helpful{helpful > 0 ? ` (${helpful})` : ''}
      </Button>
      {error !== undefined && (
        <Typography variant="body2" color="error" role="alert" component="span">
          {errorText(error)}
        </Typography>
      )}
    </>
  );
}
