type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
const items = (value: unknown): Fields[] =>
  Array.isArray(value) ? value.filter(isFields) : [];

/** A piece of a text within an event of a stream. */
export interface Delta {
  /** One for all pieces of a text. */
  key: string;
  text: string;
  /** Puts another piece in its place. */
  set(text: string): void;
  /** An event of its own that carries a piece of the same text. */
  event(text: string): Fields;
}

/** Of one choice of a chat: text, thoughts and refusals. */
const CHAT_TEXTS = ['content', 'reasoning_content', 'reasoning', 'refusal'];
/** Of one content block of a message. */
const BLOCK_TEXTS = ['text', 'thinking', 'partial_json'];

/** Events of Anthropic after which a text does not go on. */
const ENDS = new Set([
  'content_block_stop',
  'error',
  'message_delta',
  'message_stop',
]);

/** The pieces in an event of any of the APIs. */
export function deltasOf(event: Fields): Delta[] {
  if (Array.isArray(event.choices)) {
    return items(event.choices).flatMap(choice => choiceDeltas(event, choice));
  }
  if (event.type === 'content_block_delta') {
    return blockDeltas(event);
  }
  // Sound is base64.
  const isText =
    typeof event.delta === 'string' &&
    !/audio\.delta$/.test(String(event.type));
  return isText ? [responseDelta(event)] : [];
}

/** Which texts end with an event; all of them for `true`. */
export function endedBy(event: Fields): ((key: string) => boolean) | undefined {
  const over = items(event.choices)
    .filter(choice => typeof choice.finish_reason === 'string')
    .map(choice => `${choice.index} `);
  if (over.length > 0) {
    return key => over.some(start => key.startsWith(start));
  }
  const ends =
    /(\.done|\.completed|\.failed|\.incomplete)$/.test(String(event.type)) ||
    ENDS.has(String(event.type));
  return ends ? () => true : undefined;
}

function choiceDeltas(event: Fields, choice: Fields): Delta[] {
  const { index } = choice;
  const alone = (fields: Fields): Fields => ({
    ...event,
    usage: undefined,
    choices: [{ index, finish_reason: null, ...fields }],
  });
  const deltas: Delta[] = [];
  const add = (
    key: string,
    holder: Fields,
    name: string,
    toEvent: (text: string) => Fields,
  ) => {
    const text = holder[name];
    if (typeof text === 'string') {
      deltas.push({
        key: `${index} ${key}`,
        text,
        set: changed => {
          holder[name] = changed;
        },
        event: toEvent,
      });
    }
  };
  add('text', choice, 'text', text => alone({ text }));
  const delta = fieldsOf(choice.delta);
  for (const name of CHAT_TEXTS) {
    add(name, delta, name, text => alone({ delta: { [name]: text } }));
  }
  for (const call of items(delta.tool_calls)) {
    for (const part of ['function', 'custom']) {
      const name = part === 'function' ? 'arguments' : 'input';
      add(`${call.index} ${part}`, fieldsOf(call[part]), name, text =>
        alone({
          delta: {
            tool_calls: [{ index: call.index, [part]: { [name]: text } }],
          },
        }),
      );
    }
  }
  add('call', fieldsOf(delta.function_call), 'arguments', text =>
    alone({ delta: { function_call: { arguments: text } } }),
  );
  return deltas;
}

function blockDeltas(event: Fields): Delta[] {
  const delta = fieldsOf(event.delta);
  return BLOCK_TEXTS.flatMap(name => {
    const text = delta[name];
    return typeof text === 'string'
      ? [
          {
            key: `${event.index} ${name}`,
            text,
            set: (changed: string) => {
              delta[name] = changed;
            },
            event: (rest: string) => ({
              ...event,
              delta: { ...delta, [name]: rest },
            }),
          },
        ]
      : [];
  });
}

function responseDelta(event: Fields): Delta {
  const place = [event.type, event.item_id, event.output_index];
  return {
    key: [...place, event.content_index, event.summary_index].join(' '),
    text: String(event.delta),
    set: changed => {
      event.delta = changed;
    },
    event: rest => ({ ...event, delta: rest }),
  };
}
