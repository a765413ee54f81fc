export { LimitTable } from './LimitTable';
export { createLimitsStage } from './LimitsStage';
export { rateLimitHeaders } from './rateLimitHeaders';
export {
  estimatePromptTokens,
  expectedOutputTokens,
  tokensOfBytes,
} from './estimateTokens';
