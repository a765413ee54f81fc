import type { RuleId } from '../../rules';

const list = (names: string) => new Set(names.trim().split(/\s+/));

/** Call back into Python or reach other programs. */
const CODE =
  list(`PyFunc PyFuncStateless EagerPyFunc PyFuncV2 NumpyFunction LoadLibrary
  LoadOpLibrary RemoteFusedGraphExecute ExternalCall CustomCall XlaCustomCall XlaCustomCallV2
  CompileXla ExecProcess Shell System`);

/** Write, move or delete files. */
const WRITES = list(`WriteFile Save SaveSlices WriteGraph DatasetToTFRecord
  ExperimentalDatasetToTFRecord SaveDataset SaveDatasetV2 SnapshotDataset SnapshotDatasetV2
  DistributedSave CreateSummaryFileWriter CreateSummaryDbWriter WriteSummary
  WriteGraphSummary WriteRawProtoSummary WriteScalarSummary WriteImageSummary
  WriteAudioSummary WriteHistogramSummary FileSystemSetConfiguration DeleteFile
  DeleteRecursively RenameFile CopyFile AppendFile RecordWriter TFRecordWriter
  DebugIdentity DebugIdentityV2 DebugIdentityV3`);

/** Read files, databases or connections. */
const READS =
  list(`ReadFile MatchingFiles MatchingFilesDataset FixedLengthRecordReader
  FixedLengthRecordReaderV2 TextLineReader TextLineReaderV2 WholeFileReader
  WholeFileReaderV2 TFRecordReader TFRecordReaderV2 LMDBReader LMDBDataset
  ExperimentalLMDBDataset TextLineDataset TFRecordDataset TFRecordDatasetV2
  FixedLengthRecordDataset FixedLengthRecordDatasetV2 CSVDataset CSVDatasetV2
  ExperimentalCSVDataset SqlDataset ExperimentalSqlDataset LoadDataset BigQueryReader
  LoadAndRemapMatrix GenerateVocabRemapping Rpc TryRpc RpcCall DataServiceDataset
  DataServiceDatasetV2 DataServiceDatasetV3 DataServiceDatasetV4 RegisterDataset
  RegisterDatasetV2 CacheDataset CacheDatasetV2 S3Reader HttpGet KafkaDataset IOReadFile`);

/** What an operator is found with, whatever it is given. */
export function ruleOfOperator(name: string): RuleId | undefined {
  if (CODE.has(name) || /py_?func/i.test(name)) return 'tf-runs-code';
  if (WRITES.has(name)) return 'tf-writes-files';
  return READS.has(name) ? 'tf-reads-files' : undefined;
}

/** Operators of every model that open what their inputs name. */
export const OPENS_INPUTS =
  list(`SaveV2 RestoreV2 Restore RestoreSlice MergeV2Checkpoints
  ShardedFilename ShardedFilespec InitializeTableFromTextFile InitializeTableFromTextFileV2
  ReadFile WriteFile MatchingFiles`);

/** Operators that hand a text on. */
export const HANDS_ON =
  list(`Identity StringJoin ShardedFilename Select SelectV2 Reshape
  PlaceholderWithDefault Pack ExpandDims StringFormat`);

/** Attributes that operators open, or write to. */
export const OPENS_ATTRIBUTES: Record<string, string[]> = {
  PrintV2: ['output_stream'],
  DecodeProtoV2: ['descriptor_source'],
  EncodeProto: ['descriptor_source'],
};
/** Values of these that open nothing. */
export const PLAIN_ATTRIBUTE =
  /^$|^(stdout|stderr|log\(|local:\/\/|bytes:\/\/)/;
