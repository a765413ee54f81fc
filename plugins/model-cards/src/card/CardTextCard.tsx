import { Link, MarkdownContent, Progress } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import {
  ErrorHint,
  modelCardsApiRef,
  useRoomQuery,
} from '@modelhub/backstage-plugin-models-react';
import { useId, useState } from 'react';
import { SectionCard } from './SectionCard';
import { useModelEntity } from './useModelEntity';

/** Characters above which a card starts folded. */
const LONG = 2_500;

const useStyles = makeStyles(
  {
    folded: {
      maxHeight: 480,
      overflow: 'hidden',
      maskImage: 'linear-gradient(#000 75%, transparent)',
    },
    text: {
      minWidth: 0,
      '& table': { display: 'block', overflowX: 'auto' },
      // What scrolls sideways is out of reach for the keyboard.
      '& pre, & pre code': {
        whiteSpace: 'pre-wrap !important',
        overflowWrap: 'anywhere',
      },
    },
  },
  { name: 'ModelHubCardText' },
);

/** The model card that its makers wrote, as far as the portal can read it. */
export function CardTextCard() {
  const classes = useStyles();
  const id = useId();
  const { metadata, spec } = useModelEntity();
  const { namespace = 'default', name } = metadata;
  const { card } = spec;
  const isLink = Boolean(card && /^https?:\/\//.test(card));
  const [unfolded, setUnfolded] = useState(false);
  const query = useRoomQuery(
    modelCardsApiRef,
    async (api, signal) =>
      card && !isLink
        ? (await api.getModelCard({ namespace, name }, { signal })).markdown
        : undefined,
    [namespace, name, card],
  );

  if (!card) return null;
  if (isLink) {
    return (
      <SectionCard title="Model card">
        <Link to={card}>{card}</Link>
      </SectionCard>
    );
  }
  if (query.status === 'absent') return null;
  const text = query.value;
  const folds = Boolean(text && text.length > LONG);
  return (
    <SectionCard title="Model card" subheader={card}>
      {text !== undefined && (
        <div
          id={id}
          className={`${classes.text} ${
            folds && !unfolded ? classes.folded : ''
          }`}
        >
          <MarkdownContent content={text} linkTarget="_blank" />
        </div>
      )}
      {folds && (
        <div>
          <Button
            variant="outlined"
            size="small"
            aria-expanded={unfolded}
            aria-controls={id}
            onClick={() => setUnfolded(!unfolded)}
          >
            {unfolded ? 'Show less' : 'Show the whole card'}
          </Button>
        </div>
      )}
      {!text && query.status === 'loading' && <Progress />}
      {(query.status === 'error' || query.status === 'forbidden') && (
        <ErrorHint
          title="The card could not be read"
          error={query.error}
          retry={query.retry}
        />
      )}
    </SectionCard>
  );
}
