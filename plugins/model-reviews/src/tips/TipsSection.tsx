import Button from '@material-ui/core/Button';
import type {
  ModelReviewStanding,
  ModelTip,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  EmptyHint,
  Loaded,
  Pager,
  Section,
  usePages,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useReviews } from '../lib/useReviews';
import { tipKinds } from '../lib/words';
import { SearchField } from '../shared/SearchField';
import { useListStyles } from '../shared/useListStyles';
import { TipDialog } from './TipDialog';
import { TipItem } from './TipItem';

const ROWS_SHOWN = 10;

/** Prompts, preprocessing and settings: of one model, or of all that the reader may see. */
export function TipsSection(props: {
  entityRef?: string;
  user: string | undefined;
  standing?: ModelReviewStanding;
}) {
  const { entityRef, user, standing } = props;
  const classes = useListStyles();
  const [filter, setFilter] = useUrlFilters([
    'q',
    'kind',
    'order',
    'review',
  ] as const);
  const kind = tipKinds.find(({ value }) => value === filter.kind)?.value;
  const asked = {
    entityRef,
    kind,
    q: filter.q,
    reviewId: filter.review,
    sort:
      filter.order === 'newest' ? ('newest' as const) : ('helpful' as const),
  };
  const filtered = Boolean(kind || filter.q || filter.review);
  const key = JSON.stringify(asked);
  const pages = usePages(key);
  const query = useReviews(`tips ${key} ${pages.cursor}`, (api, signal) =>
    api.listTips(
      { ...asked, cursor: pages.cursor, limit: ROWS_SHOWN },
      { signal },
    ),
  );
  const [writing, setWriting] = useState<{ tip?: ModelTip }>();
  const done = () => {
    setWriting(undefined);
    query.retry();
  };

  return (
    <Section
      title="Tips"
      description="Prompts, ways of preprocessing and settings that worked for somebody."
      actions={
        entityRef &&
        standing?.mayContribute &&
        user !== undefined && (
          <Button
            variant="contained"
            color="primary"
            onClick={() => setWriting({})}
          >
            Share a tip…
          </Button>
        )
      }
    >
      <div className={classes.filters} role="search" aria-label="Tips">
        <SearchField
          id="tips-search"
          label="Search tips"
          value={filter.q ?? ''}
          onChange={q => setFilter({ q })}
        />
        <ChoiceField
          id="tips-kind"
          label="Kind"
          none="All"
          value={kind ?? ''}
          choices={tipKinds}
          onChange={value => setFilter({ kind: value })}
        />
        <ChoiceField
          id="tips-order"
          label="Order"
          value={asked.sort}
          choices={[
            { value: 'helpful', label: 'Most helpful' },
            { value: 'newest', label: 'Newest' },
          ]}
          onChange={value =>
            setFilter({ order: value === 'helpful' ? '' : value })
          }
        />
        {filter.review && (
          <Button size="small" onClick={() => setFilter({ review: '' })}>
            Not only those of one review
          </Button>
        )}
      </div>
      <Loaded
        query={query}
        room="model-reviews"
        failure="The tips could not be loaded"
      >
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyHint
              title={filtered ? 'No tip fits' : 'There is no tip yet'}
              description={
                filtered
                  ? 'All words have to occur. Try fewer, or another kind.'
                  : 'A prompt that works saves others an afternoon.'
              }
            />
          ) : (
            <>
              <ul className={classes.list} aria-label="Tips">
                {items.map(tip => (
                  <li key={tip.id} className={classes.item}>
                    <TipItem
                      tip={tip}
                      withModel={!entityRef}
                      onChanged={done}
                      onEdit={
                        user === undefined
                          ? undefined
                          : () => setWriting({ tip })
                      }
                    />
                  </li>
                ))}
              </ul>
              <Pager pages={pages} nextCursor={nextCursor} />
            </>
          )
        }
      </Loaded>
      {writing && user !== undefined && (
        <TipDialog
          entityRef={writing.tip?.entityRef ?? entityRef ?? ''}
          user={user}
          versions={standing?.versions ?? []}
          tip={writing.tip}
          onClose={() => setWriting(undefined)}
          onDone={done}
        />
      )}
    </Section>
  );
}
