import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import TextField from '@material-ui/core/TextField';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';

/** `dana` is taken as `user:default/dana`. */
export function userRef(text: string): string {
  const given = text.trim();
  if (given.includes(':')) return given;
  return given.includes('/') ? `user:${given}` : `user:default/${given}`;
}

interface Suggestion {
  ref: string;
  name: string;
}

/** A person of the catalog, by name or reference; the catalog proposes while one types. */
export function PersonField(props: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  fullWidth?: boolean;
  error?: boolean;
  helperText?: string;
}) {
  const { id, value } = props;
  const catalog = useApiHolder().get(catalogApiRef);
  const [suggestions, setSuggestions] = useState<Suggestion[]>([]);
  useDebounce(
    async () => {
      const term = value.trim();
      if (!catalog || term.length < 2 || term.includes(':')) return;
      const found = await catalog
        .queryEntities({
          filter: { kind: 'user' },
          fullTextFilter: {
            term,
            fields: ['metadata.name', 'spec.profile.displayName'],
          },
          fields: ['kind', 'metadata', 'spec.profile.displayName'],
          limit: 8,
        })
        // Proposals are a help; a reference can still be typed.
        .catch(() => undefined);
      setSuggestions(
        (found?.items ?? []).map(entity => {
          const profile = entity.spec?.profile as
            | { displayName?: string }
            | undefined;
          return {
            ref: stringifyEntityRef(entity),
            name: profile?.displayName ?? entity.metadata.name,
          };
        }),
      );
    },
    250,
    [catalog, value],
  );
  return (
    <>
      <TextField
        id={id}
        label={props.label}
        placeholder="user:default/name"
        required={props.required}
        fullWidth={props.fullWidth}
        error={props.error}
        helperText={props.helperText}
        variant="outlined"
        size="small"
        value={value}
        onChange={event => props.onChange(event.target.value)}
        InputLabelProps={{ shrink: true }}
        inputProps={{ list: `${id}-people`, autoComplete: 'off' }}
      />
      <datalist id={`${id}-people`}>
        {suggestions.map(({ ref, name }) => (
          <option key={ref} value={ref}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  );
}
