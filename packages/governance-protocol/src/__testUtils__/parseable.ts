import fc from 'fast-check';

const isPlain = (key: string) => JSON.stringify(key) === `"${key}"`;

/**
 * JSON values without escapes in their keys: V8 up to Node 26 takes some of
 * those for another key (nodejs/node#63785), whoever wrote them.
 */
export const parseable = () =>
  fc.jsonValue().filter(value => {
    let plain = true;
    JSON.stringify(value, (key, part) => {
      plain = plain && isPlain(key);
      return part;
    });
    return plain;
  });
