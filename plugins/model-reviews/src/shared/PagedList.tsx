import Button from '@material-ui/core/Button';
import {
  EmptyHint,
  Loaded,
  Pager,
} from '@modelhub/backstage-plugin-models-react';
import type { ComponentProps, ReactNode } from 'react';
import { useListStyles } from './useListStyles';
import type { ReviewPages } from './useReviewPages';

/** A page of what people wrote, or why there is nothing. */
export function PagedList<Item>(props: {
  list: ReviewPages<Item>;
  /** For screen readers, e.g. `Tips`. */
  label: string;
  failure: string;
  idOf: (item: Item) => string;
  empty: ComponentProps<typeof EmptyHint>;
  children: (item: Item) => ReactNode;
}) {
  const { list, label, failure, idOf, empty, children } = props;
  const classes = useListStyles();
  return (
    <Loaded query={list.query} room="model-reviews" failure={failure}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <EmptyHint {...empty} />
        ) : (
          <>
            <ul className={classes.list} aria-label={label}>
              {items.map(item => (
                <li key={idOf(item)} className={classes.item}>
                  {children(item)}
                </li>
              ))}
            </ul>
            <Pager pages={list.pages} nextCursor={nextCursor} />
          </>
        )
      }
    </Loaded>
  );
}

/** When a link leads to one thing that is not there. */
export const goneHint = (noun: string) => ({
  title: `There is no such ${noun}`,
  description: 'It was withdrawn or hidden since, or you may not see it.',
});

/** Above a list of which a link shows one thing alone. */
export function ShowAll(props: { what: string; onClick: () => void }) {
  return (
    <Button
      size="small"
      variant="outlined"
      onClick={props.onClick}
      style={{ marginBottom: 16 }}
    >
      Show all {props.what}
    </Button>
  );
}
