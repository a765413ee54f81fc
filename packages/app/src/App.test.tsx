import { render, screen } from '@testing-library/react';
import App from './App';

const people = [
  {
    userEntityRef: 'user:default/dana',
    name: 'Dana Developer',
    teams: ['Customer Care'],
    description: 'Asks for models.',
  },
];

describe('App', () => {
  const realFetch = global.fetch;

  afterEach(() => {
    global.fetch = realFetch;
  });

  it('asks whom to be when the demo sign-in is on', async () => {
    global.fetch = async () => Response.json({ items: people });
    // The configuration is read from here, as a list and not as text.
    Object.defineProperty(process, 'env', {
      value: {
        ...process.env,
        APP_CONFIG: [
          {
            data: {
              app: { title: 'Test' },
              backend: { baseUrl: 'http://localhost:7007' },
              auth: { providers: { persona: { enabled: true } } },
            },
            context: 'test',
          },
        ],
      },
    });

    render(App.createRoot());

    expect(
      await screen.findByText('Dana Developer', undefined, { timeout: 30_000 }),
    ).toBeInTheDocument();
  }, 60_000);
});
