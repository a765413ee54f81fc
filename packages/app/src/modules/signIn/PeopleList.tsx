import Avatar from '@material-ui/core/Avatar';
import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemAvatar from '@material-ui/core/ListItemAvatar';
import ListItemText from '@material-ui/core/ListItemText';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { useEffect, useRef, useState } from 'react';
import { Person } from './personas';
import { useStyles } from './styles';

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map(word => word[0])
    .join('')
    .slice(0, 2)
    .toLocaleUpperCase();

/** The people whose name, team or part contains every word that was typed. */
export function matchPeople(people: Person[], text: string): Person[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return people.filter(({ name, teams, description, userEntityRef }) => {
    const haystack = [name, ...teams, description ?? '', userEntityRef]
      .join(' ')
      .toLocaleLowerCase();
    return words.every(word => haystack.includes(word));
  });
}

/** A searchable list of people; Enter in the search box takes the only match. */
export function PeopleList(props: {
  people: Person[];
  onChoose(person: Person): void;
}) {
  const { people, onChoose } = props;
  const classes = useStyles();
  const [text, setText] = useState('');
  const found = matchPeople(people, text);
  const search = useRef<HTMLInputElement>(null);

  // The page has one task, and this is where it begins.
  useEffect(() => search.current?.focus(), []);

  return (
    <>
      <form
        onSubmit={event => {
          event.preventDefault();
          if (found.length === 1) {
            onChoose(found[0]);
          }
        }}
      >
        <TextField
          className={classes.search}
          id="find-person"
          label="Find a person, a team or a task"
          variant="outlined"
          size="small"
          fullWidth
          inputRef={search}
          value={text}
          onChange={event => setText(event.target.value)}
        />
      </form>
      {found.length === 0 && (
        <Typography role="status">
          Nobody matches “{text}”. Try a team, e.g. security.
        </Typography>
      )}
      <List className={classes.list} aria-label="People">
        {found.map(person => (
          <li key={person.userEntityRef}>
            <ListItem
              button
              component="div"
              role="button"
              className={classes.person}
              onClick={() => onChoose(person)}
            >
              <ListItemAvatar>
                <Avatar src={person.picture} alt="">
                  {initials(person.name)}
                </Avatar>
              </ListItemAvatar>
              <ListItemText
                primary={person.name}
                secondary={
                  <>
                    <span className={classes.teams}>
                      {person.teams.join(' · ')}
                    </span>
                    {person.description && (
                      <>
                        <br />
                        {person.description}
                      </>
                    )}
                  </>
                }
              />
            </ListItem>
          </li>
        ))}
      </List>
    </>
  );
}
