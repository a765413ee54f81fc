import IconButton from '@material-ui/core/IconButton';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import ClearIcon from '@material-ui/icons/Clear';
import SearchIcon from '@material-ui/icons/Search';
import { useTyped } from '@modelhub/backstage-plugin-models-react';

/** The words to look for; searches by itself when one stops typing. */
export function SearchField(props: {
  value: string;
  onSearch: (words: string) => void;
}) {
  const { value, onSearch } = props;
  const { typed, type, tellNow } = useTyped(value, onSearch);

  return (
    <form
      role="search"
      onSubmit={event => {
        event.preventDefault();
        tellNow();
      }}
    >
      <TextField
        fullWidth
        variant="outlined"
        size="small"
        value={typed}
        onChange={event => type(event.target.value)}
        placeholder="What must the model do? For example: summarise German contracts"
        inputProps={{ 'aria-label': 'Search models', maxLength: 200 }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon aria-hidden />
            </InputAdornment>
          ),
          endAdornment: typed && (
            <InputAdornment position="end">
              <IconButton
                size="small"
                aria-label="Clear the search"
                onClick={() => {
                  type('');
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
