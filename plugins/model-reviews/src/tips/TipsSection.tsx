import Button from '@material-ui/core/Button';
import type {
  ModelReviewStanding,
  ModelTip,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  Section,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { tipKinds } from '../lib/words';
import { goneHint, PagedList, ShowAll } from '../shared/PagedList';
import { SearchField } from '../shared/SearchField';
import { useListStyles } from '../shared/useListStyles';
import { alone, useReviewPages } from '../shared/useReviewPages';
import { TipDialog } from './TipDialog';
import { TipItem } from './TipItem';

function emptyHint(filtered: boolean, tip: string | undefined) {
  if (tip) return goneHint('tip');
  return filtered
    ? {
        title: 'No tip fits',
        description: 'All words have to occur. Try fewer, or another kind.',
      }
    : {
        title: 'There is no tip yet',
        description: 'A prompt that works saves others an afternoon.',
      };
}

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
    'tip',
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
  const list = useReviewPages(
    'tips',
    { ...asked, tip: filter.tip },
    (api, { tip, ...query }, signal) =>
      tip
        ? alone(api.getTip({ id: tip }, { signal }))
        : api.listTips(query, { signal }),
  );
  const [writing, setWriting] = useState<{ tip?: ModelTip }>();
  const done = () => {
    setWriting(undefined);
    list.query.retry();
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
      {filter.tip ? (
        <ShowAll what="tips" onClick={() => setFilter({ tip: '' })} />
      ) : (
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
      )}
      <PagedList
        list={list}
        label="Tips"
        failure="The tips could not be loaded"
        idOf={tip => tip.id}
        empty={emptyHint(filtered, filter.tip)}
      >
        {tip => (
          <TipItem
            tip={tip}
            withModel={!entityRef}
            onChanged={done}
            onEdit={user === undefined ? undefined : () => setWriting({ tip })}
          />
        )}
      </PagedList>
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
