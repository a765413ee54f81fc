import IconButton from '@material-ui/core/IconButton';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import ClearIcon from '@material-ui/icons/Clear';
import SearchIcon from '@material-ui/icons/Search';
import { useEffect, useState } from 'react';
import useDebounce from 'react-use/lib/useDebounce';

/** The words to look for; searches by itself when one stops typing. */
export function SearchField(props: {
  value: string;
  onSearch: (words: string) => void;
}) {
  const { value, onSearch } = props;
  const [text, setText] = useState(value);

  // The URL wins when it changes from outside: back button, cleared filters.
  useEffect(() => setText(value), [value]);
  useDebounce(
    () => {
      if (text !== value) onSearch(text);
    },
    300,
    [text],
  );

  return (
    <form
      role="search"
      onSubmit={event => {
        event.preventDefault();
        if (text !== value) onSearch(text);
      }}
    >
      <TextField
        fullWidth
        variant="outlined"
        size="small"
        value={text}
        onChange={event => setText(event.target.value)}
        placeholder="What must the model do? For example: summarise German contracts"
        inputProps={{ 'aria-label': 'Search models', maxLength: 200 }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon aria-hidden />
            </InputAdornment>
          ),
          endAdornment: text && (
            <InputAdornment position="end">
              <IconButton
                size="small"
                aria-label="Clear the search"
                onClick={() => {
                  setText('');
                  onSearch('');
                }}
              >
                <ClearIcon fontSize="small" />
              </IconButton>
            </InputAdornment>
          ),
        }}
      />
    </form>
  );
}
