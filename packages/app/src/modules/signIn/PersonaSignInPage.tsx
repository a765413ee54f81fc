import { Content, Page, Progress } from '@backstage/core-components';
import {
  SignInPageProps,
  configApiRef,
  discoveryApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useCallback, useEffect, useState } from 'react';
import { PeopleList } from './PeopleList';
import {
  Person,
  PersonaIdentity,
  fetchPeople,
  rememberPersona,
  rememberedPersona,
} from './personas';
import { useStyles } from './styles';

/** The catalog reads its files just after the start; people come one by one. */
const REFRESH_MS = 3000;

/** Sign in as any of the demo's people by choosing their name. */
export function PersonaSignInPage({ onSignInSuccess }: SignInPageProps) {
  const classes = useStyles();
  const discoveryApi = useApi(discoveryApiRef);
  const title = useApi(configApiRef).getOptionalString('app.title');
  const [remembered, setRemembered] = useState(rememberedPersona);
  const [people, setPeople] = useState<Person[]>();
  const [error, setError] = useState<Error>();
  const [attempt, setAttempt] = useState(0);

  const signIn = useCallback(
    async (userEntityRef: string) => {
      setError(undefined);
      try {
        const identity = await PersonaIdentity.create(
          discoveryApi,
          userEntityRef,
        );
        rememberPersona(userEntityRef);
        onSignInSuccess(identity);
      } catch (e) {
        setError(e as Error);
        setRemembered(undefined);
      }
    },
    [discoveryApi, onSignInSuccess],
  );

  useEffect(() => {
    if (remembered) {
      signIn(remembered);
    }
  }, [remembered, signIn]);

  useEffect(() => {
    if (remembered) {
      return undefined;
    }
    let timer: number | undefined;
    let gone = false;
    fetchPeople(discoveryApi).then(
      items => {
        if (gone) {
          return;
        }
        setPeople(items);
        timer = window.setTimeout(() => setAttempt(n => n + 1), REFRESH_MS);
      },
      e => !gone && setError(e),
    );
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [discoveryApi, remembered, attempt]);

  if (remembered) {
    return <Progress />;
  }

  return (
    <Page themeId="home">
      <Content>
        <main className={classes.root}>
          <Typography variant="h3" component="h1" gutterBottom>
            {title ?? 'Model Hub'}
          </Typography>
          <Typography paragraph>
            This is a demo with a made-up organisation. Choose whom you want to
            be; there is no password. Another tab can be another person: sign
            out there, and choose again.
          </Typography>
          {error && (
            <div role="alert" className={classes.alert}>
              <Typography color="error">{error.message}</Typography>
              <Button
                onClick={() => {
                  setError(undefined);
                  setAttempt(n => n + 1);
                }}
              >
                Try again
              </Button>
            </div>
          )}
          {!error && !people && <Progress />}
          {people?.length === 0 && (
            <Typography role="status">
              The catalog is still reading the organisation. The people appear
              here in a few seconds.
            </Typography>
          )}
          {people && people.length > 0 && (
            <PeopleList
              people={people}
              onChoose={person => signIn(person.userEntityRef)}
            />
          )}
        </main>
      </Content>
    </Page>
  );
}
