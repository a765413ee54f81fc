export { FeedbackReporter } from './FeedbackReporter';
export { LaterRecords } from './LaterRecords';
export { Signals, WRITTEN, type Look } from './Signals';
