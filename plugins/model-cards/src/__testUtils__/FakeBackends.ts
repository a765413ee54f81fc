import type {
  ModelRow,
  ModelRowPage,
  Standing,
} from '@modelhub/backstage-plugin-models-common';

const fields: Record<string, (row: ModelRow) => string[]> = {
  task: row => row.tasks,
  type: row => [row.type],
  tier: row => row.tiers,
  provider: row => [row.provider],
  lifecycle: row => [row.lifecycle],
};

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

function refusal(status: number, name: string, message: string): Response {
  return json(
    { error: { name, message }, response: { statusCode: status } },
    status,
  );
}

/**
 * The two backends that the views call, seen through `fetch`: a read side that
 * really filters and pages, and a governance that is installed or not.
 */
export class FakeBackends {
  /** Addresses that were asked for, path and query. */
  readonly requests: string[] = [];
  standing?: Standing;
  card?: string;
  /** What the next calls of the read side answer instead. */
  failure?: { status: number; name: string; message: string };
  readonly rows: ModelRow[];

  constructor(rows: ModelRow[] = []) {
    this.rows = rows;
  }

  /** The query of the last list that was asked for. */
  get lastQuery(): URLSearchParams {
    const [last] = this.requests
      .filter(address => /\/model-cards\/models(\?|$)/.test(address))
      .slice(-1);
    return new URL(last, 'http://test').searchParams;
  }

  readonly fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    this.requests.push(`${url.pathname}${url.search}`);
    if (url.pathname.includes('/model-governance/')) {
      return this.standing
        ? json(this.standing)
        : new Response('', { status: 404 });
    }
    if (this.failure) {
      const { status, name, message } = this.failure;
      return refusal(status, name, message);
    }
    if (url.pathname.endsWith('/card')) {
      return this.card === undefined
        ? refusal(404, 'NotFoundError', 'The model has no card')
        : json({ markdown: this.card, path: './README.md' });
    }
    return json(this.#list(url.searchParams));
  };

  #list(query: URLSearchParams): ModelRowPage {
    const q = (query.get('q') ?? '').toLowerCase();
    const most = Number(query.get('maxGpuMemoryGiB') ?? Infinity);
    const stars = Number(query.get('minRating') ?? 0);
    const rated = (least: number) =>
      this.rows.filter(({ rating }) => rating && rating.average >= least);
    const found = this.rows.filter(
      row =>
        row.title.toLowerCase().includes(q) &&
        (row.minGpuMemoryGiB ?? 0) <= most &&
        (stars === 0 || rated(stars).includes(row)) &&
        Object.entries(fields).every(([name, values]) => {
          const wanted = query.getAll(name);
          return !wanted.length || values(row).some(v => wanted.includes(v));
        }),
    );
    const limit = Number(query.get('limit'));
    const start = Number(query.get('cursor')?.replace('after-', '') ?? 0);
    const end = start + limit;
    return {
      items: found.slice(start, end),
      totalItems: found.length,
      approximate: false,
      ...(end < found.length && { nextCursor: `after-${end}` }),
      facets: {
        ...Object.fromEntries(
          Object.entries(fields).map(([name, values]) => {
            const counts = new Map<string, number>();
            for (const value of found.flatMap(values)) {
              counts.set(value, (counts.get(value) ?? 0) + 1);
            }
            return [
              name,
              [...counts].map(([value, count]) => ({ value, count })),
            ];
          }),
        ),
        rating: [4, 3, 2, 1]
          .map(least => ({ value: `${least}`, count: rated(least).length }))
          .filter(({ count }) => count > 0),
      },
    };
  }
}
