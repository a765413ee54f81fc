import { queryString } from './request';

describe('queryString', () => {
  it('leaves out what is undefined and repeats lists', () => {
    expect(
      queryString({ a: undefined, tier: ['x', 'y'], n: 3, b: false }),
    ).toBe('?tier=x&tier=y&n=3&b=false');
    expect(queryString({ a: undefined, list: [] })).toBe('');
  });

  it('writes spaces and reserved characters so that validators take them', () => {
    expect(queryString({ q: 'summarise C++ & more', ref: 'model:a/b' })).toBe(
      '?q=summarise%20C%2B%2B%20%26%20more&ref=model%3Aa%2Fb',
    );
    expect(queryString({ q: `what's (new)*!` })).toBe(
      '?q=what%27s%20%28new%29%2A%21',
    );
  });
});
