/** What training leaves beside the weights. */
export const TRAINING = `
  transformers.training_args.TrainingArguments
  transformers.training_args.OptimizerNames transformers.training_args.ParallelMode
  transformers.training_args_seq2seq.Seq2SeqTrainingArguments
  transformers.trainer_utils.IntervalStrategy transformers.trainer_utils.SchedulerType
  transformers.trainer_utils.HubStrategy transformers.trainer_utils.SaveStrategy
  transformers.trainer_utils.EvaluationStrategy transformers.trainer_utils.FSDPOption
  transformers.trainer_utils.ShardedDDPOption transformers.trainer_pt_utils.AcceleratorConfig
  transformers.integrations.deepspeed.HfTrainerDeepSpeedConfig
  transformers.deepspeed.HfTrainerDeepSpeedConfig transformers.utils.generic.PaddingStrategy
  transformers.debug_utils.DebugOption transformers.generation.configuration_utils.GenerationConfig
  accelerate.state.PartialState accelerate.utils.dataclasses.DistributedType
  accelerate.utils.dataclasses.DeepSpeedPlugin accelerate.utils.dataclasses.DynamoBackend
  trl.trainer.sft_config.SFTConfig trl.trainer.dpo_config.DPOConfig
  trl.trainer.grpo_config.GRPOConfig trl.trainer.reward_config.RewardConfig
  peft.utils.peft_types.PeftType peft.utils.peft_types.TaskType peft.tuners.lora.config.LoraConfig`;
