import { ApiError } from '../http/ApiError';

/** A tool that a call offers to its model. */
export interface OfferedTool {
  /** What rules match; the first is what people are shown. */
  names: readonly [string, ...string[]];
  /** What the caller says about it; hashed before it leaves the gateway. */
  description: unknown;
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const named = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/**
 * The tools that a call offers, in the words of any of the APIs: `tools` and the
 * older `functions` of chat completions, built-in tools and remote MCP servers of
 * responses, `tools` and `mcp_servers` of messages. What lets the provider fetch
 * something by itself counts too: `web_search_options`, and a stored `prompt`,
 * which may bring tools of its own.
 *
 * @throws ApiError 400 for a tool that cannot be read: it could not be judged
 */
export function offeredTools(body: Fields): OfferedTool[] {
  const tools = [
    ...listIn(body, 'tools').map(toolOf),
    ...listIn(body, 'functions').map(tool => ofNames(tool, named(tool.name))),
    ...listIn(body, 'mcp_servers').map(mcpServer),
  ];
  if (isFields(body.web_search_options)) {
    tools.push(ofNames(body.web_search_options, 'web_search'));
  }
  if (isFields(body.prompt) && body.prompt.id !== undefined) {
    tools.push(
      ofNames(body.prompt, `prompt:${String(body.prompt.id)}`, 'prompt'),
    );
  }
  return tools;
}

function listIn(body: Fields, field: string): Fields[] {
  const list = body[field];
  if (list === undefined || list === null) {
    return [];
  }
  if (!Array.isArray(list) || !list.every(isFields)) {
    throw unreadable(field);
  }
  return list;
}

function toolOf(tool: Fields): OfferedTool {
  const type = named(tool.type);
  for (const inner of [tool.function, tool.custom]) {
    if (isFields(inner)) {
      return ofNames(inner, named(inner.name));
    }
  }
  if (type === 'mcp') {
    return mcpServer(tool);
  }
  // Anthropic's built-in tools have a type with a date and a short name.
  const names = [named(tool.name), plain(type)].filter(
    name => name !== undefined,
  );
  return ofNames(tool, ...names);
}

/** Types that say nothing about what a tool does. */
function plain(type: string | undefined): string | undefined {
  return type === 'function' || type === 'custom' ? undefined : type;
}

/** By where it is, not by the label that the caller gives it. */
function mcpServer(tool: Fields): OfferedTool {
  const url = named(tool.server_url) ?? named(tool.url);
  const place =
    (url && URL.canParse(url) ? new URL(url).host : undefined) ??
    named(tool.connector_id) ??
    'unknown';
  return ofNames(tool, `mcp:${place}`, 'mcp');
}

function ofNames(
  description: unknown,
  ...names: Array<string | undefined>
): OfferedTool {
  const [first, ...rest] = names;
  if (first === undefined) {
    throw unreadable('tools');
  }
  return {
    names: [first, ...rest.filter(name => name !== undefined)],
    description,
  };
}

function unreadable(field: string): ApiError {
  return new ApiError(
    400,
    'invalid_tools',
    `'${field}' must be a list of objects, each with a name or a type: this profile has rules for tools, and what cannot be read cannot be judged.`,
    { param: field },
  );
}
