import ipaddr from 'ipaddr.js';
import type { Severity } from '../types';

/** An address on the network, as a text names it. */
export interface Address {
  host: string;
  index: number;
  severity: Severity;
  why: string;
}

const URL =
  /\b(?:https?|ftps?|sftp|wss?|s3|gs|ssh|git|tcp|udp|smb|ldaps?|rmi|jdbc|gopher):\/\/(?:[^\s"'<>`\\@/]{1,200}@)?(\[[0-9a-fA-F:.]{2,45}\]|[^\s"'<>`\\()[\]{}|/:?#,;!*$&]{1,253})(?::\d{1,5})?((?:\/[^\s"'<>`\\)\]}|]{0,200})?)/g;
const BARE = /(?<![\w.:/-])(?:\d{1,3}\.){3}\d{1,3}(?::\d{2,5})?(?![\w.-])/g;

/** Where models are published and documented. */
const DOCUMENTATION =
  hosts(`huggingface.co hf.co arxiv.org github.com gitlab.com doi.org
  aclanthology.org wikipedia.org pytorch.org tensorflow.org keras.io python.org pypi.org
  readthedocs.io readthedocs.org creativecommons.org apache.org opensource.org gnu.org
  spdx.org w3.org json-schema.org schema.org yaml.org kaggle.com youtube.com
  openreview.net neurips.cc nips.cc semanticscholar.org jmlr.org mlr.press acm.org ieee.org
  springer.com nature.com scikit-learn.org numpy.org scipy.org onnx.ai onnxruntime.ai
  openai.com anthropic.com mistral.ai google.com google.dev microsoft.com meta.com
  llama.com nvidia.com shields.io github.io githubusercontent.com paperswithcode.com
  stanford.edu modelscope.cn ollama.com vllm.ai sbert.net spacy.io ietf.org unicode.org
  mlflow.org wandb.ai zenodo.org bigscience.huggingface.co example.com example.org`);

/** Where what a program sends is collected, or what it fetches cannot be traced. */
const COLLECTORS =
  hosts(`webhook.site requestbin.com requestbin.net requestcatcher.com
  pipedream.net beeceptor.com ngrok.io ngrok.app ngrok-free.app ngrok.dev trycloudflare.com
  serveo.net localhost.run loca.lt localtunnel.me pastebin.com paste.ee hastebin.com
  rentry.co ghostbin.com transfer.sh file.io 0x0.st anonfiles.com gofile.io temp.sh
  oast.me oast.pro oast.fun oast.live oast.site oast.online interact.sh
  burpcollaborator.net dnslog.cn ceye.io canarytokens.com api.telegram.org`);

const PRIVATE = 'a number of the own machine or network';

/** Every address that a text names. */
export function findAddresses(text: string): Address[] {
  const found: Address[] = [];
  if (text.includes('://')) {
    for (const { index, 1: host, 2: path } of text.matchAll(URL)) {
      const judged = judge(host.toLowerCase().replace(/\.+$/, ''), path);
      if (judged) found.push({ ...judged, index });
    }
  }
  for (const { index, 0: whole } of text.matchAll(BARE)) {
    const [host] = whole.split(':');
    const range = rangeOf(host);
    // A version is no address, and a range of the own network nothing to tell.
    if (range !== 'unicast' || isVersion(text, index)) continue;
    found.push({ host, index, severity: 'low', why: 'a bare number' });
  }
  return found;
}

function judge(host: string, path: string): Omit<Address, 'index'> | undefined {
  const told = (severity: Severity, why: string) => ({ host, severity, why });
  if (host === 'localhost') return told('info', PRIVATE);
  const bare = host.replace(/^\[|\]$/g, '');
  const range = rangeOf(bare);
  if (range !== undefined) {
    return range === 'unicast'
      ? told('medium', 'a bare number')
      : told('info', PRIVATE);
  }
  // A pattern, a piece of one or a name without a network.
  if (!/^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)+$/u.test(host)) return undefined;
  if (host.endsWith('.onion')) return told('medium', 'a hidden service');
  const isHook =
    /(^|\.)discord(app)?\.com$/.test(host) && path.startsWith('/api/webhooks');
  if (isHook || isIn(COLLECTORS, host)) {
    return told('medium', 'a place that collects what is sent to it');
  }
  return isIn(DOCUMENTATION, host)
    ? told('info', 'a host of documentation')
    : told('low', 'a host');
}

/** Also of the odd forms that programs take for an address, such as one number. */
function rangeOf(host: string): string | undefined {
  if (!/^[\d.a-fA-Fx:]+$/.test(host) || !/\d/.test(host)) return undefined;
  if (!ipaddr.isValid(host)) return undefined;
  return ipaddr.process(host).range();
}

function isVersion(text: string, index: number) {
  return /(version|v|==|>=|<=|~=|[a-z]-)\s*["'(]?$/i.test(
    text.slice(Math.max(0, index - 16), index),
  );
}

function isIn(names: Set<string>, host: string) {
  const parts = host.split('.');
  return parts.some((_, i) => names.has(parts.slice(i).join('.')));
}

function hosts(names: string): Set<string> {
  return new Set(names.trim().split(/\s+/));
}
