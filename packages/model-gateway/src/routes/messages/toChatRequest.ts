import { ApiError } from '../../http/ApiError';

type Fields = Record<string, unknown>;

const cannot = (what: string, param: string) =>
  new ApiError(
    400,
    'untranslatable',
    `The provider of this model speaks chat completions, and ${what} cannot be said in them.`,
    { param },
  );

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields of a messages request that mean nothing to a chat completion. */
const DROPPED = new Set(['metadata', 'service_tier']);
const KNOWN = new Set([
  'model',
  'messages',
  'system',
  'max_tokens',
  'stop_sequences',
  'stream',
  'temperature',
  'top_p',
  'tools',
  'tool_choice',
]);

/**
 * The same request as a chat completion: text, images, tools and streaming.
 *
 * @throws ApiError 400 that names what cannot be translated
 */
export function toChatRequest(body: Fields, model: string): Fields {
  for (const name of Object.keys(body)) {
    if (!KNOWN.has(name) && !DROPPED.has(name)) {
      throw cannot(`'${name}'`, name);
    }
  }
  if (!Array.isArray(body.messages)) {
    throw new ApiError(400, 'invalid_request', "'messages' must be a list.", {
      param: 'messages',
    });
  }
  return {
    model,
    messages: [...systemOf(body.system), ...body.messages.flatMap(toMessages)],
    ...copied(body, ['max_tokens', 'temperature', 'top_p']),
    ...(body.stop_sequences !== undefined && { stop: body.stop_sequences }),
    ...(body.stream === true && {
      stream: true,
      stream_options: { include_usage: true },
    }),
    ...(Array.isArray(body.tools) && { tools: body.tools.map(toTool) }),
    ...toolChoiceOf(body.tool_choice),
  };
}

function copied(body: Fields, names: string[]): Fields {
  return Object.fromEntries(
    names
      .filter(name => body[name] !== undefined)
      .map(name => [name, body[name]]),
  );
}

function systemOf(system: unknown): Fields[] {
  if (system === undefined) {
    return [];
  }
  const text =
    typeof system === 'string'
      ? system
      : listOf(system, 'system')
          .map(block => textOf(block, 'system'))
          .join('\n\n');
  return [{ role: 'system', content: text }];
}

function listOf(value: unknown, param: string): Fields[] {
  if (!Array.isArray(value) || !value.every(isFields)) {
    throw new ApiError(
      400,
      'invalid_request',
      `'${param}' must be a text or a list of blocks.`,
      { param },
    );
  }
  return value;
}

function textOf(block: Fields, param: string): string {
  if (block.type !== 'text' || typeof block.text !== 'string') {
    throw cannot(`a block of type '${block.type}'`, param);
  }
  return block.text;
}

function toMessages(message: unknown): Fields[] {
  if (!isFields(message)) {
    throw new ApiError(
      400,
      'invalid_request',
      "Each of 'messages' must be an object.",
      { param: 'messages' },
    );
  }
  const { role, content } = message;
  if (role !== 'user' && role !== 'assistant') {
    throw cannot(`the role '${role}'`, 'messages');
  }
  if (typeof content === 'string') {
    return [{ role, content }];
  }
  const blocks = listOf(content, 'messages');
  return role === 'user' ? fromUser(blocks) : [fromAssistant(blocks)];
}

/** Results of tools are messages of their own, and come before what else is said. */
function fromUser(blocks: Fields[]): Fields[] {
  const messages: Fields[] = [];
  const parts: Fields[] = [];
  for (const block of blocks) {
    if (block.type === 'tool_result') {
      messages.push({
        role: 'tool',
        tool_call_id: block.tool_use_id,
        content: resultOf(block),
      });
    } else if (block.type === 'image') {
      parts.push({ type: 'image_url', image_url: { url: imageOf(block) } });
    } else {
      parts.push({ type: 'text', text: textOf(block, 'messages') });
    }
  }
  if (parts.length > 0) {
    messages.push({ role: 'user', content: parts });
  }
  return messages;
}

function resultOf({ content, is_error: isError }: Fields): string {
  let text = '';
  if (typeof content === 'string') {
    text = content;
  } else if (content !== undefined) {
    text = listOf(content, 'messages')
      .map(block => textOf(block, 'messages'))
      .join('\n');
  }
  return isError === true ? `Error: ${text}` : text;
}

function imageOf({ source }: Fields): string {
  if (isFields(source) && source.type === 'base64') {
    return `data:${source.media_type};base64,${source.data}`;
  }
  if (isFields(source) && source.type === 'url') {
    return String(source.url);
  }
  throw cannot('an image from a file', 'messages');
}

function fromAssistant(blocks: Fields[]): Fields {
  const text: string[] = [];
  const calls: Fields[] = [];
  for (const block of blocks) {
    if (block.type === 'tool_use') {
      calls.push({
        id: block.id,
        type: 'function',
        function: {
          name: block.name,
          arguments: JSON.stringify(block.input ?? {}),
        },
      });
    } else {
      text.push(textOf(block, 'messages'));
    }
  }
  return {
    role: 'assistant',
    ...(text.length > 0 && { content: text.join('') }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

function toTool(tool: unknown): Fields {
  if (!isFields(tool) || (tool.type !== undefined && tool.type !== 'custom')) {
    throw cannot('a tool that the provider runs itself', 'tools');
  }
  return {
    type: 'function',
    function: {
      name: tool.name,
      ...(tool.description !== undefined && { description: tool.description }),
      parameters: tool.input_schema,
    },
  };
}

function toolChoiceOf(choice: unknown): Fields {
  if (choice === undefined) {
    return {};
  }
  if (!isFields(choice)) {
    throw cannot('this tool choice', 'tool_choice');
  }
  const parallel =
    choice.disable_parallel_tool_use === true
      ? { parallel_tool_calls: false }
      : {};
  switch (choice.type) {
    case 'auto':
    case 'none':
      return { tool_choice: choice.type, ...parallel };
    case 'any':
      return { tool_choice: 'required', ...parallel };
    case 'tool':
      return {
        tool_choice: { type: 'function', function: { name: choice.name } },
        ...parallel,
      };
    default:
      throw cannot(`the tool choice '${choice.type}'`, 'tool_choice');
  }
}
